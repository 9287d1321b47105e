import { defineCommand } from '../../commands/define-command';
import { field } from '../../commands/field';
import { HuntStatus } from '../../domain/hunt';
import { change } from '../../hunting/change';
import { recordChange } from '../../hunting/record-change';
import { refreshHunt } from '../../hunting/refresh-hunt';
import { noticeCard } from '../../views/notice-card';

export const setStatus = defineCommand({
  name: 'status',
  summary: 'Sets a hunt’s status',
  formTitle: 'Status of the hunt',
  permission: 'hunt',
  prominent: true,
  example: 'status active',
  input: { hunt: field.hunt(), status: field.choice({ label: 'Status', options: HuntStatus.options }) },
  positional: ['hunt', 'status'],
  async run(ctx, input) {
    const before = await ctx.hunt(input.hunt);
    const now = ctx.clock.now();
    await change(ctx.stores.hunts, input.hunt, (current) => {
      const { closedAt: _closed, ...open } = current;
      return { ...open, status: input.status, updatedAt: now, ...(input.status === 'Closed' ? { closedAt: now } : {}) };
    });
    if (before.status !== input.status)
      await recordChange(ctx, { hunt: before.id, what: 'set the status', before: before.status, after: input.status });
    await refreshHunt(ctx, input.hunt);
    const undo = {
      label: `Back to ${before.status}`,
      command: 'status',
      args: { hunt: input.hunt, status: before.status },
      opens: 'nothing' as const,
    };
    const text = `${input.hunt} is ${input.status} now, was ${before.status}; set by ${ctx.person.name}.`;
    return { kind: 'card', card: noticeCard(text, before.status === input.status ? [] : [undo]), to: 'everyone' };
  },
});
