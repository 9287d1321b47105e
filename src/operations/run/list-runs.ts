import { defineCommand } from '../../commands/define-command';
import { field } from '../../commands/field';
import { listPage } from '../../hunting/list-page';
import { sweepCounts } from '../../hunting/sweep-counts';
import { runListCard } from '../../views/run-list-card';
import { sweepLines } from '../../views/sweep-card';

const perPage = 10;
const newest: [{ field: 'number'; direction: 'down' }] = [{ field: 'number', direction: 'down' }];

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
      { where, sort: newest },
      { page: input.page, perPage },
    );
    const card = runListCard(items, total, hunt?.id, page);
    const [sweep] = hunt || page.page > 1 ? [] : await ctx.stores.sweeps.find({ sort: newest, limit: 1 });
    if (sweep) card.blocks.push(...sweepLines(sweep, await sweepCounts(ctx.stores, sweep)));
    return { kind: 'card', card, to: 'asker' };
  },
});
