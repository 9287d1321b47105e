import { defineCommand } from '../../commands/define-command';
import { field } from '../../commands/field';
import { change } from '../../hunting/change';
import { findIndicator } from '../../hunting/find-indicator';
import { recordChange } from '../../hunting/record-change';
import { inertValue } from '../../views/indicator-card';
import { confirmCard, noticeCard } from '../../views/notice-card';

export const revokeIndicator = defineCommand({
  name: 'indicator revoke',
  summary: 'Takes an indicator out of use, after asking; it stays on record',
  formTitle: 'Revoke an indicator',
  submit: 'Revoke',
  permission: 'hunt',
  example: 'indicator revoke T-1',
  input: { indicator: field.key('indicator'), confirmed: field.flag({ label: 'Confirmed', hidden: true }) },
  positional: ['indicator'],
  async run(ctx, input) {
    const one = await findIndicator(ctx, input.indicator);
    const args = { indicator: one.id };
    if (!input.confirmed) {
      const yes = {
        label: `Revoke ${one.id}`,
        command: 'indicator revoke',
        args: { ...args, confirmed: 'yes' },
        opens: 'nothing' as const,
      };
      const card = confirmCard(
        `Revoke ${one.id} ${inertValue(one)}?`,
        'It stays on record, is exported as revoked, and can be reinstated.',
        yes,
      );
      return { kind: 'card', card, to: 'asker' };
    }
    const now = ctx.clock.now();
    let did = false;
    await change(ctx.stores.indicators, one.id, (current) => {
      did = current.revokedAt === undefined;
      return did ? { ...current, revokedAt: now, revokedBy: ctx.person, updatedAt: now } : null;
    });
    if (did)
      for (const hunt of one.hunts)
        await recordChange(ctx, { hunt, subject: one.id, what: 'revoked an indicator', before: one.value });
    const undo = { label: 'Undo', command: 'indicator reinstate', args, opens: 'nothing' as const };
    const text = did
      ? `${one.id} ${inertValue(one)} was revoked by ${ctx.person.name}.`
      : `${one.id} was revoked already.`;
    return { kind: 'card', card: noticeCard(text, [undo], 'neutral'), to: did ? 'everyone' : 'asker' };
  },
});
