import type { ColumnType } from '../ports/query-engine';

/**
 * How a Kusto value is held in SQL: bool BOOLEAN, int INTEGER, long BIGINT, real DOUBLE, decimal DECIMAL(38,18),
 * string VARCHAR and never NULL (Kusto has no null string: functions give '' instead), guid UUID, dynamic JSON
 * (SQL NULL for a null dynamic, never the JSON text `null`), datetime BIGINT of 100 ns ticks since 0001-01-01 UTC,
 * timespan BIGINT of 100 ns ticks.
 */
export interface Expr {
  /** Complete and parenthesised where it needs to be: safe to put inside any other expression. */
  sql: string;
  type: ColumnType;
  /** Known at compile time: a literal, or made of literals. Same forms as Cell, but ticks as bigint for datetime and timespan. */
  constant?: Constant;
}

export type Constant = { value: null | boolean | number | bigint | string | Json };
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

export interface NamedExpr {
  name: string;
  expr: Expr;
}
