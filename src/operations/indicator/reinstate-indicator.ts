import { defineCommand } from '../../commands/define-command';
import { field } from '../../commands/field';
import { UserError } from '../../errors';
import { change } from '../../hunting/change';
import { findIndicator, indicatorState } from '../../hunting/find-indicator';
import { recordChange } from '../../hunting/record-change';
import { indicatorCard } from '../../views/indicator-card';

export const reinstateIndicator = defineCommand({
  name: 'indicator reinstate',
  summary: 'Brings a revoked indicator back into use',
  formTitle: 'Reinstate an indicator',
  submit: 'Reinstate',
  permission: 'hunt',
  example: 'indicator reinstate T-1',
  input: { indicator: field.key('indicator') },
  positional: ['indicator'],
  async run(ctx, input) {
    const before = await findIndicator(ctx, input.indicator);
    const one = await change(ctx.stores.indicators, before.id, (current) => {
      if (!current.revokedAt) return null;
      const { revokedAt: _at, revokedBy: _by, ...alive } = current;
      return { ...alive, updatedAt: ctx.clock.now() };
    });
    if (!one) throw new UserError('not-found', `There is no indicator ${before.id} any more.`);
    if (before.revokedAt)
      for (const hunt of one.hunts)
        await recordChange(ctx, { hunt, subject: one.id, what: 'reinstated an indicator', after: one.value });
    return { kind: 'card', card: indicatorCard(one, indicatorState(one, ctx.clock.now())), to: 'everyone' };
  },
});
