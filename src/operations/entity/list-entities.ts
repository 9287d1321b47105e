import { defineCommand } from '../../commands/define-command';
import { field } from '../../commands/field';
import { type Entity, entityTypes } from '../../domain/entity';
import { refang } from '../../domain/refang';
import { listPage } from '../../hunting/list-page';
import type { Find } from '../../ports/stores';
import { entityListCard } from '../../views/entity-card';

const perPage = 20;

export const listEntities = defineCommand({
  name: 'entities',
  summary: 'Lists the accounts, hosts, addresses … that bookmarks name, of a hunt or of all',
  permission: 'read',
  example: 'entities --type host',
  input: {
    hunt: field.optional(field.hunt()),
    search: field.optional(field.text({ label: 'Words', max: 200, rest: true, sample: 'WORDS' })),
    type: field.optional(field.choice({ label: 'Type', options: entityTypes })),
    all: field.flag({ label: 'Of all hunts' }),
    page: field.defaulting(field.whole({ label: 'Page', typedOnly: true, least: 1, most: 100_000 }), '1'),
  },
  positional: ['hunt', 'search'],
  async run(ctx, input) {
    const hunt = input.hunt && !input.all ? (await ctx.hunt(input.hunt)).id : undefined;
    const where: NonNullable<Find<Entity>['where']> = { mergedInto: { missing: true } };
    if (hunt) where.hunts = { is: hunt };
    const args: Record<string, string> = hunt ? { hunt } : { all: 'yes' };
    if (input.search) {
      args.search = input.search;
      where.name = { contains: refang(input.search) };
    }
    const { type: types } = await ctx.stores.entities.tally(['type'], { where });
    if (input.type) {
      args.type = input.type;
      where.type = { is: input.type };
    }
    const { items, ...page } = await listPage(
      ctx.stores.entities,
      {
        where,
        sort: [
          { field: 'type', direction: 'up' },
          { field: 'number', direction: 'up' },
        ],
      },
      { page: input.page, perPage },
    );
    return { kind: 'card', card: entityListCard({ hunt, entities: items, types, ...page, args }), to: 'asker' };
  },
});
