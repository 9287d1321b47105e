import { defineCommand } from '../../commands/define-command';
import { field } from '../../commands/field';
import { commentListCard } from '../../views/comment-list-card';

const perPage = 10;

export const listComments = defineCommand({
  name: 'comments',
  summary: 'Shows the hunt’s comments, from every platform',
  permission: 'read',
  example: 'comments H-1',
  input: { hunt: field.hunt(), page: field.optional(field.whole({ label: 'Page', least: 1, most: 100_000 })) },
  positional: ['hunt'],
  async run(ctx, input) {
    const hunt = await ctx.hunt(input.hunt);
    const where = { hunt: { is: hunt.id }, withdrawnAt: { missing: true as const } };
    const total = await ctx.stores.comments.count({ where });
    const pages = Math.max(1, Math.ceil(total / perPage));
    const page = Math.min(input.page ?? pages, pages);
    const comments = await ctx.stores.comments.find({
      where,
      sort: [{ field: 'number', direction: 'up' }],
      skip: (page - 1) * perPage,
      limit: perPage,
    });
    return { kind: 'card', card: commentListCard(hunt.id, comments, total, { page, pages }), to: 'asker' };
  },
});
