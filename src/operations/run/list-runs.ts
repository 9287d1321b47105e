import { defineCommand } from '../../commands/define-command';
import { field } from '../../commands/field';
import { runListCard } from '../../views/run-list-card';

const perPage = 10;

export const listRuns = defineCommand({
  name: 'runs',
  summary: 'Lists what was run, newest first',
  permission: 'read',
  example: 'runs H-1',
  input: {
    hunt: field.optional(field.hunt()),
    page: field.defaulting(field.whole({ label: 'Page', least: 1, most: 100_000 }), '1'),
  },
  positional: ['hunt'],
  async run(ctx, input) {
    const hunt = input.hunt ? await ctx.hunt(input.hunt) : undefined;
    const where = hunt ? { hunt: { is: hunt.id } } : {};
    const total = await ctx.stores.runs.count({ where });
    const pages = Math.max(1, Math.ceil(total / perPage));
    const page = Math.min(input.page, pages);
    const runs = await ctx.stores.runs.find({
      where,
      sort: [{ field: 'number', direction: 'down' }],
      skip: (page - 1) * perPage,
      limit: perPage,
    });
    return { kind: 'card', card: runListCard(runs, total, hunt?.id, { page, pages }), to: 'asker' };
  },
});
