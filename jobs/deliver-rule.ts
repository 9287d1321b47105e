import type { RuleWindow } from '../src/domain/analytics-rule';
import type { Incident } from '../src/domain/incident';
import { refreshHunt } from '../src/hunting/refresh-hunt';
import type { Log } from '../src/log';
import { ChatError, type ChatPlatforms } from '../src/ports/chat-platform';
import type { JobQueue } from '../src/ports/job-queue';
import type { Stores } from '../src/ports/stores';
import { ruleWindowCard } from '../src/views/rule-window-card';
import { defineJob } from './define-job';
import { type Delivery, postResult } from './post-once';

export interface DeliverRuleDeps {
  stores: Pick<Stores, 'rules' | 'ruleWindows' | 'incidents'>;
  chats: ChatPlatforms;
  queue: JobQueue;
  log: Log;
}

/** Brings what a window of a rule raised into the rule's channel, once. */
export function createDeliverRuleJob(deps: DeliverRuleDeps) {
  return defineJob({
    name: 'deliver-rule',
    concurrency: 4,
    attempts: 720,
    async run({ window: id }) {
      const window = await deps.stores.ruleWindows.get(id);
      const rule = window && (await deps.stores.rules.get(window.rule));
      if (!window || !rule || window.result.state === 'sent') return;
      const chat = deps.chats.get(window.thread.platform);
      if (!chat) throw new ChatError('unavailable', `${window.thread.platform} is not connected`);
      const incidents: Incident[] = [];
      for (const one of window.incidents) {
        const incident = await deps.stores.incidents.get(one.id);
        if (incident) incidents.push(incident);
      }
      const delivery: Delivery<RuleWindow> = {
        chat,
        records: deps.stores.ruleWindows,
        progressCard: (one) => ruleWindowCard(rule, one, incidents),
        resultCard: async (one) => ruleWindowCard(rule, one, incidents),
        view: () => ({ label: 'The rule', command: 'rule show', args: { rule: rule.id }, opens: 'nothing' }),
        log: deps.log,
      };
      await postResult(delivery, window);
      for (const hunt of rule.hunts) await refreshHunt(deps, hunt);
    },
    async onLost({ window }, error) {
      deps.log.error({ error, window }, 'what a rule raised could not be delivered');
    },
  });
}
