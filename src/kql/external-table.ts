import type { Column } from '../ports/query-engine';

export type ExternalFormat = 'csv' | 'tsv' | 'tsve' | 'psv' | 'scsv' | 'sohsv' | 'txt' | 'raw' | 'json' | 'multijson';

/** Where a column's value stands in a record: the place of a cell, a path into a JSON record, or the same text in every row. */
export type ExternalValue = { ordinal: number } | { path: (string | number)[] } | { constant: string } | 'nothing';

export interface ExternalColumn extends Column {
  /** Its name in SQL, quoted. */
  sql: string;
  from: ExternalValue;
}

/** What one `externaldata` reads. The rows have to be in a table of this name before the query's SQL runs. */
export interface ExternalTable {
  /** Name in SQL, unquoted. */
  sqlName: string;
  columns: ExternalColumn[];
  urls: string[];
  format: ExternalFormat;
  /** The first record of each file is left out. */
  skipFirst: boolean;
  /** The place in the query's text: offset and length in characters. */
  place: { start: number; length: number };
}
