import { isSettled, queryJobId, resultJobId } from '../src/domain/run';
import type { Log } from '../src/log';
import { closeRun, type RunDeps } from './settle-query';

/**
 * After a start: every run that a stopped process left behind goes on. Its queries are handed to the queue again, which knows those it still
 * has by their id; a run that only lacked its result gets it delivered.
 */
export async function resumeRuns(deps: RunDeps & { log: Log }): Promise<number> {
  const open = await deps.stores.runs.find({ where: { state: { oneOf: ['running', 'cancelling'] } }, limit: 1000 });
  for (const run of open) {
    if (isSettled(run)) {
      await closeRun(deps, run.id);
      continue;
    }
    for (const query of run.queries) {
      if (query.state !== 'waiting' && query.state !== 'running') continue;
      const id = queryJobId(run.id, query.id);
      const state = await deps.queue.state('run-query', id);
      // A finished job of an unfinished query was cut off between its end and the run's record: its id is used up.
      const again = state === 'done' || state === 'failed' ? `${id}.${query.attempt + 1}` : id;
      await deps.queue.add('run-query', { run: run.id, query: query.id }, { id: again });
    }
  }
  const undelivered = await deps.stores.runs.find({
    where: { state: { oneOf: ['done', 'cancelled'] } },
    sort: [{ field: 'number', direction: 'down' }],
    limit: 200,
  });
  for (const run of undelivered) {
    if (run.result.state === 'sent') continue;
    const given = await deps.queue.state('deliver-card', resultJobId(run.id));
    if (given === 'waiting' || given === 'running') continue;
    // The id of a job that ended is used up; the run's version makes the same new one in every process that starts now.
    await deps.queue.add(
      'deliver-card',
      { run: run.id, what: 'result' },
      { id: `${resultJobId(run.id)}.${run.version}` },
    );
  }
  if (open.length > 0) deps.log.info({ runs: open.length }, 'runs of an earlier process go on');
  return open.length;
}
