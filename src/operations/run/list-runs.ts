import { defineCommand } from '../../commands/define-command';
import { field } from '../../commands/field';
import { listPage } from '../../hunting/list-page';
import { runListCard } from '../../views/run-list-card';

const perPage = 10;

export const listRuns = defineCommand({
  name: 'runs',
  summary: 'Lists what was run, newest first',
  permission: 'read',
  example: 'runs H-1',
  input: {
    hunt: field.optional(field.hunt()),
    page: field.defaulting(field.whole({ label: 'Page', typedOnly: true, least: 1, most: 100_000 }), '1'),
  },
  positional: ['hunt'],
  async run(ctx, input) {
    const hunt = input.hunt ? await ctx.hunt(input.hunt) : undefined;
    const where = hunt ? { hunt: { is: hunt.id } } : {};
    const { items, total, ...page } = await listPage(
      ctx.stores.runs,
      { where, sort: [{ field: 'number', direction: 'down' }] },
      { page: input.page, perPage },
    );
    return { kind: 'card', card: runListCard(items, total, hunt?.id, page), to: 'asker' };
  },
});
