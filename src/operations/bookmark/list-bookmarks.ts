import { defineCommand } from '../../commands/define-command';
import { field } from '../../commands/field';
import { listPage } from '../../hunting/list-page';
import { bookmarkListCard } from '../../views/evidence-list-card';

const perPage = 10;

export const listBookmarks = defineCommand({
  name: 'bookmarks',
  summary: 'Lists the hunt’s bookmarks',
  permission: 'read',
  example: 'bookmarks H-1',
  input: {
    hunt: field.hunt(),
    page: field.defaulting(field.whole({ label: 'Page', typedOnly: true, least: 1, most: 100_000 }), '1'),
  },
  positional: ['hunt'],
  async run(ctx, input) {
    const hunt = await ctx.hunt(input.hunt);
    const where = { hunt: { is: hunt.id }, deletedAt: { missing: true as const } };
    const { items, total, ...page } = await listPage(
      ctx.stores.bookmarks,
      { where, sort: [{ field: 'number', direction: 'up' }] },
      { page: input.page, perPage },
    );
    return { kind: 'card', card: bookmarkListCard(hunt.id, items, total, page), to: 'asker' };
  },
});
