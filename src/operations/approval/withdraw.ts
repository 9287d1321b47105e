import { defineCommand } from '../../commands/define-command';
import { field } from '../../commands/field';
import { UserError } from '../../errors';
import { endApproval, endText } from '../../hunting/approvals';
import { samePerson } from '../../hunting/same-person';
import { approvalCard } from '../../views/approval-card';

export const withdraw = defineCommand({
  name: 'withdraw',
  summary: 'Takes back what you asked an approval for',
  formTitle: 'Take back',
  submit: 'Take back',
  permission: 'hunt',
  example: 'withdraw Y-1',
  input: { approval: field.key('approval') },
  positional: ['approval'],
  async run(ctx, input) {
    const found = await ctx.stores.approvals.get(input.approval);
    if (!found)
      throw new UserError(
        'not-found',
        `There is no approval ${input.approval}.`,
        'Type “approvals” to see what waits.',
      );
    if (!(await samePerson(ctx.stores, found.requestedBy, ctx.person)))
      throw new UserError(
        'not-allowed',
        `Only ${found.requestedBy.name}, who asked, takes it back.`,
        `“reject ${found.id}” refuses it.`,
      );
    const ended = await endApproval(ctx, found.id, 'withdrawn');
    if (!ended) throw new UserError('bad-input', `${found.id} is no longer open: ${endText(found)}.`);
    const shownHere = ended.cards.some((message) => message.id === ctx.pressed?.id);
    return shownHere ? { kind: 'nothing' } : { kind: 'card', card: approvalCard(ended), to: 'everyone' };
  },
});
