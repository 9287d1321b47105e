import { Tlp } from '../domain/indicator';
import { field } from './field';
import { huntFields } from './hunt-fields';

/** What people say about an indicator: the same for one that is added and one that is changed. */
export function indicatorFields() {
  return {
    confidence: field.optional(
      field.whole({ label: 'Confidence', summary: '0 to 100; 75 when left out', least: 0, most: 100 }),
    ),
    valid: field.optional(
      field.span({ label: 'Valid for', summary: 'How long it counts: 30d, 26w; 90d when left out' }),
    ),
    tlp: field.optional(
      field.choice({
        label: 'TLP',
        summary: 'Who may hear of it; amber when left out',
        options: Tlp.options,
        names: { 'amber+strict': 'amber, this organisation only' },
      }),
    ),
    tags: field.optional(huntFields.labels('Tags')),
    description: field.optional(
      field.text({ label: 'Description', summary: 'What it belongs to', max: 5000, lines: true, sample: 'TEXT' }),
    ),
  };
}
