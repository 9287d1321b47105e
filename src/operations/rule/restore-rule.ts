import { defineCommand } from '../../commands/define-command';
import { field } from '../../commands/field';
import { UserError } from '../../errors';
import { change } from '../../hunting/change';
import { recordChange } from '../../hunting/record-change';
import { ruleCard } from '../../views/rule-card';

export const restoreRule = defineCommand({
  name: 'rule restore',
  summary: 'Brings a deleted analytics rule back, switched off',
  formTitle: 'Restore a rule',
  submit: 'Restore',
  permission: 'hunt',
  example: 'rule restore A-1',
  input: { rule: field.key('rule') },
  positional: ['rule'],
  async run(ctx, input) {
    let did = false;
    const rule = await change(ctx.stores.rules, input.rule, (current) => {
      did = current.deletedAt !== undefined;
      const { deletedAt: _deleted, ...alive } = current;
      return did ? { ...alive, updatedAt: ctx.clock.now() } : null;
    });
    if (!rule) throw new UserError('not-found', `There never was a rule ${input.rule}.`);
    if (did)
      for (const hunt of rule.hunts)
        await recordChange(ctx, { hunt, subject: rule.id, what: 'restored the rule', after: rule.name });
    return { kind: 'card', card: ruleCard(rule), to: 'everyone' };
  },
});
