import type { QueryErrorCode } from '../../ports/query-engine';
import type { Expr, NamedExpr } from '../expr';

/** What a function knows of the place it is called at. */
export interface CallSite {
  /** `now()` in ticks. */
  now: bigint;
  /** Throws a KqlError placed at argument `argument`, or at the call itself. */
  fail(code: QueryErrorCode, message: string, argument?: number): never;
  /** The value of an option that a `set` statement gave before the query. */
  setting?(name: string): Expr | undefined;
  /** Adds a sentence to the answer's notes, once. */
  note(text: string): void;
  /**
   * What stands behind ORDER BY to see the rows in their order: an ordinal that the compiler adds to a serialized row set
   * (behind `sort`, `top`, `serialize`, `range`, `datatable`). Absent where the rows have no order.
   */
  rowOrder?: string | undefined;
  /** The columns of the row that the call stands in, in their order: for `pack_all()` and `ingestion_time()`. */
  columns?: NamedExpr[] | undefined;
  /** The source text of each argument when it is a plain column name. */
  columnNames?: (string | undefined)[] | undefined;
  /**
   * For window functions that need another window first: computes `expr` as a column of an inner SELECT over the same rows
   * and gives back the reference to it, because SQL's windows cannot be nested.
   */
  stage?(expr: Expr): Expr;
  /** Says that the query cannot run without a database of places. */
  needsGeo?(): void;
}

/** SQL that the engine runs once on every new database before any query: `CREATE MACRO` statements. */
export type Prelude = string[];

/** A scalar function that SQL has no equal for: run in JavaScript over whole vectors by the engine. */
export interface ScriptFunction {
  /** Name in SQL; starts with `kql_`. */
  name: string;
  parameters: ('BOOLEAN' | 'BIGINT' | 'DOUBLE' | 'VARCHAR')[];
  returns: 'BOOLEAN' | 'BIGINT' | 'DOUBLE' | 'VARCHAR';
  run(...values: (null | boolean | bigint | number | string)[]): null | boolean | bigint | number | string;
}

export interface ScalarFunction {
  name: string;
  arity: [least: number, most: number];
  compile(args: Expr[], call: CallSite): Expr;
  /** For calls that yield several values (`array_sort_asc(a, b)`, `series_stats(s)`): all of them in order. `compile` gives the first. */
  compileColumns?(args: Expr[], call: CallSite): NamedExpr[];
  /** Reads other rows of a serialized row set: SQL with OVER in it, so it cannot stand in a WHERE. Needs `rowOrder` and `stage`. */
  window?: true;
  /** Gives another value for every row or call: must not be computed ahead, shared or moved. */
  volatile?: true;
  prelude?: Prelude;
  scripts?: ScriptFunction[];
  /** How the answer differs from Kusto's, for docs/kql.md. */
  difference?: string;
}

export interface AggregateCall extends CallSite {
  /** The columns of the rows being summarised: what `*` stands for in `arg_max(x, *)`, without those in the `by` clause. */
  star: NamedExpr[];
  /** True where an argument is `*`; that argument is not in `args`. */
  hasStar: boolean;
  /** As in CallSite, for the default names of results too. */
  columnNames: (string | undefined)[];
}

export interface AggregateFunction {
  name: string;
  arity: [least: number, most: number];
  /** SQL with the aggregate in it. Several named columns for `arg_max` and its like: the first takes the caller's name where one is given. */
  compile(args: Expr[], call: AggregateCall): Expr | NamedExpr[];
  /** The value over no rows, where SQL's own differs from Kusto's. */
  prelude?: Prelude;
  scripts?: ScriptFunction[];
  difference?: string;
}

export function defineScalar(declaration: ScalarFunction): ScalarFunction {
  return declaration;
}

export function defineAggregate(declaration: AggregateFunction): AggregateFunction {
  return declaration;
}
