import { setImmediate as nextTurn } from 'node:timers/promises';
import { sweepJobId } from '../src/domain/sweep';
import type { Log } from '../src/log';
import { defineJob } from './define-job';
import { askForSweepProgress, type SweepDeps } from './settle-sweep';

const atATime = 200;

/** Hands the queries of a sweep to the queue, in the background: thousands take a while. Done again, it adds what the queue lost. */
export function createFeedSweepJob(deps: SweepDeps & { log: Log }) {
  return defineJob({
    name: 'feed-sweep',
    concurrency: 1,
    async run({ sweep: id }, { signal }) {
      const keys = (await deps.stores.sweeps.get(id))?.queries ?? [];
      for (let from = 0; from < keys.length; from += atATime) {
        if ((await deps.stores.sweeps.get(id))?.state !== 'running') return;
        const some = keys.slice(from, from + atATime);
        const counted = await deps.stores.queries.find({
          where: { id: { oneOf: some }, resultSweep: { is: id } },
          limit: some.length,
        });
        const done = new Set(counted.map((query) => query.id));
        for (const key of some) {
          signal.throwIfAborted();
          // The embedded database answers without ever leaving the turn: people's requests must get theirs.
          await nextTurn();
          if (!done.has(key)) await give(id, key);
        }
      }
      await askForSweepProgress(deps, id);
    },
    async onLost({ sweep }, error) {
      deps.log.error({ error, sweep }, 'the queries of a sweep could not all be handed to the queue');
    },
  });

  async function give(sweep: string, query: string): Promise<void> {
    const id = sweepJobId(sweep, query);
    const state = await deps.queue.state('sweep-query', id);
    if (state === 'waiting' || state === 'running') return;
    // The id of a job that ended without an answer is used up.
    const again = state === 'unknown' ? id : `${id}.${deps.clock.now().getTime()}`;
    await deps.queue.add('sweep-query', { sweep, query }, { id: again });
  }
}
