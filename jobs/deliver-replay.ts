import type { RuleReplay } from '../src/domain/analytics-rule';
import { pictureBlocks } from '../src/hunting/picture-blocks';
import { alertWindows, thresholdsOf } from '../src/hunting/replay-alerts';
import type { Log } from '../src/log';
import { ChatError, type ChatPlatforms } from '../src/ports/chat-platform';
import type { Clock } from '../src/ports/clock';
import type { Pictures } from '../src/ports/pictures';
import type { Stores } from '../src/ports/stores';
import { alertsPerDaySvg, replayCard, replayResultCard } from '../src/views/replay-card';
import { defineJob } from './define-job';
import { type Delivery, editProgress, markSent, postResult } from './post-once';

export interface DeliverReplayDeps {
  stores: Pick<Stores, 'rules' | 'ruleReplays'>;
  chats: ChatPlatforms;
  pictures: Pictures;
  clock: Clock;
  log: Log;
}

/** Brings a replay's progress and result into its thread. */
export function createDeliverReplayJob(deps: DeliverReplayDeps) {
  return defineJob({
    name: 'deliver-replay',
    concurrency: 4,
    attempts: 720,
    async run({ replay: id, what }) {
      const replay = await deps.stores.ruleReplays.get(id);
      const rule = replay && (await deps.stores.rules.get(replay.rule));
      if (!replay || !rule) return;
      const chat = deps.chats.get(replay.thread.platform);
      if (!chat) throw new ChatError('unavailable', `${replay.thread.platform} is not connected`);
      const delivery: Delivery<RuleReplay> = {
        chat,
        records: deps.stores.ruleReplays,
        progressCard: (one) => replayCard(rule, one, deps.clock.now()),
        resultCard: async (one) => {
          if (one.state !== 'done') return replayCard(rule, one, deps.clock.now());
          const alerts = alertWindows(rule, one);
          const thresholds = thresholdsOf(rule, one).map((threshold) => ({
            threshold,
            alerts: alertWindows(rule, one, threshold).length,
          }));
          const { svg, alt } = alertsPerDaySvg(one, alerts);
          const picture = alerts.length > 0 ? await pictureBlocks(deps, svg, alt) : [];
          return replayResultCard(rule, one, { alerts, thresholds }, picture);
        },
        view: () => ({ label: 'The rule', command: 'rule show', args: { rule: rule.id }, opens: 'nothing' }),
        log: deps.log,
      };
      if (what === 'progress') return editProgress(delivery, replay);
      if (replay.result.state === 'sent' || replay.state === 'running' || replay.state === 'cancelling') return;
      await (replay.state === 'cancelled' ? markSent(delivery, replay) : postResult(delivery, replay));
    },
    async onLost({ replay, what }, error) {
      deps.log.error({ error, replay, what }, 'the card of a replay could not be delivered');
    },
  });
}
