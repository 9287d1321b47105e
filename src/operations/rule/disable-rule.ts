import { defineCommand } from '../../commands/define-command';
import { field } from '../../commands/field';
import { disableRule as disable } from '../../hunting/enable-rule';
import { findRule } from '../../hunting/find-rule';
import { noticeCard } from '../../views/notice-card';

export const disableRule = defineCommand({
  name: 'rule disable',
  summary: 'Stops an analytics rule from running',
  formTitle: 'Disable a rule',
  submit: 'Disable',
  permission: 'hunt',
  example: 'rule disable A-1',
  input: { rule: field.key('rule') },
  positional: ['rule'],
  async run(ctx, input) {
    const before = await findRule(ctx, input.rule);
    const rule = await disable(ctx, before.id, ctx.person);
    const enable = { label: 'Enable again', command: 'rule enable', args: { rule: before.id }, opens: 'form' as const };
    const text =
      before.state === 'enabled' && rule
        ? `${rule.id} “${rule.name}” was switched off by ${ctx.person.name}. What it raised stays.`
        : `${before.id} does not run: it is ${before.state === 'draft' ? 'a draft' : before.state}.`;
    return {
      kind: 'card',
      card: noticeCard(text, [enable], 'neutral'),
      to: before.state === 'enabled' ? 'everyone' : 'asker',
    };
  },
});
