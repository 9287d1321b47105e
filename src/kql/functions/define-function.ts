import type { QueryErrorCode } from '../../ports/query-engine';
import type { Expr, NamedExpr } from '../expr';

/** What a function knows of the place it is called at. */
export interface CallSite {
  /** `now()` in ticks. */
  now: bigint;
  /** Throws a KqlError placed at argument `argument`, or at the call itself. */
  fail(code: QueryErrorCode, message: string, argument?: number): never;
  /** Adds a sentence to the answer's notes, once. */
  note(text: string): void;
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
  /** The source text of each argument when it is a plain column name, for the default names of results. */
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
