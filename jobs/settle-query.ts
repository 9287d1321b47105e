import { isSettled, type QueryState, type Run, type RunQuery, resultJobId } from '../src/domain/run';
import { change } from '../src/hunting/change';
import { noteLastRun } from '../src/hunting/note-last-run';
import { refreshHunt } from '../src/hunting/refresh-hunt';
import type { Clock } from '../src/ports/clock';
import type { JobQueue } from '../src/ports/job-queue';
import type { Stores } from '../src/ports/stores';

export interface RunDeps {
  stores: Pick<Stores, 'runs' | 'results' | 'queries'>;
  queue: JobQueue;
  clock: Clock;
}

/** Changes one query of a run; null where the run or the query is gone. */
export async function changeQuery(
  deps: RunDeps,
  run: string,
  query: string,
  apply: (current: RunQuery) => RunQuery | null,
): Promise<Run | null> {
  return change(deps.stores.runs, run, (current) => {
    const at = current.queries.findIndex((one) => one.id === query);
    const next = current.queries[at] && apply(current.queries[at]);
    if (!next) return null;
    return { ...current, queries: current.queries.map((one, i) => (i === at ? next : one)) };
  });
}

/** Puts a query of a run into its last state. What is settled stays as it is; when nothing is left to do, the run's result is handed to delivery. */
export async function settleQuery(
  deps: RunDeps,
  run: string,
  query: string,
  outcome: Partial<RunQuery> & { state: Extract<QueryState, 'done' | 'failed' | 'cancelled'> },
): Promise<void> {
  await changeQuery(deps, run, query, (current) =>
    current.state === 'waiting' || current.state === 'running'
      ? { ...current, ...outcome, finishedAt: deps.clock.now() }
      : null,
  );
  await closeRun(deps, run);
}

/** Ends a run of which nothing waits or runs, and asks for its result to be posted; safe to be called again. */
export async function closeRun(deps: RunDeps, id: string): Promise<void> {
  const settled = await deps.stores.runs.get(id);
  // Before the run counts as over, so that a process that dies in between leaves it to be done again.
  if (settled && isSettled(settled) && settled.state !== 'done' && settled.state !== 'cancelled')
    await noteLastRun(deps.stores, settled, deps.clock.now());
  const run = await change(deps.stores.runs, id, (current) => {
    if (!isSettled(current) || current.state === 'done' || current.state === 'cancelled') return null;
    const state = current.state === 'cancelling' || current.cancelledBy ? ('cancelled' as const) : ('done' as const);
    return { ...current, state, finishedAt: deps.clock.now() };
  });
  await askForProgress(deps, id);
  if (run?.hunt) await refreshHunt(deps, run.hunt);
  if (run && isSettled(run) && run.result.state !== 'sent')
    await deps.queue.add('deliver-card', { run: id, what: 'result' }, { id: resultJobId(id) });
}

/** At most one waits at a time, and it shows the run as it then is: a card is edited every two seconds at the most. */
export async function askForProgress(deps: Pick<RunDeps, 'queue'>, run: string, delayMilliseconds = 0): Promise<void> {
  await deps.queue.add(
    'deliver-card',
    { run, what: 'progress' },
    // The next one shows more: an old state of a run is not worth a long wait.
    { dropWhileWaiting: `${run}.progress`, delayMilliseconds, attempts: 6 },
  );
}
