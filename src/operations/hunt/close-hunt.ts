import { defineCommand } from '../../commands/define-command';
import { field } from '../../commands/field';
import { change } from '../../hunting/change';
import { recordChange } from '../../hunting/record-change';
import { refreshHunt } from '../../hunting/refresh-hunt';
import { noticeCard } from '../../views/notice-card';

export const closeHunt = defineCommand({
  name: 'close',
  summary: 'Closes a hunt',
  permission: 'hunt',
  example: 'close H-1',
  input: { hunt: field.hunt() },
  positional: ['hunt'],
  async run(ctx, input) {
    const hunt = await ctx.hunt(input.hunt);
    const now = ctx.clock.now();
    await change(ctx.stores.hunts, hunt.id, (current) => ({
      ...current,
      status: 'Closed' as const,
      closedAt: now,
      updatedAt: now,
    }));
    await recordChange(ctx, { hunt: hunt.id, what: 'closed the hunt', before: hunt.status, after: 'Closed' });
    await refreshHunt(ctx, hunt.id);
    const verdict = {
      label: 'Give the verdict',
      command: 'hypothesis',
      args: { hunt: hunt.id },
      opens: 'form' as const,
    };
    const reopen = {
      label: 'Reopen',
      command: 'status',
      args: { hunt: hunt.id, status: 'Active' },
      opens: 'nothing' as const,
    };
    const open = hunt.hypothesis === 'Unknown';
    const text = `${hunt.id} is closed by ${ctx.person.name}${open ? '; its hypothesis has no verdict yet' : `: hypothesis ${hunt.hypothesis.toLowerCase()}`}.`;
    return { kind: 'card', card: noticeCard(text, open ? [verdict, reopen] : [reopen]), to: 'everyone' };
  },
});
