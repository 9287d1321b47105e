import { defineCommand } from '../../commands/define-command';
import { field } from '../../commands/field';
import type { AnalyticsRule } from '../../domain/analytics-rule';
import { listPage } from '../../hunting/list-page';
import type { Find } from '../../ports/stores';
import { ruleListCard } from '../../views/rule-card';

const perPage = 10;

export const listRules = defineCommand({
  name: 'rules',
  summary: 'Lists analytics rules, of a hunt or all',
  permission: 'read',
  example: 'rules --state enabled',
  input: {
    hunt: field.optional(field.key('hunt', { label: 'Hunt' })),
    search: field.optional(field.text({ label: 'Words', max: 200, rest: true, sample: 'WORDS' })),
    state: field.optional(field.choice({ label: 'State', options: ['draft', 'enabled', 'disabled'] })),
    page: field.defaulting(field.whole({ label: 'Page', typedOnly: true, least: 1, most: 100_000 }), '1'),
  },
  positional: ['hunt', 'search'],
  async run(ctx, input) {
    const where: NonNullable<Find<AnalyticsRule>['where']> = { deletedAt: { missing: true } };
    const args: Record<string, string> = {};
    if (input.hunt) {
      args.hunt = (await ctx.hunt(input.hunt)).id;
      where.hunts = { is: args.hunt };
    }
    if (input.state) {
      args.state = input.state;
      where.state = { is: input.state };
    }
    if (input.search) args.search = input.search;
    const search = input.search
      ? { fields: ['name', 'description', 'id'] as ('name' | 'description' | 'id')[], words: input.search }
      : undefined;
    const { items, ...page } = await listPage(
      ctx.stores.rules,
      { where, ...(search ? { search } : {}), sort: [{ field: 'number', direction: 'down' }] },
      { page: input.page, perPage },
    );
    const card = ruleListCard({ rules: items, ...page, args, filtered: Object.keys(args).length > 0 });
    return { kind: 'card', card, to: 'asker' };
  },
});
