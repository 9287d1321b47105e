import { sweepResultJobId } from '../src/domain/sweep';
import type { Log } from '../src/log';
import { closeSweep, type SweepDeps } from './settle-sweep';

/**
 * Sweeps that a stopped process left behind go on, and results that were not posted are. `lost`: while every process goes on, only what
 * the queue knows nothing of any more, as after a server of it was killed. Resolves to how many sweeps were taken up.
 */
export async function resumeSweeps(deps: SweepDeps & { log: Log }, which: 'all' | 'lost'): Promise<number> {
  const open = await deps.stores.sweeps.find({ where: { state: { is: 'running' } }, limit: 100 });
  let resumed = 0;
  for (const { id, version } of open) {
    const sweep = (await closeSweep(deps, id))?.sweep;
    if (sweep?.state !== 'running') continue;
    if (which === 'lost' && (await isBusy(deps))) continue;
    await deps.queue.add('feed-sweep', { sweep: id }, { id: `${id}.feed.${version}.${deps.clock.now().getTime()}` });
    resumed += 1;
  }
  const ended = await deps.stores.sweeps.find({
    where: { state: { is: 'done' } },
    sort: [{ field: 'number', direction: 'down' }],
    limit: 20,
  });
  for (const sweep of ended) {
    if (sweep.result.state === 'sent') continue;
    const id = sweepResultJobId(sweep.id);
    const given = await deps.queue.state('deliver-sweep', id);
    if (given === 'waiting' || given === 'running' || (which === 'lost' && given !== 'unknown')) continue;
    const again = given === 'unknown' ? id : `${id}.${sweep.version}`;
    await deps.queue.add('deliver-sweep', { sweep: sweep.id, what: 'result' }, { id: again });
  }
  if (resumed > 0) deps.log.info({ sweeps: resumed }, 'sweeps go on');
  return resumed;
}

/** Whether queries of a sweep are on their way: then nothing was lost. */
async function isBusy(deps: SweepDeps): Promise<boolean> {
  const counts = await deps.queue.counts();
  return ['feed-sweep' as const, 'sweep-query' as const].some(
    (name) => counts[name].waiting + counts[name].running > 0,
  );
}
