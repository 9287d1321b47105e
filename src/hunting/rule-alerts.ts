import { type AnalyticsRule, triggers } from '../domain/analytics-rule';
import type { EntityValue } from '../domain/bookmark';
import { findEntities, mappingsFor } from '../domain/find-entities';
import { incidentLimits } from '../domain/incident';
import type { Cell, Column } from '../ports/query-engine';

/** Sentinel's bound of one alert. */
const mostEntities = 500;

export interface RaisedAlert {
  /** Row numbers in the result, from 1; empty where an alert stands for the absence of rows. */
  rows: number[];
  entities: EntityValue[];
}

export interface Raised {
  triggered: boolean;
  alerts: RaisedAlert[];
  /** What was left out, in words. */
  left?: string;
}

/** What a rule raises of one window's result: `total` rows, of which `rows` are at hand. */
export function alertsOf(
  rule: Pick<AnalyticsRule, 'triggerOperator' | 'triggerThreshold' | 'aggregation' | 'entityMappings'>,
  result: { columns: readonly Column[]; rows: readonly Cell[][]; total: number },
): Raised {
  if (!triggers(rule, result.total)) return { triggered: false, alerts: [] };
  const mappings = mappingsFor(result.columns, rule.entityMappings);
  const entitiesOf = (rows: readonly Cell[][]) => findEntities(result.columns, rows, mappings).slice(0, mostEntities);
  if (rule.aggregation === 'SingleAlert' || result.rows.length === 0) {
    const rows = result.rows.map((_, at) => at + 1);
    return { triggered: true, alerts: [{ rows, entities: entitiesOf(result.rows) }] };
  }
  const most = incidentLimits.alerts;
  const alerts = result.rows.slice(0, most).map((row, at) => ({ rows: [at + 1], entities: entitiesOf([row]) }));
  const left = result.total - alerts.length;
  return {
    triggered: true,
    alerts,
    ...(left > 0 ? { left: `${left} more rows raised no alert of their own: ${most} a window at most.` } : {}),
  };
}
