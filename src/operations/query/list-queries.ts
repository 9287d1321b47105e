import { defineCommand } from '../../commands/define-command';
import { field } from '../../commands/field';
import { huntFields } from '../../commands/hunt-fields';
import type { HuntQuery } from '../../domain/query';
import { listPage } from '../../hunting/list-page';
import type { Find } from '../../ports/stores';
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
    search: field.optional(field.text({ label: 'Words', max: 200, rest: true, sample: 'WORDS' })),
    tactic: field.optional(huntFields.tactics()),
    technique: field.optional(huntFields.techniques()),
    table: field.optional(
      field.text({ label: 'Table', summary: 'Queries that look at this table', max: 100, sample: 'TABLE' }),
    ),
    page: field.defaulting(field.whole({ label: 'Page', typedOnly: true, least: 1, most: 100_000 }), '1'),
  },
  positional: ['hunt', 'search'],
  async run(ctx, input) {
    const hunt = input.hunt ? await ctx.hunt(input.hunt) : undefined;
    const where: NonNullable<Find<HuntQuery>['where']> = { hunt: { missing: true }, deletedAt: { missing: true } };
    if (input.tactic) where.tactics = { oneOf: input.tactic };
    if (input.technique) where.techniques = { oneOf: input.technique };
    if (input.table) where.dataTypes = { is: input.table };
    const search = input.search
      ? { fields: ['name' as const, 'description' as const, 'text' as const, 'id' as const], words: input.search }
      : undefined;
    const { items, ...page } = await listPage(
      ctx.stores.queries,
      { where, ...(search ? { search } : {}), sort: [{ field: 'number', direction: 'up' }] },
      { page: input.page, perPage },
    );
    const own = hunt
      ? await ctx.stores.queries.find({
          where: { hunt: { is: hunt.id }, deletedAt: { missing: true } },
          sort: [{ field: 'number', direction: 'up' }],
          limit: 200,
        })
      : [];
    const args: Record<string, string | string[]> = {};
    if (hunt) args.hunt = hunt.id;
    if (input.search) args.search = input.search;
    if (input.tactic) args.tactic = input.tactic;
    if (input.technique) args.technique = input.technique;
    if (input.table) args.table = input.table;
    const filtered = Object.keys(args).some((name) => name !== 'hunt');
    const card = queryListCard({ queries: items, ...page, args, filtered, own, ...(hunt ? { hunt: hunt.id } : {}) });
    return { kind: 'card', card, to: 'asker' };
  },
});
