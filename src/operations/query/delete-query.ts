import { defineCommand } from '../../commands/define-command';
import { field } from '../../commands/field';
import { UserError } from '../../errors';
import { findQueryHere } from '../../hunting/find-query';
import { recordChange } from '../../hunting/record-change';
import { refreshHunt } from '../../hunting/refresh-hunt';
import { saveQuery } from '../../hunting/save-query';
import { confirmCard, noticeCard } from '../../views/notice-card';

export const deleteQuery = defineCommand({
  name: 'query delete',
  summary: 'Deletes a query of your own, or takes one out of a hunt',
  formTitle: 'Delete a query',
  submit: 'Delete',
  permission: 'hunt',
  example: 'query delete H-1/Q-3',
  input: { query: field.key('query'), confirmed: field.flag({ label: 'Confirmed', hidden: true }) },
  positional: ['query'],
  async run(ctx, input) {
    const query = await findQueryHere(ctx, input.query);
    if (query.origin === 'built-in')
      throw new UserError('bad-input', `${query.id} comes with Talbot and cannot be deleted.`);
    if (!input.confirmed) {
      const yes = {
        label: `Delete ${query.id}`,
        command: 'query delete',
        args: { query: query.id, confirmed: 'yes' },
        opens: 'nothing' as const,
      };
      const card = confirmCard(
        `Delete ${query.id} “${query.name}”?`,
        'Its earlier runs and bookmarks stay, and it can be restored.',
        yes,
      );
      return { kind: 'card', card, to: 'asker' };
    }
    await saveQuery(ctx, query.id, {
      by: ctx.person,
      action: 'deleted',
      apply: (current) => ({ ...current, deletedAt: ctx.clock.now() }),
    });
    if (query.hunt) {
      await recordChange(ctx, { hunt: query.hunt, subject: query.id, what: 'took the query out', before: query.name });
      await refreshHunt(ctx, query.hunt);
    }
    const undo = { label: 'Undo', command: 'query restore', args: { query: query.id }, opens: 'nothing' as const };
    const text = query.hunt
      ? `${query.id} “${query.name}” was taken out of ${query.hunt} by ${ctx.person.name}.`
      : `${query.id} “${query.name}” was deleted by ${ctx.person.name}.`;
    return { kind: 'card', card: noticeCard(text, [undo], 'neutral'), to: 'everyone' };
  },
});
