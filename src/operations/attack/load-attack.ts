import { defineCommand } from '../../commands/define-command';
import { field } from '../../commands/field';
import { UserError } from '../../errors';
import { fetchAttached } from '../../hunting/fetch-attached';
import { forgetAttack, loadAttack, loadAttackBytes } from '../../hunting/load-attack';
import { attackChangeCard } from '../../views/attack-card';

/** MITRE's bundle has about 50 MB. */
const mostBytes = 100_000_000;

export const loadAttackCommand = defineCommand({
  name: 'attack load',
  summary: 'Loads a newer ATT&CK from an attached file, or from the one that TALBOT_ATTACK names',
  permission: 'administer',
  example: 'attack load',
  input: { own: field.flag({ label: 'Talbot’s own', summary: 'Back to the one that comes with Talbot' }) },
  async run(ctx, input) {
    const [attached] = ctx.files;
    if (attached && !input.own) {
      const bytes = await fetchAttached(ctx, attached, mostBytes);
      const changed = await loadAttackBytes(ctx, bytes);
      return { kind: 'card', card: attackChangeCard(changed, ctx.person.name), to: 'everyone' };
    }
    if (!input.own && ctx.attackFile === undefined)
      throw new UserError(
        'unavailable',
        'No file is named to load ATT&CK from.',
        'Attach MITRE’s enterprise-attack.json to the message “attack load”, or name it on the server with TALBOT_ATTACK.',
      );
    const changed =
      ctx.attackFile === undefined || input.own ? await forgetAttack(ctx) : await loadAttack(ctx, ctx.attackFile);
    return { kind: 'card', card: attackChangeCard(changed, ctx.person.name), to: 'everyone' };
  },
});
