import type { PlaybookRun } from '../src/domain/playbook';
import { UserError } from '../src/errors';
import { change } from '../src/hunting/change';
import { playbookTarget } from '../src/hunting/playbook-target';
import { recordChange } from '../src/hunting/record-change';
import type { Log } from '../src/log';
import { ChatError, type ChatPlatforms } from '../src/ports/chat-platform';
import type { Clock } from '../src/ports/clock';
import { type PlaybookCall, type Playbooks, PlaybookUnreachable } from '../src/ports/playbooks';
import type { Stores } from '../src/ports/stores';
import { defang } from '../src/views/defang';
import { playbookRunCard } from '../src/views/playbook-card';
import { defineJob } from './define-job';
import { type Delivery, postResult } from './post-once';

export interface RunPlaybookDeps {
  stores: Stores;
  playbooks?: Playbooks | undefined;
  chats: ChatPlatforms;
  clock: Clock;
  log: Log;
}

/** Calls a playbook and brings its outcome into the thread. Every try carries the same key, so that whoever is called acts once. */
export function createRunPlaybookJob(deps: RunPlaybookDeps) {
  return defineJob({
    name: 'run-playbook',
    concurrency: 4,
    attempts: 6,
    async run({ run: id }, { signal, lastAttempt }) {
      const run = await change(deps.stores.playbookRuns, id, (current) =>
        current.state === 'queued' ? { ...current, state: 'running' as const } : null,
      );
      if (!run || run.state === 'waiting-approval') return;
      if (run.state === 'running') await act(deps, run, signal, lastAttempt);
      await tell(deps, id);
    },
    async onLost({ run }, error) {
      deps.log.error({ error, run }, 'a playbook was given up');
      await end(deps, run, 'failed', 'It was tried several times; whether it was carried out is not known.');
      await tell(deps, run);
    },
  });
}

async function act(deps: RunPlaybookDeps, run: PlaybookRun, signal: AbortSignal, last: boolean): Promise<void> {
  const playbook = deps.playbooks?.list().find((one) => one.name === run.name);
  if (!deps.playbooks || !playbook)
    return end(deps, run.id, 'failed', `The playbook “${run.name}” is not declared here any more.`);
  if (playbook.host !== run.host || (playbook.approval && !run.approval))
    return end(deps, run.id, 'failed', 'The playbook was changed since it was asked for: ask again.');
  try {
    const body = run.body ?? (await makeBody(deps, run));
    const answer = await deps.playbooks.call(run.name, body, run.idempotencyKey, signal);
    const said = answer.message ? `: ${defang(answer.message)}` : '.';
    const words =
      answer.state === 'done' ? `It answered ${answer.status}${said}` : `It refused with ${answer.status}${said}`;
    await end(deps, run.id, answer.state === 'done' ? 'done' : 'failed', words);
  } catch (error) {
    if (error instanceof UserError) return end(deps, run.id, 'failed', error.message);
    if (!(error instanceof PlaybookUnreachable) || !last) throw error;
    const what = `${defang(error.message)}. It was tried several times with the same key; whether it was carried out is not known.`;
    await end(deps, run.id, 'failed', what);
  }
}

/** What is sent, kept before it is sent the first time. */
async function makeBody(deps: RunPlaybookDeps, run: PlaybookRun): Promise<string> {
  const approval = run.approval ? await deps.stores.approvals.get(run.approval) : null;
  const { hunts, ...target } = await playbookTarget(deps, run.target);
  const call: PlaybookCall = {
    playbook: run.name,
    target,
    inputs: run.inputs,
    why: run.why,
    requestedBy: run.requestedBy.name,
    ...(approval?.decidedBy ? { approvedBy: approval.decidedBy.name } : {}),
    hunts,
    at: deps.clock.now().toISOString(),
  };
  const kept = await change(deps.stores.playbookRuns, run.id, (current) =>
    current.body ? null : { ...current, body: JSON.stringify(call) },
  );
  return kept?.body ?? JSON.stringify(call);
}

async function end(deps: RunPlaybookDeps, id: string, state: 'done' | 'failed', outcome: string): Promise<void> {
  let did = false;
  const run = await change(deps.stores.playbookRuns, id, (current) => {
    did = current.state === 'running' || current.state === 'queued';
    return did ? { ...current, state, outcome, finishedAt: deps.clock.now() } : null;
  });
  if (!did || !run) return;
  for (const hunt of run.hunts) {
    const what = state === 'done' ? `ran the playbook ${run.name}` : `could not run the playbook ${run.name}`;
    await recordChange({ ...deps, person: run.requestedBy }, { hunt, subject: run.id, what, after: outcome });
  }
}

async function tell(deps: RunPlaybookDeps, id: string): Promise<void> {
  const run = await deps.stores.playbookRuns.get(id);
  if (!run || run.result.state === 'sent' || run.finishedAt === undefined) return;
  const chat = deps.chats.get(run.thread.platform);
  if (!chat) throw new ChatError('unavailable', `${run.thread.platform} is not connected`);
  const delivery: Delivery<PlaybookRun> = {
    chat,
    records: deps.stores.playbookRuns,
    progressCard: playbookRunCard,
    resultCard: async (one) => playbookRunCard(one),
    view: () => ({ label: 'Runs of playbooks', command: 'playbook runs', args: {}, opens: 'nothing' }),
    log: deps.log,
  };
  await postResult(delivery, run);
}
