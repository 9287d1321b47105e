import { defineCommand } from '../../commands/define-command';
import { field } from '../../commands/field';
import { listPage } from '../../hunting/list-page';
import { mentionedThings } from '../../hunting/mentioned-things';
import { commentListCard } from '../../views/comment-list-card';

const perPage = 10;
/** Buttons for what the comments of a page mention. */
const mostThings = 10;

export const listComments = defineCommand({
  name: 'comments',
  summary: 'Shows the hunt’s comments, from every platform',
  permission: 'read',
  example: 'comments H-1',
  input: {
    hunt: field.hunt(),
    page: field.optional(field.whole({ label: 'Page', typedOnly: true, least: 1, most: 100_000 })),
  },
  positional: ['hunt'],
  async run(ctx, input) {
    const hunt = await ctx.hunt(input.hunt);
    const where = { hunt: { is: hunt.id }, withdrawnAt: { missing: true as const } };
    const { items, total, ...page } = await listPage(
      ctx.stores.comments,
      { where, sort: [{ field: 'number', direction: 'up' }] },
      { page: input.page, perPage },
    );
    const things = await mentionedThings(
      ctx,
      items.map((one) => one.text),
      mostThings,
    );
    return { kind: 'card', card: commentListCard(hunt.id, items, total, page, things), to: 'asker' };
  },
});
