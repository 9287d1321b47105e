import type { Context } from '../commands/context';
import type { AnalyticsRule } from '../domain/analytics-rule';
import { UserError } from '../errors';

export async function findRule(ctx: Pick<Context, 'stores'>, key: string): Promise<AnalyticsRule> {
  const rule = await ctx.stores.rules.get(key);
  if (!rule || rule.deletedAt)
    throw new UserError(
      'not-found',
      `There is no rule ${key}.`,
      rule ? `“rule restore ${key}” brings it back.` : 'Type “rules” to see them.',
    );
  return rule;
}
