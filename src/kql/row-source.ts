import type { ColumnType } from '../ports/query-engine';
import type { Expr, NamedExpr } from './expr';
import type { Relation } from './relation';
import { quoteName } from './sql-text';

/**
 * The rows that an operator's expressions look at. Window functions and ordered aggregates may ask for more columns than the
 * input has: an ordinal, and values that SQL must compute one level further in. Read `from` when all expressions are compiled.
 */
export interface RowSource {
  readonly from: string;
  /** True once there are more columns than the input's: `*` would give them too. */
  readonly widened: boolean;
  /** SQL of the ordinal of a row, or undefined where the rows have no order. */
  order(): string | undefined;
  stage(expr: Expr): Expr;
  /** ORDER BY for the SELECT of these columns, where computing them may have changed the order of the rows; else empty. */
  restored(items: NamedExpr[]): string;
}

export function createRowSource(input: Relation): RowSource {
  let from = input.from;
  let order: string | undefined;
  let stages = 0;
  const add = (sql: string, name: string) => {
    const quoted = quoteName(name);
    from = `(SELECT *, ${sql} AS ${quoted} FROM ${from})`;
    return quoted;
  };
  return {
    get from() {
      return from;
    },
    get widened() {
      return from !== input.from;
    },
    order() {
      if (input.ordinal !== undefined) return input.ordinal;
      if (input.sorted) order ??= add('row_number() OVER ()', 'kql:row');
      return order;
    },
    stage(expr): { sql: string; type: ColumnType } {
      return { sql: add(expr.sql, `kql:stage${++stages}`), type: expr.type };
    },
    restored(items) {
      const mixed = [from, ...items.map((item) => item.expr.sql)].some((sql) => sql.includes('PARTITION BY'));
      return order !== undefined && mixed ? `ORDER BY ${order}` : '';
    },
  };
}
