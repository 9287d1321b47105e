import type { ColumnType } from '../../../ports/query-engine';
import type { LoadProblem } from './load-problem';

/**
 * A file as rows of fields. `rows` gives a SELECT with one column per asked field, named f0, f1 …: `text` is VARCHAR,
 * `value` the form that its kind is told from (JSON for JSON files).
 */
export interface RecordSource {
  fields: string[];
  /** Fields whose type the file itself declares; `rows` gives those in stored form already when asked for `value`. */
  declared: ReadonlyMap<string, ColumnType>;
  /** How the kind of a `value` is told. */
  values: 'json' | 'text';
  rows(asked: readonly { field: string; as: 'text' | 'value' }[]): string;
  problems: LoadProblem[];
}
