import type { AnalyticsRule, RuleWindow } from '../domain/analytics-rule';
import type { EntityValue } from '../domain/bookmark';
import type { PersonRef } from '../domain/ids';
import { type Incident, type IncidentAlert, incidentLimits } from '../domain/incident';
import { ConflictError } from '../errors';
import type { Clock } from '../ports/clock';
import type { Stores } from '../ports/stores';
import { change } from './change';
import type { RaisedAlert } from './rule-alerts';

export interface IncidentDeps {
  stores: Pick<Stores, 'incidents' | 'next'>;
  clock: Clock;
}

const talbot: PersonRef = { platform: 'system', tenant: 'local', id: 'talbot', name: 'Talbot' };

/** Puts a window's alerts into incidents as the rule groups them. Safe to be done again: an alert is in one incident once. */
export async function incidentsOf(
  deps: IncidentDeps,
  rule: AnalyticsRule,
  window: Pick<RuleWindow, 'id' | 'from' | 'to'>,
  alerts: readonly RaisedAlert[],
  run: string | undefined,
): Promise<RuleWindow['incidents']> {
  const found = new Map<string, boolean>();
  if (!rule.grouping.createIncident) return [];
  for (const [at, raised] of alerts.entries()) {
    const alert: IncidentAlert = {
      id: `${window.id}.${at + 1}`,
      rule: rule.id,
      name: rule.name,
      severity: rule.severity,
      at: deps.clock.now(),
      from: window.from,
      to: window.to,
      rows: raised.rows.length,
      entities: raised.entities.slice(0, 50),
      ...(run ? { run } : {}),
    };
    const { incident, isNew } = await place(deps, rule, alert);
    found.set(incident.id, (found.get(incident.id) ?? false) || isNew);
  }
  return [...found].map(([id, isNew]) => ({ id, isNew }));
}

async function place(
  deps: IncidentDeps,
  rule: AnalyticsRule,
  alert: IncidentAlert,
): Promise<{ incident: Incident; isNew: boolean }> {
  const [begun] = await deps.stores.incidents.find({ where: { firstAlert: { is: alert.id } }, limit: 1 });
  if (begun) return { incident: begun, isNew: true };
  const groupKey = groupKeyOf(rule, alert.entities);
  for (const candidate of rule.grouping.enabled ? await candidates(deps, rule, groupKey, alert.at) : []) {
    const joined = await change(deps.stores.incidents, candidate.id, (current) => {
      if (current.alerts.some((one) => one.id === alert.id)) return null;
      if (current.alerts.length >= incidentLimits.alerts || current.deletedAt) return null;
      const { closedAt, ...open } = current;
      const reopened = current.status === 'Closed' ? { ...open, status: 'Active' as const } : current;
      return { ...reopened, alerts: [...current.alerts, alert], updatedAt: deps.clock.now() };
    });
    if (joined?.alerts.some((one) => one.id === alert.id)) return { incident: joined, isNew: false };
  }
  try {
    return { incident: await open(deps, rule, alert, groupKey), isNew: true };
  } catch (error) {
    if (!(error instanceof ConflictError)) throw error;
    const [other] = await deps.stores.incidents.find({ where: { firstAlert: { is: alert.id } }, limit: 1 });
    if (!other) throw error;
    return { incident: other, isNew: true };
  }
}

async function candidates(deps: IncidentDeps, rule: AnalyticsRule, groupKey: string, at: Date): Promise<Incident[]> {
  const recent = await deps.stores.incidents.find({
    where: { rule: { is: rule.id }, groupKey: { is: groupKey }, deletedAt: { missing: true } },
    sort: [{ field: 'number', direction: 'down' }],
    limit: 5,
  });
  const earliest = at.getTime() - rule.grouping.lookbackMilliseconds;
  return recent.filter((one) => {
    const last = one.alerts.at(-1)?.at ?? one.createdAt;
    if (last.getTime() < earliest || one.alerts.length >= incidentLimits.alerts) return false;
    return one.status !== 'Closed' || rule.grouping.reopenClosedIncident;
  });
}

async function open(
  deps: IncidentDeps,
  rule: AnalyticsRule,
  alert: IncidentAlert,
  groupKey: string,
): Promise<Incident> {
  const number = await deps.stores.next('incident');
  const now = deps.clock.now();
  return deps.stores.incidents.insert({
    id: `I-${number}`,
    number,
    title: rule.name,
    description: rule.description.slice(0, incidentLimits.descriptionCharacters),
    severity: rule.severity,
    status: 'New',
    labels: [],
    tactics: rule.tactics,
    techniques: rule.techniques,
    tasks: [],
    comments: [],
    hunts: rule.hunts,
    bookmarks: [],
    alerts: [alert],
    rule: rule.id,
    groupKey,
    firstAlert: alert.id,
    threads: [],
    threadKeys: [],
    cards: [],
    createdBy: talbot,
    createdAt: now,
    updatedAt: now,
  });
}

/** Alerts with the same key belong together. */
export function groupKeyOf(rule: Pick<AnalyticsRule, 'grouping'>, entities: readonly EntityValue[]): string {
  const { matchingMethod, groupByEntities } = rule.grouping;
  if (matchingMethod === 'AnyAlert') return 'any';
  const counted =
    matchingMethod === 'AllEntities' ? entities : entities.filter((one) => groupByEntities.includes(one.type));
  return [...new Set(counted.map((one) => `${one.type}=${one.value.toLowerCase()}`))].sort().join('|').slice(0, 2000);
}
