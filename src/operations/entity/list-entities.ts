import { defineCommand } from '../../commands/define-command';
import { field } from '../../commands/field';
import { type Entity, entityTypes } from '../../domain/entity';
import { listPage } from '../../hunting/list-page';
import type { Find } from '../../ports/stores';
import { entityListCard } from '../../views/evidence-list-card';

const perPage = 20;

export const listEntities = defineCommand({
  name: 'entities',
  summary: 'Lists the accounts, hosts, addresses … that the hunt’s bookmarks name',
  permission: 'read',
  example: 'entities --type host',
  input: {
    hunt: field.hunt(),
    type: field.optional(field.choice({ label: 'Type', options: entityTypes })),
    search: field.optional(field.text({ label: 'Words', max: 200, sample: 'WORDS' })),
    page: field.defaulting(field.whole({ label: 'Page', typedOnly: true, least: 1, most: 100_000 }), '1'),
  },
  positional: ['hunt'],
  async run(ctx, input) {
    const hunt = await ctx.hunt(input.hunt);
    const where: NonNullable<Find<Entity>['where']> = { hunts: { is: hunt.id }, mergedInto: { missing: true } };
    if (input.type) where.type = { is: input.type };
    if (input.search) where.name = { contains: input.search };
    const { items, total, ...page } = await listPage(
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
    const args: Record<string, string> = { hunt: hunt.id };
    if (input.type) args.type = input.type;
    if (input.search) args.search = input.search;
    return { kind: 'card', card: entityListCard(hunt.id, items, total, args, page), to: 'asker' };
  },
});
