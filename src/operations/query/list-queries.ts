import { defineCommand } from '../../commands/define-command';
import { field } from '../../commands/field';
import { queryFilterFields, querySort } from '../../commands/query-filter-fields';
import { listPage } from '../../hunting/list-page';
import { filterArgs, queryFind, querySorts } from '../../hunting/query-filter';
import { queryListCard } from '../../views/query-list-card';

const perPage = 20;

export const listQueries = defineCommand({
  name: 'queries',
  summary: 'Lists the query library, and adds from it to the hunt',
  permission: 'read',
  prominent: true,
  example: 'queries --tactic CredentialAccess',
  input: {
    hunt: field.optional(field.hunt()),
    ...queryFilterFields,
    sort: querySort(),
    page: field.defaulting(field.whole({ label: 'Page', typedOnly: true, least: 1, most: 100_000 }), '1'),
  },
  positional: ['hunt', 'search'],
  async run(ctx, input) {
    const hunt = input.hunt ? await ctx.hunt(input.hunt) : undefined;
    const find = queryFind(input, ctx.person);
    const { items, ...page } = await listPage(
      ctx.stores.queries,
      { ...find, sort: querySorts[input.sort] },
      { page: input.page, perPage },
    );
    const own = hunt
      ? await ctx.stores.queries.find({
          where: { hunt: { is: hunt.id }, deletedAt: { missing: true } },
          sort: [{ field: 'number', direction: 'up' }],
          limit: 200,
        })
      : [];
    const filters = filterArgs(input);
    const filtered = Object.keys(filters).length > 0;
    const args = {
      ...(hunt ? { hunt: hunt.id } : {}),
      ...filters,
      ...(input.sort === 'key' ? {} : { sort: input.sort }),
    };
    const card = queryListCard({ queries: items, ...page, args, filtered, own, ...(hunt ? { hunt: hunt.id } : {}) });
    return { kind: 'card', card, to: 'asker' };
  },
});
