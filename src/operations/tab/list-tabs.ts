import { defineCommand } from '../../commands/define-command';
import { field } from '../../commands/field';
import { listPage } from '../../hunting/list-page';
import { tabListCard } from '../../views/tab-list-card';

const perPage = 10;

export const listTabs = defineCommand({
  name: 'tabs',
  summary: 'Lists the queries that were typed in the hunt’s threads',
  permission: 'read',
  example: 'tabs H-1',
  input: {
    hunt: field.hunt(),
    search: field.optional(field.text({ label: 'Words', max: 200, rest: true, sample: 'WORDS' })),
    page: field.defaulting(field.whole({ label: 'Page', typedOnly: true, least: 1, most: 100_000 }), '1'),
  },
  positional: ['hunt', 'search'],
  async run(ctx, input) {
    const hunt = await ctx.hunt(input.hunt);
    const search = input.search
      ? { fields: ['name' as const, 'text' as const, 'id' as const], words: input.search }
      : undefined;
    const { items, total, ...page } = await listPage(
      ctx.stores.tabs,
      {
        where: { hunt: { is: hunt.id }, deletedAt: { missing: true } },
        ...(search ? { search } : {}),
        sort: [
          { field: 'lastRunAt', direction: 'down' },
          { field: 'number', direction: 'down' },
        ],
      },
      { page: input.page, perPage },
    );
    const runs = await ctx.stores.runs.find({
      where: { id: { oneOf: items.flatMap((tab) => tab.run ?? []) } },
      limit: perPage,
    });
    const tabs = items.map((tab) => ({ tab, run: runs.find((run) => run.id === tab.run) }));
    const card = tabListCard({ hunt: hunt.id, tabs, total, ...page, search: input.search });
    return { kind: 'card', card, to: 'asker' };
  },
});
