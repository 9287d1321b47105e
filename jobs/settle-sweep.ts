import { type Sweep, type SweepCounts, sweepResultJobId } from '../src/domain/sweep';
import { change } from '../src/hunting/change';
import type { ResultOutcome } from '../src/hunting/count-query';
import { sweepCounts } from '../src/hunting/sweep-counts';
import type { Clock } from '../src/ports/clock';
import type { JobQueue } from '../src/ports/job-queue';
import type { Stores } from '../src/ports/stores';

export interface SweepDeps {
  stores: Pick<Stores, 'sweeps' | 'queries'>;
  queue: JobQueue;
  clock: Clock;
}

const progressMilliseconds = 2000;

/** Writes what a sweep counted onto a query. A later sweep's word stands: one that was cancelled may end late. */
export async function keepOutcome(deps: SweepDeps, sweep: Sweep, query: string, outcome: ResultOutcome): Promise<void> {
  await change(deps.stores.queries, query, (current) => {
    if (sweepNumber(current.resultSweep) >= sweep.number) return null;
    const { resultCount: _, resultDelta: __, resultChange: ___, resultMessage: ____, ...rest } = current;
    return { ...rest, ...outcome, resultAt: deps.clock.now(), resultSweep: sweep.id };
  });
}

function sweepNumber(key: string | undefined): number {
  return Number(key?.slice(2) ?? 0);
}

/** A query that does not exist any more is not waited for. */
export async function leaveOut(deps: SweepDeps, sweep: string, query: string): Promise<void> {
  await change(deps.stores.sweeps, sweep, (current) =>
    current.queries.includes(query) ? { ...current, queries: current.queries.filter((one) => one !== query) } : null,
  );
}

/** At most one waits at a time, and it shows the sweep as it then is. It also sees when nothing is left to count. */
export async function askForSweepProgress(
  deps: Pick<SweepDeps, 'queue'>,
  sweep: string,
  delayMilliseconds = progressMilliseconds,
): Promise<void> {
  await deps.queue.add(
    'deliver-sweep',
    { sweep, what: 'progress' },
    { dropWhileWaiting: `${sweep}.progress`, delayMilliseconds, attempts: 6 },
  );
}

/** Ends a sweep of which nothing is left to count, and asks for its result to be posted; safe to be called again. */
export async function closeSweep(deps: SweepDeps, id: string): Promise<{ sweep: Sweep; counts: SweepCounts } | null> {
  const current = await deps.stores.sweeps.get(id);
  if (!current) return null;
  const counts = await sweepCounts(deps.stores, current);
  const over = current.state === 'running' && counts.done >= counts.total;
  const sweep = over ? await end(deps, id) : current;
  if (sweep?.state === 'done' && sweep.result.state !== 'sent')
    await deps.queue.add('deliver-sweep', { sweep: id, what: 'result' }, { id: sweepResultJobId(id) });
  return sweep && { sweep, counts };
}

async function end(deps: SweepDeps, id: string): Promise<Sweep | null> {
  return change(deps.stores.sweeps, id, (current) =>
    current.state === 'running' ? { ...current, state: 'done' as const, finishedAt: deps.clock.now() } : null,
  );
}
