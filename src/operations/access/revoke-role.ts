import { defineCommand } from '../../commands/define-command';
import { field } from '../../commands/field';
import { roleGrantId } from '../../domain/role';
import { UserError } from '../../errors';
import { noticeCard } from '../../views/notice-card';

export const revokeRole = defineCommand({
  name: 'role revoke',
  summary: 'Takes a granted role back; the default role is left',
  formTitle: 'Revoke a role',
  submit: 'Revoke',
  permission: 'administer',
  example: 'role revoke @ada',
  input: { person: field.person({ label: 'Person' }) },
  positional: ['person'],
  async run(ctx, input) {
    const person = ctx.resolvePerson(input.person);
    if (!(await ctx.stores.roles.remove(roleGrantId(person))))
      throw new UserError('not-found', `${person.name} has no granted role.`);
    return {
      kind: 'card',
      card: noticeCard(`${person.name} has the default role again; revoked by ${ctx.person.name}.`, [], 'neutral'),
      to: 'everyone',
    };
  },
});
