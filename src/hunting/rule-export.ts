import { yamlText } from '../content/yaml-text';
import type { AnalyticsRule } from '../domain/analytics-rule';
import { isoDuration } from '../domain/span-words';
import { stableUuid } from '../domain/stable-uuid';

const operatorWords = { GreaterThan: 'gt', LessThan: 'lt', Equal: 'eq', NotEqual: 'ne' } as const;

/** A GUID that stays the rule's own, however often it is exported. */
export function ruleGuid(rule: Pick<AnalyticsRule, 'id' | 'createdAt'>): string {
  return stableUuid(`${rule.id}|${rule.createdAt.toISOString()}`);
}

/** Sentinel takes three identifiers of an entity at most. */
function mappingsOf(rule: AnalyticsRule) {
  return rule.entityMappings.map((one) => ({
    entityType: one.entityType,
    fieldMappings: one.fieldMappings.slice(0, 3).map(({ identifier, columnName }) => ({ identifier, columnName })),
  }));
}

/** The form of a detection in the community's repositories. */
export function ruleYaml(rule: AnalyticsRule): string {
  const mappings = mappingsOf(rule);
  return yamlText({
    id: ruleGuid(rule),
    name: rule.name,
    description: rule.description || rule.name,
    severity: rule.severity,
    status: 'Available',
    requiredDataConnectors: [],
    queryFrequency: shortDuration(rule.frequencyMilliseconds),
    queryPeriod: shortDuration(rule.periodMilliseconds),
    triggerOperator: operatorWords[rule.triggerOperator],
    triggerThreshold: rule.triggerThreshold,
    tactics: rule.tactics,
    relevantTechniques: rule.techniques,
    query: rule.text,
    eventGroupingSettings: { aggregationKind: rule.aggregation },
    ...(mappings.length > 0 ? { entityMappings: mappings } : {}),
    version: '1.0.0',
    kind: 'Scheduled',
  });
}

/** `1h`, `30m`, `14d`, as the community writes a duration. */
function shortDuration(milliseconds: number): string {
  const minutes = Math.round(milliseconds / 60_000);
  if (minutes % 1440 === 0) return `${minutes / 1440}d`;
  return minutes % 60 === 0 ? `${minutes / 60}h` : `${minutes}m`;
}

/** The properties of an alert rule of kind Scheduled, as Microsoft.SecurityInsights/alertRules has them. */
export function scheduledRuleProperties(rule: AnalyticsRule) {
  const mappings = mappingsOf(rule);
  const { grouping } = rule;
  return {
    displayName: rule.name,
    description: rule.description,
    enabled: rule.state === 'enabled',
    severity: rule.severity,
    query: rule.text,
    queryFrequency: isoDuration(rule.frequencyMilliseconds),
    queryPeriod: isoDuration(rule.periodMilliseconds),
    triggerOperator: rule.triggerOperator,
    triggerThreshold: rule.triggerThreshold,
    suppressionEnabled: rule.suppressionMilliseconds !== undefined,
    suppressionDuration: isoDuration(rule.suppressionMilliseconds ?? 5 * 3_600_000),
    tactics: rule.tactics,
    techniques: [...new Set(rule.techniques.map((one) => one.split('.')[0] ?? one))],
    subTechniques: rule.techniques.filter((one) => one.includes('.')),
    eventGroupingSettings: { aggregationKind: rule.aggregation },
    ...(mappings.length > 0 ? { entityMappings: mappings } : {}),
    incidentConfiguration: {
      createIncident: grouping.createIncident,
      groupingConfiguration: {
        enabled: grouping.enabled,
        reopenClosedIncident: grouping.reopenClosedIncident,
        lookbackDuration: isoDuration(grouping.lookbackMilliseconds),
        matchingMethod: grouping.matchingMethod,
        groupByEntities: grouping.groupByEntities,
        groupByAlertDetails: [],
        groupByCustomDetails: [],
      },
    },
  };
}

/** A deployment template with the rule as its one resource; the workspace is a parameter. */
export function ruleArm(rule: AnalyticsRule): string {
  const name = `[concat(parameters('workspace'), '/Microsoft.SecurityInsights/${ruleGuid(rule)}')]`;
  const template = {
    $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
    contentVersion: '1.0.0.0',
    parameters: { workspace: { type: 'String' } },
    resources: [
      {
        id: `[concat(resourceId('Microsoft.OperationalInsights/workspaces/providers', parameters('workspace'), 'Microsoft.SecurityInsights'),'/alertRules/${ruleGuid(rule)}')]`,
        name,
        type: 'Microsoft.OperationalInsights/workspaces/providers/alertRules',
        kind: 'Scheduled',
        apiVersion: '2023-12-01-preview',
        properties: armSafe({ ...scheduledRuleProperties(rule), enabled: false }),
      },
    ],
  };
  return `${JSON.stringify(template, null, 2)}\n`;
}

/** In a template a text that begins with a bracket is a formula: a doubled bracket is the letter. */
function armSafe(value: unknown): unknown {
  if (typeof value === 'string') return value.startsWith('[') ? `[${value}` : value;
  if (Array.isArray(value)) return value.map(armSafe);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, armSafe(one)]));
}
