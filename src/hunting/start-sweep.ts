import type { Reply } from '../chat/reply';
import { threadUnder } from '../chat/thread-ref';
import type { Context } from '../commands/context';
import type { HuntQuery } from '../domain/query';
import type { Sweep } from '../domain/sweep';
import { UserError } from '../errors';
import type { Find } from '../ports/stores';
import { noticeCard } from '../views/notice-card';
import { sweepCard } from '../views/sweep-card';
import { change } from './change';
import { postProgress } from './post-progress';
import { askedTime, engineName, type StartInput } from './start-queries';
import { sweepCounts } from './sweep-counts';

const atATime = 500;

/** Records a sweep over what the filter finds, posts its progress card, and hands it to the workers. One runs at a time. */
export async function startSweep(
  ctx: Context,
  input: Omit<StartInput, 'hunt' | 'queries'> & { find: Pick<Find<HuntQuery>, 'where' | 'search'>; filter: string },
): Promise<Reply> {
  const engine = engineName(ctx, input.engine);
  const time = askedTime(ctx, input);
  const before = await runningSweep(ctx);
  if (before) return alreadyRuns(ctx, before);
  const queries = await keysOf(ctx, input.find);
  if (queries.length === 0)
    throw new UserError(
      'bad-input',
      input.filter === '' ? 'The library has no queries.' : `The library has no query with ${input.filter}.`,
      'Type “queries” to see it, or leave the filters out.',
    );
  const number = await ctx.stores.next('sweep');
  const sweep = await ctx.stores.sweeps.insert({
    id: `S-${number}`,
    number,
    engine,
    ...time,
    filter: input.filter,
    queries,
    state: 'running',
    requestedBy: ctx.person,
    createdAt: ctx.clock.now(),
    thread: ctx.thread,
    progress: { state: 'none' },
    result: { state: 'none' },
  });
  const first = await runningSweep(ctx);
  if (first && first.id !== sweep.id) {
    await ctx.stores.sweeps.remove(sweep.id);
    return alreadyRuns(ctx, first);
  }
  const shown = await showProgress(ctx, sweep);
  await ctx.queue.add('feed-sweep', { sweep: sweep.id }, { id: `${sweep.id}.feed` });
  if (shown) return { kind: 'nothing' };
  const text = `${sweep.id} runs, but its progress could not be shown here. “sweep show ${sweep.id}” shows what it found so far.`;
  return { kind: 'card', card: noticeCard(text, [], 'warning'), to: 'asker' };
}

/** The one that began first. */
export async function runningSweep(ctx: Pick<Context, 'stores'>): Promise<Sweep | undefined> {
  const [first] = await ctx.stores.sweeps.find({
    where: { state: { is: 'running' } },
    sort: [{ field: 'number', direction: 'up' }],
    limit: 1,
  });
  return first;
}

async function alreadyRuns(ctx: Context, sweep: Sweep): Promise<Reply> {
  const { done, total } = await sweepCounts(ctx.stores, sweep);
  const text = `${sweep.id} runs already, asked by ${sweep.requestedBy.name}: ${done.toLocaleString('en-US')} of ${total.toLocaleString('en-US')} queries are counted. Wait for it, or cancel it.`;
  const buttons = [
    { label: `Show ${sweep.id}`, command: 'sweep show', args: { sweep: sweep.id }, opens: 'nothing' as const },
    {
      label: `Cancel ${sweep.id}`,
      command: 'cancel',
      args: { run: sweep.id },
      opens: 'nothing' as const,
      style: 'danger' as const,
      confirm: {
        title: `Cancel ${sweep.id}?`,
        text: `What it counted so far stays on the queries.`,
        yes: 'Cancel it',
      },
    },
  ];
  return { kind: 'card', card: noticeCard(text, buttons, 'warning'), to: 'asker' };
}

async function keysOf(ctx: Context, find: Pick<Find<HuntQuery>, 'where' | 'search'>): Promise<string[]> {
  const keys: string[] = [];
  for (;;) {
    const page = await ctx.stores.queries.find({
      ...find,
      sort: [{ field: 'number', direction: 'up' }],
      skip: keys.length,
      limit: atATime,
    });
    keys.push(...page.map((query) => query.id));
    if (page.length < atATime) return [...new Set(keys)];
  }
}

async function showProgress(ctx: Context, sweep: Sweep): Promise<boolean> {
  const counts = { total: sweep.queries.length, done: 0, found: 0, missing: 0, failed: 0 };
  const message = await postProgress(ctx, sweep.id, sweep.thread, sweepCard(sweep, counts, ctx.clock.now()));
  if (!message) return false;
  // In a conversation of two, a thread of its own would hide the result from the one who waits for it.
  const thread = sweep.thread.direct ? sweep.thread : threadUnder(message);
  await change(ctx.stores.sweeps, sweep.id, (current) => ({
    ...current,
    thread,
    progress: { state: 'sent' as const, message },
  }));
  return true;
}
