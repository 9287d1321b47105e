import { defineCommand } from '../../commands/define-command';
import { field } from '../../commands/field';
import { findRule } from '../../hunting/find-rule';
import { ruleCard } from '../../views/rule-card';

export const showRule = defineCommand({
  name: 'rule show',
  summary: 'Shows an analytics rule and its last windows',
  formTitle: 'Show a rule',
  submit: 'Show',
  permission: 'read',
  example: 'rule show A-1',
  input: { rule: field.key('rule') },
  positional: ['rule'],
  async run(ctx, input) {
    const rule = await findRule(ctx, input.rule);
    const windows = await ctx.stores.ruleWindows.find({
      where: { rule: { is: rule.id }, state: { oneOf: ['done', 'failed', 'skipped'] } },
      sort: [{ field: 'to', direction: 'down' }],
      limit: 10,
    });
    return { kind: 'card', card: ruleCard(rule, { windows }), to: 'asker' };
  },
});
