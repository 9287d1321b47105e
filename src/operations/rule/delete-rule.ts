import { defineCommand } from '../../commands/define-command';
import { field } from '../../commands/field';
import { change } from '../../hunting/change';
import { findRule } from '../../hunting/find-rule';
import { recordChange } from '../../hunting/record-change';
import { confirmCard, noticeCard } from '../../views/notice-card';

export const deleteRule = defineCommand({
  name: 'rule delete',
  summary: 'Deletes an analytics rule, after asking',
  formTitle: 'Delete a rule',
  submit: 'Delete',
  permission: 'hunt',
  example: 'rule delete A-1',
  input: { rule: field.key('rule'), confirmed: field.flag({ label: 'Confirmed', hidden: true }) },
  positional: ['rule'],
  async run(ctx, input) {
    const rule = await findRule(ctx, input.rule);
    const args = { rule: rule.id };
    if (!input.confirmed) {
      const yes = {
        label: `Delete ${rule.id}`,
        command: 'rule delete',
        args: { ...args, confirmed: 'yes' },
        opens: 'nothing' as const,
      };
      const runs = rule.state === 'enabled' ? 'It stops running. ' : '';
      const card = confirmCard(
        `Delete ${rule.id} “${rule.name}”?`,
        `${runs}Its incidents stay. It can be restored, switched off.`,
        yes,
      );
      return { kind: 'card', card, to: 'asker' };
    }
    const now = ctx.clock.now();
    await change(ctx.stores.rules, rule.id, (current) => {
      const { nextWindow: _next, approval: _approval, ...rest } = current;
      const state = current.state === 'enabled' ? ('disabled' as const) : current.state;
      return current.deletedAt ? null : { ...rest, state, deletedAt: now, updatedAt: now };
    });
    for (const hunt of rule.hunts)
      await recordChange(ctx, { hunt, subject: rule.id, what: 'deleted the rule', before: rule.name });
    const undo = { label: 'Undo', command: 'rule restore', args, opens: 'nothing' as const };
    return {
      kind: 'card',
      card: noticeCard(`${rule.id} “${rule.name}” was deleted by ${ctx.person.name}.`, [undo], 'neutral'),
      to: 'everyone',
    };
  },
});
