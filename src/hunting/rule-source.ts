import type { Context } from '../commands/context';
import type { AnalyticsRule } from '../domain/analytics-rule';
import { groupingOf } from '../domain/rule-words';
import { readDuration } from '../domain/span-words';
import { UserError } from '../errors';
import { findQuery } from './find-query';
import { findRuleTemplate } from './find-rule-template';

type RuleBasis = Pick<AnalyticsRule, 'name' | 'description' | 'text' | 'tactics' | 'techniques' | 'entityMappings'> &
  Partial<
    Pick<
      AnalyticsRule,
      'severity' | 'frequencyMilliseconds' | 'periodMilliseconds' | 'triggerOperator' | 'triggerThreshold' | 'grouping'
    >
  >;

/** What a rule is made of: a query of the library or of a hunt, a tab, or a rule template by its id or name. */
export interface FoundSource extends RuleBasis {
  source?: string;
  template?: string;
  hunt?: string;
  engine?: string;
}

/** `Q-1`, `H-1/Q-1`, `K-1`, or a rule template by its id or name. */
export async function ruleSource(ctx: Context, typed: string): Promise<FoundSource> {
  const key = typed.trim().toUpperCase();
  if (/^(?:H-?\d+\/)?Q-?\d+$/.test(key)) {
    const query = await findQuery(ctx, key);
    return {
      name: query.name,
      description: query.description,
      text: query.text,
      tactics: query.tactics,
      techniques: query.techniques,
      entityMappings: query.entityMappings,
      source: query.id,
      ...(query.hunt ? { hunt: query.hunt } : {}),
    };
  }
  if (/^K-?\d+$/.test(key)) {
    const tab = await ctx.stores.tabs.get(key.replace(/^K-?/, 'K-'));
    if (!tab || tab.deletedAt) throw new UserError('not-found', `There is no tab ${key}.`, 'Type “tabs” to see them.');
    const hunt = await ctx.hunt(tab.hunt);
    return {
      name: tab.name,
      description: '',
      text: tab.text,
      tactics: hunt.tactics,
      techniques: hunt.techniques,
      entityMappings: [],
      source: tab.id,
      hunt: tab.hunt,
      ...(tab.engine ? { engine: tab.engine } : {}),
    };
  }
  if (/^(?:H-?\d+\/)?[A-Z]-?\d+$/.test(key))
    throw new UserError(
      'bad-input',
      `No rule is made of ${key}.`,
      'Name a query (Q-1 or H-1/Q-1), a tab (K-1; “tabs” lists them) or a rule template.',
    );
  const { rule } = await findRuleTemplate(ctx, typed);
  const frequency = rule.queryFrequency ? readDuration(rule.queryFrequency) : null;
  const period = rule.queryPeriod ? readDuration(rule.queryPeriod) : null;
  return {
    name: rule.name,
    description: rule.description,
    text: rule.text,
    tactics: rule.tactics,
    techniques: rule.techniques,
    entityMappings: rule.entityMappings,
    severity: rule.severity,
    template: rule.id,
    ...(frequency ? { frequencyMilliseconds: frequency } : {}),
    ...(period ? { periodMilliseconds: period } : {}),
    ...(rule.triggerOperator ? { triggerOperator: rule.triggerOperator } : {}),
    ...(rule.triggerThreshold === undefined ? {} : { triggerThreshold: rule.triggerThreshold }),
    grouping: groupingOf('entities', 5 * 3_600_000, false),
  };
}
