import type { Column } from '../ports/query-engine';
import type { ExternalTable } from './external-table';
import type { Answer } from './question';

export interface TableSchema {
  /** The table's name in KQL. */
  name: string;
  columns: Column[];
  /** The table's or view's name in SQL, unquoted, where it differs from `name`. */
  sqlName?: string;
}

/** A function of the workspace: `body` is the KQL between the braces, `parameters` the text between the parentheses. */
export interface StoredFunction {
  name: string;
  parameters?: string;
  body: string;
}

export interface CompileInput {
  text: string;
  /** Every table there is; only those the query names cost anything. Pass the same array again for the cheapest call. */
  tables: TableSchema[];
  functions?: StoredFunction[];
  /** By alias; absent where none can be known, as in a check without data: any alias is then taken. */
  watchlists?: TableSchema[];
  /** `now()` in ticks of 100 ns since 0001-01-01. */
  now: bigint;
  /** Applied as from <= TimeGenerated (or Timestamp) < to, in ticks, to every table that has such a column. */
  range?: { from: bigint; to: bigint };
  /** No data stands behind the tables, whose columns are only those of an example: other tables may exist too. */
  schemaOnly?: boolean;
  /** What earlier rounds asked of the data, by the question's key. */
  answers?: ReadonlyMap<string, Answer>;
}

export interface Compiled {
  /** One SELECT. Its columns come in the order of `columns`; read them by position, the names in SQL may differ. */
  sql: string;
  columns: Column[];
  /** KQL names of the base tables that are read. */
  tables: string[];
  /** What a hunter should know about the answer, in whole sentences. */
  notes: string[];
  /** Tables of `externaldata` that have to be filled before the SQL runs. */
  external?: ExternalTable[];
  /** The first place, in characters, that looks up where an address is: without a database of places it cannot run. */
  geo?: { start: number; length: number };
  render?: { chart: string; properties: Record<string, string> };
}
