import type { AnalyticsRule } from '../domain/analytics-rule';
import type { Severity } from '../domain/incident';
import type { EntityMapping } from '../domain/query';
import { type GroupingWord, groupingOf, groupingWord, parseTrigger } from '../domain/rule-words';
import { UserError } from '../errors';
import { cleanKql, toEntityMappings } from './query-fields';

const minute = 60_000;
const hour = 3_600_000;

/** Sentinel's bounds of a scheduled rule. */
export const ruleLimits = {
  least: 5 * minute,
  most: 14 * 24 * hour,
  name: 256,
  description: 5000,
  mappings: 10,
  suppression: 24 * hour,
  lookback: 7 * 24 * hour,
} as const;

/** What people said of a rule, each left out where they said nothing. */
export interface RuleWords {
  name?: string | undefined;
  kql?: string | undefined;
  severity?: Severity | undefined;
  every?: number | undefined;
  period?: number | undefined;
  trigger?: string | undefined;
  group?: 'single' | 'per-result' | undefined;
  incidents?: GroupingWord | undefined;
  lookback?: number | undefined;
  suppress?: number | undefined;
  description?: string | undefined;
  tactics?: string[] | undefined;
  techniques?: string[] | undefined;
  entities?: { type: string; identifier: string | undefined; column: string }[] | undefined;
}

export type RuleBody = Pick<
  AnalyticsRule,
  | 'name'
  | 'description'
  | 'severity'
  | 'text'
  | 'tactics'
  | 'techniques'
  | 'entityMappings'
  | 'frequencyMilliseconds'
  | 'periodMilliseconds'
  | 'triggerOperator'
  | 'triggerThreshold'
  | 'aggregation'
  | 'suppressionMilliseconds'
  | 'grouping'
>;

export type RuleSource = Pick<AnalyticsRule, 'name' | 'description' | 'text' | 'tactics' | 'techniques'> & {
  entityMappings: EntityMapping[];
} & Partial<RuleBody>;

/** What was said, over what is there; a UserError with the faults beside their fields. */
export function draftRule(source: RuleSource, said: RuleWords): RuleBody {
  const faults: Record<string, string> = {};
  const trigger = said.trigger === undefined ? null : parseTrigger(said.trigger);
  if (said.trigger !== undefined && !trigger) faults.trigger = `“${said.trigger}” is not like > 0, > 10 or = 0.`;
  const mappings = said.entities ? toEntityMappings(said.entities) : source.entityMappings;
  if ('fault' in mappings) faults.entities = mappings.fault;
  else if (mappings.length > ruleLimits.mappings)
    faults.entities = `${mappings.length} entities; a rule has ${ruleLimits.mappings} at most.`;
  const frequency = said.every ?? source.frequencyMilliseconds ?? hour;
  const period = said.period ?? (said.every === undefined ? source.periodMilliseconds : undefined) ?? frequency;
  if (frequency < ruleLimits.least || frequency > ruleLimits.most) faults.every = 'From 5m to 14d.';
  if (period < ruleLimits.least || period > ruleLimits.most) faults.period = 'From 5m to 14d.';
  else if (period < frequency) faults.period = 'Shorter than it waits: what happens in between would never be seen.';
  if (frequency % minute !== 0 || period % minute !== 0) faults.every = 'Whole minutes.';
  const suppression = said.suppress ?? source.suppressionMilliseconds;
  if (suppression !== undefined && (suppression > ruleLimits.suppression || suppression < frequency))
    faults.suppress = 'Between the time it waits and 24h.';
  const word = said.incidents ?? (source.grouping ? groupingWord(source.grouping) : 'entities');
  const lookback = said.lookback ?? source.grouping?.lookbackMilliseconds ?? 5 * hour;
  if (lookback < ruleLimits.least || lookback > ruleLimits.lookback) faults.lookback = 'From 5m to 7d.';
  const text = said.kql ? cleanKql(said.kql) : source.text;
  if (Object.keys(faults).length > 0 || 'fault' in mappings)
    throw new UserError('bad-input', Object.values(faults).join(' '), undefined, faults);
  return {
    name: (said.name ?? source.name).slice(0, ruleLimits.name),
    description: (said.description ?? source.description).slice(0, ruleLimits.description),
    severity: said.severity ?? source.severity ?? 'Medium',
    text,
    tactics: said.tactics ?? source.tactics,
    techniques: said.techniques ?? source.techniques,
    entityMappings: mappings,
    frequencyMilliseconds: frequency,
    periodMilliseconds: period,
    triggerOperator: trigger?.operator ?? source.triggerOperator ?? 'GreaterThan',
    triggerThreshold: trigger?.threshold ?? source.triggerThreshold ?? 0,
    aggregation: said.group
      ? said.group === 'single'
        ? 'SingleAlert'
        : 'AlertPerResult'
      : (source.aggregation ?? 'SingleAlert'),
    ...(suppression === undefined ? {} : { suppressionMilliseconds: suppression }),
    grouping: groupingOf(word, lookback, source.grouping?.reopenClosedIncident ?? false),
  };
}
