import { defineCommand } from '../../commands/define-command';
import { field } from '../../commands/field';
import { decide } from '../../hunting/approvals';
import { approvalCard } from '../../views/approval-card';

export const approve = defineCommand({
  name: 'approve',
  summary: 'Gives the second word that a rule or a playbook waits for',
  formTitle: 'Approve',
  submit: 'Approve',
  permission: 'lead',
  example: 'approve Y-1',
  input: {
    approval: field.key('approval'),
    because: field.optional(field.text({ label: 'Because', max: 2000, rest: true, lines: true, sample: 'TEXT' })),
  },
  positional: ['approval', 'because'],
  async run(ctx, input) {
    const { approval, done } = await decide(ctx, input.approval, 'approved', input.because);
    const shownHere = approval.cards.some((message) => message.id === ctx.pressed?.id);
    return shownHere ? { kind: 'nothing' } : { kind: 'card', card: approvalCard(approval, done), to: 'everyone' };
  },
});
