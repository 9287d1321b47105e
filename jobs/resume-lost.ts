import { isSettled, queryJobId, type Run, resultJobId } from '../src/domain/run';
import { resumeComments } from '../src/hunting/mirror-comment';
import type { Log } from '../src/log';
import type { Stores } from '../src/ports/stores';
import { resumeImports } from './resume-imports';
import { resumeSweeps } from './resume-sweeps';
import { closeRun, type RunDeps } from './settle-query';
import type { SweepDeps } from './settle-sweep';

const everyMilliseconds = 60_000;
/** A younger run may still be on its way into the queue. */
const graceMilliseconds = 120_000;

/**
 * Hands to the queue again what it knows nothing of, while every process goes on: a queue's server was killed and lost its memory, or a run
 * was recorded and its jobs could not be added. What the queue still knows, failed or not, is left alone. Resolves to how many jobs were lost.
 */
export async function resumeLost(deps: RunDeps & { log: Log }): Promise<number> {
  const createdAt = { below: new Date(deps.clock.now().getTime() - graceMilliseconds) };
  const open = await deps.stores.runs.find({
    where: { state: { oneOf: ['running', 'cancelling'] }, createdAt },
    limit: 1000,
  });
  let lost = 0;
  for (const run of open) {
    if (isSettled(run)) await closeRun(deps, run.id);
    else lost += await resumeQueries(deps, run);
  }
  const ended = await deps.stores.runs.find({
    where: { state: { oneOf: ['done', 'cancelled'] }, createdAt },
    sort: [{ field: 'number', direction: 'down' }],
    limit: 200,
  });
  for (const run of ended) {
    const id = resultJobId(run.id);
    if (run.result.state === 'sent' || (await deps.queue.state('deliver-card', id)) !== 'unknown') continue;
    await deps.queue.add('deliver-card', { run: run.id, what: 'result' }, { id });
    lost += 1;
  }
  if (lost > 0) deps.log.warn({ lost }, 'jobs that the queue had lost were given to it again');
  return lost;
}

async function resumeQueries(deps: RunDeps, run: Run): Promise<number> {
  let lost = 0;
  for (const query of run.queries) {
    if (query.state !== 'waiting' && query.state !== 'running') continue;
    const id = queryJobId(run.id, query.id);
    if ((await deps.queue.state('run-query', id)) !== 'unknown') continue;
    await deps.queue.add('run-query', { run: run.id, query: query.id }, { id });
    lost += 1;
  }
  return lost;
}

/** Resumes what was lost every minute, until the returned function is called. */
export function keepResuming(
  deps: RunDeps & SweepDeps & { stores: Pick<Stores, 'imports' | 'comments'>; log: Log },
): () => void {
  const timer = setInterval(() => {
    Promise.all([
      resumeLost(deps),
      resumeSweeps(deps, 'lost'),
      resumeImports(deps, 'lost'),
      resumeComments(deps),
    ]).catch((error: unknown) => deps.log.warn({ error }, 'lost jobs could not be looked for; trying on'));
  }, everyMilliseconds);
  timer.unref();
  return () => clearInterval(timer);
}
