import { defineCommand } from '../../commands/define-command';
import { field } from '../../commands/field';
import { findQueryHere } from '../../hunting/find-query';
import { queryHistoryCard } from '../../views/query-history-card';

const perPage = 5;

export const queryHistory = defineCommand({
  name: 'query history',
  summary: 'Shows who changed a query, when and what',
  permission: 'read',
  example: 'query history Q-30',
  input: {
    query: field.key('query'),
    page: field.defaulting(field.whole({ label: 'Page', typedOnly: true, least: 1, most: 100_000 }), '1'),
  },
  positional: ['query'],
  async run(ctx, input) {
    const query = await findQueryHere(ctx, input.query);
    const where = { query: { is: query.id } };
    const total = await ctx.stores.queryRevisions.count({ where });
    const pages = Math.max(1, Math.ceil(total / perPage));
    const page = Math.min(input.page, pages);
    const skip = (page - 1) * perPage;
    // One more above: what the query was after the first of this page.
    const found = await ctx.stores.queryRevisions.find({
      where,
      sort: [{ field: 'number', direction: 'down' }],
      skip: Math.max(0, skip - 1),
      limit: perPage + 1,
    });
    const shown = found.slice(skip === 0 ? 0 : 1, (skip === 0 ? 0 : 1) + perPage);
    const changes = shown.map((revision) => ({ revision, after: found[found.indexOf(revision) - 1] ?? query }));
    return { kind: 'card', card: queryHistoryCard({ query, changes, total, page, pages }), to: 'asker' };
  },
});
