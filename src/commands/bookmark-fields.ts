import { field } from './field';
import { huntFields } from './hunt-fields';

/** What people say about rows they keep. */
export function bookmarkFields() {
  return {
    'time-column': field.optional(field.text({ label: 'Event time column', max: 200, sample: 'COLUMN' })),
    entities: field.optional(huntFields.entities()),
    tactics: field.optional(huntFields.tactics()),
    techniques: field.optional(huntFields.techniques()),
    tags: field.optional(huntFields.labels('Tags')),
    notes: field.optional(
      field.text({ label: 'Notes', summary: 'Why these rows matter', max: 5000, lines: true, sample: 'TEXT' }),
    ),
  };
}
