import { defineCommand } from '../../commands/define-command';
import { field } from '../../commands/field';
import { UserError } from '../../errors';
import { forgetAttack, loadAttack } from '../../hunting/load-attack';
import { attackChangeCard } from '../../views/attack-card';

export const loadAttackCommand = defineCommand({
  name: 'attack load',
  summary: 'Loads a newer ATT&CK from the file that TALBOT_ATTACK names',
  permission: 'administer',
  example: 'attack load',
  input: { own: field.flag({ label: 'Talbot’s own', summary: 'Back to the one that comes with Talbot' }) },
  async run(ctx, input) {
    if (!input.own && ctx.attackFile === undefined)
      throw new UserError(
        'unavailable',
        'No file is named to load ATT&CK from.',
        'Put MITRE’s enterprise-attack.json on the server, name it with TALBOT_ATTACK and start again.',
      );
    const changed =
      ctx.attackFile === undefined || input.own ? await forgetAttack(ctx) : await loadAttack(ctx, ctx.attackFile);
    return { kind: 'card', card: attackChangeCard(changed, ctx.person.name), to: 'everyone' };
  },
});
