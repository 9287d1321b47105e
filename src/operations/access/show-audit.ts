import { defineCommand } from '../../commands/define-command';
import { field } from '../../commands/field';
import { auditCard } from '../../views/access-cards';

const perPage = 20;

export const showAudit = defineCommand({
  name: 'audit',
  summary: 'Shows who did what, newest first',
  permission: 'administer',
  example: 'audit --since 7d',
  input: {
    since: field.defaulting(field.span({ label: 'Since', summary: 'How far back: 12h, 7d, 2w' }), '7d'),
    outcome: field.optional(field.choice({ label: 'Outcome', options: ['done', 'refused', 'failed'] })),
    page: field.defaulting(field.whole({ label: 'Page', least: 1, most: 100_000 }), '1'),
  },
  async run(ctx, input) {
    const least = new Date(ctx.clock.now().getTime() - input.since);
    const where = { at: { least }, ...(input.outcome ? { outcome: { is: input.outcome } } : {}) };
    const total = await ctx.stores.audit.count({ where });
    const pages = Math.max(1, Math.ceil(total / perPage));
    const page = Math.min(input.page, pages);
    const lines = await ctx.stores.audit.find({
      where,
      sort: [{ field: 'at', direction: 'down' }],
      skip: (page - 1) * perPage,
      limit: perPage,
    });
    const days = `${Math.max(1, Math.round(input.since / 86_400_000))}d`;
    const args = { since: days, ...(input.outcome ? { outcome: input.outcome } : {}) };
    return { kind: 'card', card: auditCard(lines, total, args, { page, pages }), to: 'asker' };
  },
});
