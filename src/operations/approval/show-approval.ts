import { defineCommand } from '../../commands/define-command';
import { field } from '../../commands/field';
import { UserError } from '../../errors';
import { approvalCard } from '../../views/approval-card';

export const showApproval = defineCommand({
  name: 'approval show',
  summary: 'Shows who asked for what, and how it was decided',
  formTitle: 'Show an approval',
  submit: 'Show',
  permission: 'read',
  example: 'approval show Y-1',
  input: { approval: field.key('approval') },
  positional: ['approval'],
  async run(ctx, input) {
    const approval = await ctx.stores.approvals.get(input.approval);
    if (!approval)
      throw new UserError(
        'not-found',
        `There is no approval ${input.approval}.`,
        'Type “approvals” to see what waits.',
      );
    return { kind: 'card', card: approvalCard(approval), to: 'asker' };
  },
});
