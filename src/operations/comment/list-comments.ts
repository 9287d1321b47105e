import { defineCommand } from '../../commands/define-command';
import { field } from '../../commands/field';
import type { Comment } from '../../domain/comment';
import { listPage } from '../../hunting/list-page';
import { mentionedThings } from '../../hunting/mentioned-things';
import type { Find } from '../../ports/stores';
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
    search: field.optional(field.text({ label: 'Words', max: 200, rest: true, sample: 'WORDS' })),
    newest: field.flag({ label: 'Newest first' }),
    page: field.optional(field.whole({ label: 'Page', typedOnly: true, least: 1, most: 100_000 })),
  },
  positional: ['hunt', 'search'],
  async run(ctx, input) {
    const hunt = await ctx.hunt(input.hunt);
    const where: NonNullable<Find<Comment>['where']> = { hunt: { is: hunt.id }, withdrawnAt: { missing: true } };
    if (input.search) where.text = { contains: input.search };
    const { items, total, ...page } = await listPage(
      ctx.stores.comments,
      { where, sort: [{ field: 'number', direction: input.newest ? 'down' : 'up' }] },
      { page: input.newest ? (input.page ?? 1) : input.page, perPage },
    );
    const things = await mentionedThings(
      ctx,
      items.map((one) => one.text),
      mostThings,
    );
    const args: Record<string, string> = { hunt: hunt.id };
    if (input.search) args.search = input.search;
    if (input.newest) args.newest = 'yes';
    const card = commentListCard(hunt.id, items, total, page, { things, args, link: (id) => ctx.links.file(id) });
    return { kind: 'card', card, to: 'asker' };
  },
});
