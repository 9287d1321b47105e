import { defineCommand } from '../../commands/define-command';
import { field } from '../../commands/field';
import { decide } from '../../hunting/approvals';
import { approvalCard } from '../../views/approval-card';

export const reject = defineCommand({
  name: 'reject',
  summary: 'Refuses what a rule or a playbook waits for',
  formTitle: 'Reject',
  submit: 'Reject',
  permission: 'lead',
  example: 'reject Y-1 Too noisy: raise the threshold first',
  input: {
    approval: field.key('approval'),
    because: field.text({
      label: 'Because',
      summary: 'What who asked should know',
      max: 2000,
      rest: true,
      lines: true,
      sample: 'TEXT',
    }),
  },
  positional: ['approval', 'because'],
  async run(ctx, input) {
    const { approval, done } = await decide(ctx, input.approval, 'rejected', input.because);
    const shownHere = approval.cards.some((message) => message.id === ctx.pressed?.id);
    return shownHere ? { kind: 'nothing' } : { kind: 'card', card: approvalCard(approval, done), to: 'everyone' };
  },
});
