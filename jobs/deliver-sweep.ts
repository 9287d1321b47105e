import type { Sweep } from '../src/domain/sweep';
import { sweepPage } from '../src/hunting/sweep-page';
import type { Log } from '../src/log';
import { ChatError, type ChatPlatforms } from '../src/ports/chat-platform';
import { sweepCard } from '../src/views/sweep-card';
import { sweepResultCard } from '../src/views/sweep-result-card';
import { defineJob } from './define-job';
import { type Delivery, editProgress, markSent, postResult } from './post-once';
import { closeSweep, type SweepDeps } from './settle-sweep';

/** Brings a sweep's progress and result into its thread, and ends it once every query has its answer. */
export function createDeliverSweepJob(deps: SweepDeps & { chats: ChatPlatforms; log: Log }) {
  return defineJob({
    name: 'deliver-sweep',
    concurrency: 4,
    // As a run's result: a platform that is down for hours costs nothing.
    attempts: 720,
    async run({ sweep: id, what }) {
      const closed = await closeSweep(deps, id);
      if (!closed) return;
      const { sweep, counts } = closed;
      const chat = deps.chats.get(sweep.thread.platform);
      if (!chat) throw new ChatError('unavailable', `${sweep.thread.platform} is not connected`);
      const delivery: Delivery<Sweep> = {
        chat,
        records: deps.stores.sweeps,
        progressCard: (one) => sweepCard(one, counts, deps.clock.now()),
        resultCard: async (one) => sweepResultCard(one, counts, await sweepPage(deps.stores, one, 'found')),
        view: (one) => ({ label: 'View results', command: 'sweep show', args: { sweep: one.id }, opens: 'nothing' }),
        log: deps.log,
      };
      if (what === 'progress') return editProgress(delivery, sweep);
      if (sweep.result.state === 'sent' || sweep.state === 'running') return;
      await (sweep.state === 'cancelled' ? markSent(delivery, sweep) : postResult(delivery, sweep));
    },
    async onLost({ sweep, what }, error) {
      deps.log.error({ error, sweep, what }, 'the card of a sweep could not be delivered');
    },
  });
}
