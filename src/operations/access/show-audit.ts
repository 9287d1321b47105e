import { defineCommand } from '../../commands/define-command';
import { field } from '../../commands/field';
import { listPage } from '../../hunting/list-page';
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
    page: field.defaulting(field.whole({ label: 'Page', typedOnly: true, least: 1, most: 100_000 }), '1'),
  },
  async run(ctx, input) {
    const least = new Date(ctx.clock.now().getTime() - input.since);
    const where = { at: { least }, ...(input.outcome ? { outcome: { is: input.outcome } } : {}) };
    const { items, total, ...page } = await listPage(
      ctx.stores.audit,
      { where, sort: [{ field: 'at', direction: 'down' }] },
      { page: input.page, perPage },
    );
    const days = `${Math.max(1, Math.round(input.since / 86_400_000))}d`;
    const args = { since: days, ...(input.outcome ? { outcome: input.outcome } : {}) };
    return { kind: 'card', card: auditCard(items, total, args, page), to: 'asker' };
  },
});
