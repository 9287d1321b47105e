import { incidentLimits, Severity } from '../domain/incident';
import { field } from './field';
import { huntFields } from './hunt-fields';

/** What people say about an incident: the same for a new one and one that is changed. */
export function incidentFields() {
  return {
    title: field.optional(field.text({ label: 'Title', max: 200, sample: 'TITLE' })),
    severity: field.optional(field.choice({ label: 'Severity', options: Severity.options })),
    owner: field.optional(field.person({ label: 'Owner', summary: 'A mention, or “me”' })),
    description: field.optional(
      field.text({ label: 'Description', max: incidentLimits.descriptionCharacters, lines: true, sample: 'TEXT' }),
    ),
    tactics: field.optional(huntFields.tactics()),
    techniques: field.optional(huntFields.techniques()),
    labels: field.optional(huntFields.labels()),
  };
}
