import type { RuleReplay } from '../src/domain/analytics-rule';
import { change } from '../src/hunting/change';
import { alertWindows } from '../src/hunting/replay-alerts';
import { bookmarksRaised, type ReplayDeps, replayWindows } from '../src/hunting/rule-replay';
import type { Log } from '../src/log';
import type { Clock } from '../src/ports/clock';
import type { JobQueue } from '../src/ports/job-queue';
import { QueryError } from '../src/ports/query-engine';
import type { Stores } from '../src/ports/stores';
import { defineJob, wasCancelled } from './define-job';

const progressEveryMilliseconds = 2000;

export interface ReplayJobDeps extends ReplayDeps {
  stores: Pick<Stores, 'bookmarks' | 'rules' | 'ruleReplays'>;
  queue: JobQueue;
  clock: Clock;
  log: Log;
}

/** Replays a rule over the past, one at a time in a process: people who wait for a query come first. A replay that was cut short begins again. */
export function createReplayRuleJob(deps: ReplayJobDeps) {
  return defineJob({
    name: 'replay-rule',
    concurrency: 1,
    attempts: 3,
    async run({ replay: id }, { signal }) {
      const replay = await deps.stores.ruleReplays.get(id);
      if (!replay || replay.state === 'done' || replay.state === 'failed' || replay.state === 'cancelled') return;
      if (replay.state === 'cancelling' || wasCancelled(signal)) return end(deps, id, { state: 'cancelled' });
      const rule = await deps.stores.rules.get(replay.rule);
      if (!rule) return end(deps, id, { state: 'failed', failure: `${replay.rule} is not there any more.` });
      let told = deps.clock.now().getTime();
      try {
        const found = await replayWindows(
          deps,
          rule,
          replay,
          async (findings) => {
            if (deps.clock.now().getTime() - told < progressEveryMilliseconds) return;
            told = deps.clock.now().getTime();
            const { done } = findings();
            const now = await change(deps.stores.ruleReplays, id, (current) => ({ ...current, done }));
            await ask(deps, id, 'progress');
            if (now?.state === 'cancelling') throw new Cancelled();
          },
          signal,
        );
        const { values, ...findings } = found;
        await end(deps, id, { ...findings, ...(await bookmarksRaised(deps, rule, values)), state: 'done' });
        await noteReplay(deps, id);
      } catch (error) {
        if (error instanceof Cancelled || wasCancelled(signal)) return end(deps, id, { state: 'cancelled' });
        if (signal.aborted || !(error instanceof QueryError) || error.code === 'internal') throw error;
        await end(deps, id, { state: 'failed', failure: error.message });
      }
    },
    async onLost({ replay }, error) {
      deps.log.error({ error, replay }, 'a replay was given up');
      await end(deps, replay, {
        state: 'failed',
        failure: 'It was tried several times and ended in a fault of Talbot’s own; the log has it.',
      });
    },
  });
}

class Cancelled extends Error {}

async function end(
  deps: ReplayJobDeps,
  id: string,
  outcome: Partial<RuleReplay> & { state: RuleReplay['state'] },
): Promise<void> {
  await change(deps.stores.ruleReplays, id, (current) =>
    current.state === 'running' || current.state === 'cancelling'
      ? { ...current, ...outcome, finishedAt: deps.clock.now() }
      : null,
  );
  await ask(deps, id, 'progress');
  await ask(deps, id, 'result');
}

async function noteReplay(deps: ReplayJobDeps, id: string): Promise<void> {
  const replay = await deps.stores.ruleReplays.get(id);
  if (replay?.state !== 'done') return;
  await change(deps.stores.rules, replay.rule, (current) =>
    // What was replayed is another rule by now.
    current.text !== replay.text || current.frequencyMilliseconds !== replay.frequencyMilliseconds
      ? null
      : {
          ...current,
          lastReplay: { days: replay.days, alerts: alertWindows(current, replay).length, at: deps.clock.now() },
        },
  );
}

async function ask(deps: Pick<ReplayJobDeps, 'queue'>, replay: string, what: 'progress' | 'result'): Promise<void> {
  const options =
    what === 'result' ? { id: `${replay}.result` } : { dropWhileWaiting: `${replay}.progress`, attempts: 6 };
  await deps.queue.add('deliver-replay', { replay, what }, options);
}
