import { defineCommand } from '../../commands/define-command';
import { field } from '../../commands/field';
import { huntFields } from '../../commands/hunt-fields';
import type { Hunt } from '../../domain/hunt';
import { UserError } from '../../errors';
import { change } from '../../hunting/change';
import { huntReply } from '../../hunting/hunt-numbers';
import { recordFields } from '../../hunting/record-fields';
import { refreshHunt } from '../../hunting/refresh-hunt';

export const editHunt = defineCommand({
  name: 'edit',
  summary: 'Changes a hunt’s name, description and ATT&CK',
  formTitle: 'Edit the hunt',
  permission: 'hunt',
  formFirst: true,
  example: 'edit H-1 --techniques T1110,T1078',
  input: {
    hunt: field.hunt(),
    name: field.optional(field.text({ label: 'Name', max: 200 })),
    description: field.optional(field.text({ label: 'Hypothesis in words', max: 5000, lines: true, sample: 'TEXT' })),
    tactics: field.optional(huntFields.tactics()),
    techniques: field.optional(huntFields.techniques()),
    labels: field.optional(huntFields.labels()),
  },
  positional: ['hunt'],
  async fill(ctx, args) {
    const key = typeof args.hunt === 'string' ? args.hunt : undefined;
    const hunt = key ? await ctx.hunt(key.toUpperCase()) : await ctx.threadHunt();
    if (!hunt) return {};
    return {
      name: hunt.name,
      description: hunt.description,
      tactics: hunt.tactics.join(', '),
      techniques: hunt.techniques.join(', '),
      labels: hunt.labels.join(', '),
    };
  },
  async run(ctx, input) {
    await ctx.hunt(input.hunt);
    const fromForm = ctx.kind === 'form';
    let before: Hunt | undefined;
    const hunt = await change(ctx.stores.hunts, input.hunt, (current) => {
      before = current;
      return {
        ...current,
        name: input.name ?? current.name,
        description: input.description ?? (fromForm ? '' : current.description),
        tactics: input.tactics ?? (fromForm ? [] : current.tactics),
        techniques: input.techniques ?? (fromForm ? [] : current.techniques),
        labels: input.labels ?? (fromForm ? [] : current.labels),
        updatedAt: ctx.clock.now(),
      };
    });
    if (!hunt) throw new UserError('not-found', `There is no hunt ${input.hunt}.`);
    if (before)
      await recordFields(ctx, { hunt: hunt.id }, before, hunt, {
        name: 'name',
        description: 'hypothesis in words',
        tactics: 'tactics',
        techniques: 'techniques',
        labels: 'labels',
      });
    await refreshHunt(ctx, hunt.id);
    return huntReply(ctx, hunt);
  },
});
