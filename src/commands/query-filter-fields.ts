import { field } from './field';
import { huntFields } from './hunt-fields';

/**
 * What the library can be narrowed down by, the same for every command that lists queries or takes a part of them: spread it into the
 * command's input, and give the input to `queryFind`.
 */
export const queryFilterFields = {
  search: field.optional(field.text({ label: 'Words', max: 200, rest: true, sample: 'WORDS' })),
  tactic: field.optional(huntFields.tactics()),
  technique: field.optional(huntFields.techniques()),
  table: field.optional(
    field.text({ label: 'Table', summary: 'Queries that look at this table', max: 100, sample: 'TABLE' }),
  ),
  solution: field.optional(
    field.text({ label: 'Solution', summary: 'Queries of this pack of content', max: 100, sample: 'SOLUTION' }),
  ),
  source: field.optional(
    field.choice({
      label: 'Source',
      options: ['built-in', 'custom', 'content'],
      names: { 'built-in': 'Comes with Talbot', custom: 'Written here', content: 'From a solution or an import' },
    }),
  ),
  author: field.optional(field.text({ label: 'Author', summary: 'Part of the name', max: 100, sample: 'AUTHOR' })),
  favourites: field.flag({ label: 'My favourites' }),
  mine: field.flag({ label: 'Written by me' }),
  results: field.flag({ label: 'With results only', summary: 'Leaves out !, N/A, - and 0' }),
};

/** The orders of `querySorts`. */
export function querySort() {
  const options = ['key', 'newest', 'name', 'tactic', 'changed', 'run', 'results', 'delta'] as const;
  return field.defaulting(
    field.choice({
      label: 'Order',
      options,
      names: {
        key: 'Key',
        newest: 'Newest first',
        name: 'Name',
        tactic: 'Tactic, as in the matrix',
        changed: 'Changed last',
        run: 'Run last',
        results: 'Most results',
        delta: 'Results delta',
      },
    }),
    'key',
  );
}
