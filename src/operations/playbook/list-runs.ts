import { defineCommand } from '../../commands/define-command';
import { field } from '../../commands/field';
import { playbookRunListCard } from '../../views/playbook-card';

export const listPlaybookRuns = defineCommand({
  name: 'playbook runs',
  summary: 'Lists what playbooks did, on an incident or entity or on all',
  formTitle: 'Runs of playbooks',
  submit: 'Show',
  permission: 'read',
  example: 'playbook runs I-1',
  input: { target: field.optional(field.keyOf(['incident', 'entity'], { label: 'Target', summary: 'I-1 or E-1' })) },
  positional: ['target'],
  async run(ctx, input) {
    const where = input.target ? { target: { is: input.target } } : {};
    const runs = await ctx.stores.playbookRuns.find({
      where,
      sort: [{ field: 'number', direction: 'down' }],
      limit: 20,
    });
    return { kind: 'card', card: playbookRunListCard(runs, input.target), to: 'asker' };
  },
});
