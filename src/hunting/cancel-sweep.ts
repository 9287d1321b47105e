import type { Reply } from '../chat/reply';
import type { Context } from '../commands/context';
import { UserError } from '../errors';
import { sweepCard } from '../views/sweep-card';
import { change } from './change';
import { findSweep } from './find-sweep';
import { sweepCounts } from './sweep-counts';

/** Ends a sweep at once: whatever of it still runs sees that within a second, and keeps nothing. What it counted stays. */
export async function cancelSweep(ctx: Context, key: string): Promise<Reply> {
  const sweep = await findSweep(ctx, key);
  if (sweep.state !== 'running') throw new UserError('bad-input', `${sweep.id} is over already.`);
  const now = ctx.clock.now();
  const ended = await change(ctx.stores.sweeps, key, (current) =>
    current.state === 'running'
      ? { ...current, state: 'cancelled' as const, cancelledBy: ctx.person, finishedAt: now }
      : null,
  );
  await ctx.queue.add('deliver-sweep', { sweep: key, what: 'progress' }, { dropWhileWaiting: `${key}.progress` });
  return { kind: 'replace', card: sweepCard(ended ?? sweep, await sweepCounts(ctx.stores, sweep), now) };
}
