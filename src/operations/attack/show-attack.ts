import { defineCommand } from '../../commands/define-command';
import { attackInUse, isLoaded } from '../../hunting/attack-in-use';
import { attackCard } from '../../views/attack-card';

export const showAttack = defineCommand({
  name: 'attack',
  summary: 'Shows which ATT&CK is in use',
  permission: 'read',
  input: {},
  async run(ctx) {
    const may = ctx.may('administer');
    const load = may && ctx.attackFile !== undefined;
    const reset = may && (await isLoaded(ctx));
    return { kind: 'card', card: attackCard(await attackInUse(ctx), { load, reset }), to: 'asker' };
  },
});
