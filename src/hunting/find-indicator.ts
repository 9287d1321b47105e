import type { Context } from '../commands/context';
import type { Indicator } from '../domain/indicator';
import { UserError } from '../errors';

export async function findIndicator(ctx: Pick<Context, 'stores'>, key: string): Promise<Indicator> {
  const indicator = await ctx.stores.indicators.get(key);
  if (!indicator) throw new UserError('not-found', `There is no indicator ${key}.`, 'Type “indicators” to see them.');
  return indicator;
}

/** `active` counts today; `expired` and `revoked` do not. */
export function indicatorState(one: Indicator, now: Date): 'active' | 'expired' | 'revoked' {
  if (one.revokedAt) return 'revoked';
  return one.validUntil && one.validUntil <= now ? 'expired' : 'active';
}
