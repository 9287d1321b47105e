import { defineCommand } from '../../commands/define-command';
import { field } from '../../commands/field';
import { UserError } from '../../errors';
import { change } from '../../hunting/change';
import { queryCard } from '../../views/query-card';

export const restoreQuery = defineCommand({
  name: 'query restore',
  summary: 'Brings a deleted query back',
  formTitle: 'Restore a query',
  submit: 'Restore',
  permission: 'hunt',
  example: 'query restore Q-30',
  input: { query: field.key('query') },
  positional: ['query'],
  async run(ctx, input) {
    const query = await change(ctx.stores.queries, input.query, (current) => {
      const { deletedAt: _deleted, ...alive } = current;
      return { ...alive, updatedAt: ctx.clock.now() };
    });
    if (!query) throw new UserError('not-found', `There never was a query ${input.query}.`);
    return { kind: 'card', card: queryCard(query), to: 'everyone' };
  },
});
