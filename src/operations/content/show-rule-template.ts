import { defineCommand } from '../../commands/define-command';
import { field } from '../../commands/field';
import { findRuleTemplate } from '../../hunting/find-rule-template';
import { ruleTemplateCard } from '../../views/rule-template-card';

export const showRuleTemplate = defineCommand({
  name: 'content rule',
  summary: 'Shows a rule template of a solution with its query',
  formTitle: 'Show a rule template',
  submit: 'Show',
  permission: 'read',
  example: 'content rule "Full access to a valuable mailbox given"',
  input: { rule: field.text({ label: 'Rule template', max: 300, rest: true, sample: 'NAME' }) },
  positional: ['rule'],
  async run(ctx, input) {
    const { rule, solution } = await findRuleTemplate(ctx, input.rule);
    const hunt = await ctx.threadHunt();
    return { kind: 'card', card: ruleTemplateCard(rule, solution, hunt?.id), to: 'asker' };
  },
});
