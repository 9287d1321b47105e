import { defineCommand } from '../../commands/define-command';
import { roleListCard } from '../../views/access-cards';

export const listRoles = defineCommand({
  name: 'roles',
  summary: 'Lists who was granted which role',
  permission: 'administer',
  example: 'roles',
  input: {},
  async run(ctx) {
    const total = await ctx.stores.roles.count();
    const grants = await ctx.stores.roles.find({ sort: [{ field: 'id', direction: 'up' }], limit: 50 });
    return { kind: 'card', card: roleListCard(grants, total), to: 'asker' };
  },
});
