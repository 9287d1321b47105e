import { defineCommand } from '../../commands/define-command';
import { field } from '../../commands/field';
import { change } from '../../hunting/change';
import { huntNumbers } from '../../hunting/hunt-numbers';
import { recordChange } from '../../hunting/record-change';
import { confirmCard, noticeCard } from '../../views/notice-card';
import { counted } from '../../views/wording';

export const deleteHunt = defineCommand({
  name: 'delete',
  summary: 'Deletes a hunt, after asking',
  permission: 'lead',
  example: 'delete H-1',
  input: { hunt: field.hunt(), confirmed: field.flag({ label: 'Confirmed', hidden: true }) },
  positional: ['hunt'],
  async run(ctx, input) {
    const hunt = await ctx.hunt(input.hunt);
    if (!input.confirmed) {
      const numbers = await huntNumbers(ctx, hunt.id);
      const holds = [
        counted(numbers.queries, 'query', 'queries'),
        counted(numbers.runs, 'run'),
        ...(numbers.tabs ? [counted(numbers.tabs, 'tab')] : []),
        counted(numbers.bookmarks, 'bookmark'),
        counted(numbers.comments, 'comment'),
      ].join(', ');
      const yes = {
        label: `Delete ${hunt.id}`,
        command: 'delete',
        args: { hunt: hunt.id, confirmed: 'yes' },
        opens: 'nothing' as const,
      };
      return {
        kind: 'card',
        card: confirmCard(
          `Delete ${hunt.id} “${hunt.name}”?`,
          `It holds ${holds}. They go with it; “restore ${hunt.id}” brings all of it back.`,
          yes,
        ),
        to: 'asker',
      };
    }
    await change(ctx.stores.hunts, hunt.id, (current) => ({
      ...current,
      deletedAt: ctx.clock.now(),
      updatedAt: ctx.clock.now(),
    }));
    await recordChange(ctx, { hunt: hunt.id, what: 'deleted the hunt', before: hunt.name });
    const undo = { label: 'Undo', command: 'restore', args: { hunt: hunt.id }, opens: 'nothing' as const };
    return {
      kind: 'card',
      card: noticeCard(`${hunt.id} “${hunt.name}” was deleted by ${ctx.person.name}.`, [undo], 'neutral'),
      to: 'everyone',
    };
  },
});
