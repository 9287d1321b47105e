import { addDueWindows, type DueDeps } from '../src/hunting/due-windows';
import type { Log } from '../src/log';
import { defineJob } from './define-job';

/** Every minute: the windows that are due go to the queue. A rule that cannot be looked at does not keep the others back. */
export function createDueRulesJob(deps: DueDeps & { log: Log }) {
  return defineJob({
    name: 'due-rules',
    concurrency: 1,
    attempts: 1,
    async run() {
      const rules = await deps.stores.rules.find({
        where: { state: { is: 'enabled' }, deletedAt: { missing: true } },
        limit: 2000,
      });
      for (const rule of rules) {
        try {
          await addDueWindows(deps, rule);
        } catch (error) {
          deps.log.error({ error, rule: rule.id }, 'the windows of a rule could not be given to the queue');
        }
      }
      await resumeWindows(deps);
    },
  });
}

/** What the queue lost, or what a process recorded and could not hand over. */
async function resumeWindows(deps: DueDeps): Promise<void> {
  const createdAt = { below: new Date(deps.clock.now().getTime() - 120_000) };
  const open = await deps.stores.ruleWindows.find({
    where: { state: { oneOf: ['waiting', 'running'] }, createdAt },
    limit: 500,
  });
  for (const window of open) {
    if ((await deps.queue.state('run-rule', window.id)) === 'unknown')
      await deps.queue.add('run-rule', { window: window.id }, { id: window.id });
  }
}
