import { defineCommand } from '../../commands/define-command';
import { field } from '../../commands/field';
import { listPage } from '../../hunting/list-page';
import { approvalListCard } from '../../views/approval-card';

const perPage = 10;

export const listApprovals = defineCommand({
  name: 'approvals',
  summary: 'Lists what waits for a second person’s word',
  permission: 'read',
  example: 'approvals',
  input: {
    all: field.flag({ label: 'Decided ones too' }),
    page: field.defaulting(field.whole({ label: 'Page', typedOnly: true, least: 1, most: 100_000 }), '1'),
  },
  async run(ctx, input) {
    const where = input.all ? {} : { state: { is: 'waiting' }, expiresAt: { least: ctx.clock.now() } };
    const { items, ...page } = await listPage(
      ctx.stores.approvals,
      { where, sort: [{ field: 'number', direction: 'down' }] },
      { page: input.page, perPage },
    );
    return { kind: 'card', card: approvalListCard({ approvals: items, ...page, all: input.all }), to: 'asker' };
  },
});
