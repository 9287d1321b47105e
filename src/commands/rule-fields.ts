import { Severity } from '../domain/incident';
import { groupings } from '../domain/rule-words';
import { field } from './field';
import { queryFields } from './query-fields';

/** What people say about a rule: the same for one that is made and one that is changed. */
export function ruleFields() {
  return {
    name: field.optional(
      field.text({ label: 'Name', summary: 'Left out: the query’s name', max: 256, sample: 'NAME' }),
    ),
    kql: field.optional(queryFields.kql()),
    severity: field.optional(field.choice({ label: 'Severity', options: Severity.options })),
    every: field.optional(field.span({ label: 'Runs every', summary: '5m to 14d; 1h when left out' })),
    period: field.optional(
      field.span({ label: 'Looks back over', summary: 'At least as long as it waits; 1h when left out' }),
    ),
    trigger: field.optional(
      field.text({ label: 'Alerts when rows are', summary: '> 0, > 10, = 0 …', max: 20, sample: '"> 0"' }),
    ),
    group: field.optional(
      field.choice({
        label: 'Alerts',
        options: ['single', 'per-result'],
        names: { single: 'one for all rows', 'per-result': 'one for each row' },
      }),
    ),
    incidents: field.optional(
      field.choice({
        label: 'Incidents',
        options: groupings,
        names: {
          entities: 'one for the same entities',
          rule: 'one for the rule',
          each: 'one for each alert',
          none: 'none: only tell the channel',
        },
      }),
    ),
    lookback: field.optional(
      field.span({
        label: 'Joins an incident for',
        summary: 'How long an incident takes further alerts; 5h when left out',
      }),
    ),
    suppress: field.optional(field.span({ label: 'Quiet after an alert', summary: 'Left out: it runs on' })),
    description: field.optional(queryFields.description()),
    tactics: field.optional(queryFields.tactics()),
    techniques: field.optional(queryFields.techniques()),
    entities: field.optional(queryFields.entities()),
  };
}
