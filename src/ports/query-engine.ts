import type { TimeRange } from '../domain/time-range';

/** Kusto's scalar types, by the names KQL gives them. */
export type ColumnType =
  | 'bool'
  | 'int'
  | 'long'
  | 'real'
  | 'decimal'
  | 'string'
  | 'datetime'
  | 'timespan'
  | 'guid'
  | 'dynamic';

export interface Column {
  name: string;
  type: ColumnType;
}

/**
 * A cell as JSON: datetime `2024-01-01T00:00:00.0000000Z`, timespan `d.hh:mm:ss.fffffff` or `hh:mm:ss.fffffff`,
 * dynamic as the JSON value itself, a long past 2^53 and every decimal as a string, NaN and infinities as strings.
 */
export type Cell = null | boolean | number | string | Cell[] | { [key: string]: Cell };

export interface QueryRequest {
  /** KQL text. */
  text: string;
  /** What the query may look at: applied to the time column (`TimeGenerated` or `Timestamp`) of every table it names. */
  range?: TimeRange;
  /** The clock of `now()` and `ago()`. */
  asOf: Date;
  limits: { rows: number; milliseconds: number };
}

/** `rows` is at most a few thousand; the next page is asked for when the promise resolves. */
export type PageSink = (page: { columns: Column[]; rows: Cell[][] }) => Promise<void>;

export interface QuerySummary {
  columns: Column[];
  rows: number;
  /** More rows exist than `limits.rows`; they were left out. */
  truncated: boolean;
  /** What a hunter should know about the answer, in words: a missing table of a fuzzy union, an exact instead of an approximate count. */
  notes: string[];
  render?: { chart: string; properties: Record<string, string> };
}

export interface TableInfo {
  name: string;
  columns: Column[];
  /** Absent where the engine would have to read everything to know it. */
  rows?: number;
  /** First and last instant of the time column, where it has one. */
  first?: Date;
  last?: Date;
}

export type QueryErrorCode =
  | 'syntax'
  | 'unknown-name'
  | 'type'
  | 'unsupported'
  | 'refused'
  | 'limit'
  | 'timeout'
  | 'cancelled'
  | 'internal';

/** The one error a QueryEngine rejects with. `line` and `column` start at 1 and point into the request's text. */
export class QueryError extends Error {
  constructor(
    readonly code: QueryErrorCode,
    message: string,
    readonly line?: number,
    readonly column?: number,
    /** The table that does not exist there, where that is what is wrong. */
    readonly missing?: string,
  ) {
    super(message);
    this.name = 'QueryError';
  }
}

/** Something of the logs that could not be read: shown to a person, never a reason to stop. */
export interface LogProblem {
  /** Path inside the log folder, with `/`. */
  file: string;
  /** From 1, where one line is at fault. */
  line?: number;
  message: string;
}

/** What an installation adds to the tables of an engine: stored functions, and watchlists for `_GetWatchlist`. */
export interface ProvidedContent {
  /** `parameters` is the text between the parentheses of the declaration, `body` the KQL between its braces. */
  functions: { name: string; parameters: string; body: string }[];
  watchlists: { alias: string; searchKey: string; columns: string[]; rows: string[][]; updatedAt?: Date }[];
}

export interface QueryEngine {
  readonly name: string;
  /** How much later than they happen events can be found: a rule waits so long before it looks. Absent: not at all. */
  readonly lateMilliseconds?: number;
  /** Rejects with QueryError; an aborted `signal` ends the query within a quarter of a second with code `cancelled`. */
  run(request: QueryRequest, sink: PageSink, signal?: AbortSignal): Promise<QuerySummary>;
  /**
   * Compiles and binds without running; resolves to the columns the query would give. `onNote` hears what a hunter should
   * know of it, such as data from outside that a run would be refused.
   */
  check(request: Pick<QueryRequest, 'text' | 'asOf'>, onNote?: (note: string) => void): Promise<Column[]>;
  tables(): Promise<TableInfo[]>;
  /** Where the service's own page shows the same query; undefined where there is no such address. Absent where it has no page. */
  portalLink?(request: Pick<QueryRequest, 'text' | 'range'>): string | undefined;
  /** How many rows the query gives; `limits.rows` counts for nothing. Rejects as `run` does. */
  count?(request: QueryRequest, signal?: AbortSignal): Promise<number>;
  /** Takes the place of what was provided before; absent where the service keeps its own. A function of the log folder beats one of the same name. */
  provide?(content: ProvidedContent): Promise<void>;
  /** What of the logs could not be read; absent where the engine reads no files. */
  problems?(): Promise<LogProblem[]>;
  close(): Promise<void>;
}
