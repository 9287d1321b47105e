import { defineCommand } from '../../commands/define-command';
import { field } from '../../commands/field';
import { checkQuery, queryFault } from '../../hunting/check-query';
import { findQueryHere } from '../../hunting/find-query';
import { queryCard } from '../../views/query-card';

export const showQuery = defineCommand({
  name: 'query show',
  summary: 'Shows a query with its KQL',
  formTitle: 'Show a query',
  submit: 'Show',
  permission: 'read',
  example: 'query show Q-1',
  input: { query: field.key('query') },
  positional: ['query'],
  async run(ctx, input) {
    const query = await findQueryHere(ctx, input.query);
    const fault = await checkQuery(ctx, query.text);
    const card = queryCard(query);
    if (fault) card.blocks.push({ type: 'note', text: `It cannot run here now: ${queryFault(fault)}` });
    return { kind: 'card', card, to: 'asker' };
  },
});
