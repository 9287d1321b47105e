import { defineCommand } from '../../commands/define-command';
import { field } from '../../commands/field';
import { listPage } from '../../hunting/list-page';
import { playbookRunListCard } from '../../views/playbook-card';

const perPage = 15;

export const listPlaybookRuns = defineCommand({
  name: 'playbook runs',
  summary: 'Lists what playbooks did, on an incident or entity or on all',
  formTitle: 'Runs of playbooks',
  submit: 'Show',
  permission: 'read',
  example: 'playbook runs I-1',
  input: {
    target: field.optional(field.keyOf(['incident', 'entity'], { label: 'Target', summary: 'I-1 or E-1' })),
    page: field.defaulting(field.whole({ label: 'Page', typedOnly: true, least: 1, most: 100_000 }), '1'),
  },
  positional: ['target'],
  async run(ctx, input) {
    const where = input.target ? { target: { is: input.target } } : {};
    const { items, ...page } = await listPage(
      ctx.stores.playbookRuns,
      { where, sort: [{ field: 'number', direction: 'down' }] },
      { page: input.page, perPage },
    );
    return { kind: 'card', card: playbookRunListCard(items, input.target, page), to: 'asker' };
  },
});
