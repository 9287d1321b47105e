import { field } from './field';

/** Where a query looks: the same flags for everything that runs one. */
export function runFields() {
  return {
    since: field.defaulting(
      field.span({ label: 'Since', summary: 'How far back: 12h, 7d, 2w; 7d when left out' }),
      '7d',
    ),
    from: field.optional(field.instant({ label: 'From', summary: 'Start of the range, UTC; in place of “since”' })),
    to: field.optional(field.instant({ label: 'To', summary: 'End of the range, UTC; now when left out' })),
    'as-of': field.optional(field.instant({ label: 'As of', summary: 'The clock of now() and ago(), for old logs' })),
    engine: field.optional(
      field.text({ label: 'Engine', max: 40, sample: 'NAME', summary: 'duckdb, or another that is set up' }),
    ),
  };
}
