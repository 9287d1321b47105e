import { defineCommand } from '../../commands/define-command';
import { field } from '../../commands/field';
import { Role, roleGrantId } from '../../domain/role';
import { ConflictError } from '../../errors';
import { change } from '../../hunting/change';
import { noticeCard } from '../../views/notice-card';

export const grantRole = defineCommand({
  name: 'role grant',
  summary: 'Gives someone a role: reader, hunter, lead or admin',
  formTitle: 'Grant a role',
  submit: 'Grant',
  permission: 'administer',
  example: 'role grant @ada hunter',
  input: { person: field.person({ label: 'Person' }), role: field.choice({ label: 'Role', options: Role.options }) },
  positional: ['person', 'role'],
  async run(ctx, input) {
    const person = ctx.resolvePerson(input.person);
    const id = roleGrantId(person);
    const grant = { id, role: input.role, person, grantedBy: ctx.person, grantedAt: ctx.clock.now() };
    try {
      await ctx.stores.roles.insert(grant);
    } catch (error) {
      if (!(error instanceof ConflictError)) throw error;
      await change(ctx.stores.roles, id, (current) => ({ ...grant, version: current.version }));
    }
    return {
      kind: 'card',
      card: noticeCard(`${person.name} is ${input.role} now, granted by ${ctx.person.name}.`),
      to: 'everyone',
    };
  },
});
