import { defineCommand } from '../../commands/define-command';
import { field } from '../../commands/field';
import { findQueryHere } from '../../hunting/find-query';
import { queryFacts } from '../../hunting/query-facts';
import { queryCard } from '../../views/query-card';

export const showQuery = defineCommand({
  name: 'query show',
  summary: 'Shows a query with its KQL, its last run and its hunts',
  formTitle: 'Show a query',
  submit: 'Show',
  permission: 'read',
  example: 'query show Q-1',
  input: { query: field.key('query') },
  positional: ['query'],
  async run(ctx, input) {
    const query = await findQueryHere(ctx, input.query);
    return { kind: 'card', card: queryCard(query, await queryFacts(ctx, query)), to: 'asker' };
  },
});
