import type { Reply } from '../chat/reply';
import { type ThreadRef, threadUnder } from '../chat/thread-ref';
import type { Context } from '../commands/context';
import type { Hunt } from '../domain/hunt';
import type { HuntQuery } from '../domain/query';
import { queryJobId, type Run, type RunQuery } from '../domain/run';
import { rangeBefore } from '../domain/time-range';
import { UserError } from '../errors';
import { noticeCard } from '../views/notice-card';
import { runCard } from '../views/run-card';
import { rangeText } from '../views/wording';
import { change } from './change';
import { noteTabRun } from './note-tab-run';
import { postProgress } from './post-progress';
import { recordChange } from './record-change';

export interface StartInput {
  hunt?: Hunt;
  queries: RunQuery[];
  since: number;
  from?: Date | undefined;
  to?: Date | undefined;
  asOf?: Date | undefined;
  engine?: string | undefined;
  /** Key of the tab that is run. */
  tab?: string | undefined;
}

export function runQueryOf(
  query: Pick<HuntQuery, 'id' | 'name' | 'text' | 'tactics' | 'techniques' | 'entityMappings'>,
): RunQuery {
  return {
    id: query.id.split('/')[1] ?? query.id,
    name: query.name,
    text: query.text,
    tactics: query.tactics,
    techniques: query.techniques,
    entityMappings: query.entityMappings,
    state: 'waiting',
    attempt: 0,
    columns: [],
    rows: 0,
    truncated: false,
    notes: [],
  };
}

/** Records a run, posts its progress card, and hands its queries to the workers. */
export async function startQueries(ctx: Context, input: StartInput): Promise<Reply> {
  const chat = ctx.chats.get(ctx.thread.platform);
  if (!chat) throw new UserError('unavailable', `Talbot cannot post on ${ctx.thread.platform} right now.`);
  const number = await ctx.stores.next('run');
  const now = ctx.clock.now();
  const time = askedTime(ctx, input);
  const thread = threadOf(ctx, input.hunt);
  const run = await ctx.stores.runs.insert({
    id: `R-${number}`,
    number,
    ...(input.hunt ? { hunt: input.hunt.id } : {}),
    ...(input.tab ? { tab: input.tab } : {}),
    engine: engineName(ctx, input.engine),
    ...time,
    queries: input.queries,
    state: 'running',
    requestedBy: ctx.person,
    createdAt: now,
    thread,
    progress: { state: 'none' },
    result: { state: 'none' },
  });
  const shown = await showProgress(ctx, run);
  for (const query of run.queries) {
    await ctx.queue.add('run-query', { run: run.id, query: query.id }, { id: queryJobId(run.id, query.id) });
  }
  if (input.tab) await noteTabRun(ctx, input.tab, run);
  if (input.hunt) await recordStart(ctx, input.hunt, run);
  if (!shown)
    return {
      kind: 'card',
      card: noticeCard(
        `${run.id} runs, but its progress could not be shown here. Its result comes as soon as it can; “results ${run.id}” shows it too.`,
        [],
        'warning',
      ),
      to: 'asker',
    };
  const elsewhere = thread.root !== ctx.thread.root || thread.channel !== ctx.thread.channel;
  if (!elsewhere || !input.hunt) return { kind: 'nothing' };
  return {
    kind: 'card',
    card: noticeCard(`${run.id} runs; its results come in the thread of ${input.hunt.id}.`),
    to: 'asker',
  };
}

/** In the timeline: the run, and that the hunt became active by it. */
async function recordStart(ctx: Context, hunt: Hunt, run: Run): Promise<void> {
  const names = run.queries.map((query) => (query.id === 'kql' ? query.text : `${query.id} ${query.name}`));
  await recordChange(ctx, {
    hunt: hunt.id,
    subject: run.id,
    what: 'started a run',
    after: [rangeText({ ...run, asOfGiven: run.asOfGiven ?? false }), ...names].join('\n'),
  });
  if (hunt.status !== 'New') return;
  let activated = false;
  await change(ctx.stores.hunts, hunt.id, (current) => {
    activated = current.status === 'New';
    return activated ? { ...current, status: 'Active' as const, updatedAt: ctx.clock.now() } : null;
  });
  if (activated)
    await recordChange(ctx, { hunt: hunt.id, what: 'set the status by running it', before: 'New', after: 'Active' });
}

/** Where and as of when to look; a UserError where the range ends before it begins. */
export function askedTime(
  ctx: Context,
  input: Pick<StartInput, 'since' | 'from' | 'to' | 'asOf'>,
): Pick<Run, 'from' | 'to' | 'asOf' | 'asOfGiven'> {
  const asOf = input.asOf ?? ctx.queryClock.now();
  const to = input.to ?? asOf;
  const from = input.from ?? rangeBefore(to, input.since).from;
  if (from >= to)
    throw new UserError('bad-input', 'The range ends before it begins.', 'Check --from and --to.', {
      from: 'Must lie before the end.',
    });
  const asOfGiven = input.asOf !== undefined || Math.abs(asOf.getTime() - ctx.clock.now().getTime()) > 60_000;
  return { from, to, asOf, asOfGiven };
}

/** Whether the card is there. A run without it still runs: its result is posted all the same. */
async function showProgress(ctx: Context, run: Run): Promise<boolean> {
  const message = await postProgress(ctx, run.id, run.thread, runCard(run, ctx.clock.now()));
  if (!message) return false;
  // In a conversation of two, a thread of its own would hide the result from the one who waits for it.
  const thread = run.hunt || run.thread.direct ? run.thread : threadUnder(message);
  await change(ctx.stores.runs, run.id, (current) => ({
    ...current,
    thread,
    progress: { state: 'sent' as const, message },
  }));
  return true;
}

/** The engine that was named, or the default one; a UserError where there is no such engine. */
export function engineName(ctx: Context, wanted: string | undefined): string {
  const names = [...ctx.engines.keys()];
  const name = wanted ?? names[0];
  if (name === undefined || !ctx.engines.has(name))
    throw new UserError(
      'bad-input',
      wanted ? `There is no engine “${wanted}” here.` : 'No query engine is set up.',
      `There is: ${names.join(', ') || 'none'}.`,
    );
  return name;
}

/** Where the result belongs: here, if this is a thread; else the hunt's thread in this channel, or on this platform. */
function threadOf(ctx: Context, hunt: Hunt | undefined): ThreadRef {
  if (ctx.thread.root !== undefined || ctx.thread.flat || !hunt) return ctx.thread;
  const here = hunt.threads.filter(
    (thread) => thread.platform === ctx.thread.platform && thread.tenant === ctx.thread.tenant,
  );
  return here.find((thread) => thread.channel === ctx.thread.channel) ?? here[0] ?? ctx.thread;
}
