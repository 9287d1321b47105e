import { defineCommand } from '../../commands/define-command';
import { field } from '../../commands/field';
import { playbookTarget } from '../../hunting/playbook-target';
import { playbookListCard } from '../../views/playbook-card';

export const listPlaybooks = defineCommand({
  name: 'playbooks',
  summary: 'Lists the playbooks, or those that work on an incident or an entity',
  permission: 'read',
  example: 'playbooks I-1',
  input: { target: field.optional(field.keyOf(['incident', 'entity'], { label: 'Target', summary: 'I-1 or E-1' })) },
  positional: ['target'],
  async run(ctx, input) {
    const all = ctx.playbooks?.list() ?? [];
    const key = input.target ?? (await ctx.threadIncident())?.id;
    if (!key) return { kind: 'card', card: playbookListCard(all), to: 'asker' };
    const target = await playbookTarget(ctx, key);
    const fitting = all.filter((one) => one.for.some((type) => type.toLowerCase() === target.type.toLowerCase()));
    return { kind: 'card', card: playbookListCard(fitting, target), to: 'asker' };
  },
});
