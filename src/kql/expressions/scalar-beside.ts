import type { Scope } from '../context';
import type { Expr } from '../expr';

/** Texts in quotes, which stay as they are, and the values of `toscalar`. */
const scalars = /'(?:[^']|'')*'|\(SELECT value FROM "kql:\d+"\)/g;
/** Lambdas, also those that macros of ours may hold. */
const lambdas = /\blambda\b|\bkql_\w+\(/;

/** SQL has no subqueries inside lambdas: where a function's SQL may hold one, the values of `toscalar` become columns of the rows. */
export function scalarsBeside(expr: Expr, scope: Scope): Expr {
  const { rows } = scope;
  if (!rows || !expr.sql.includes('(SELECT value FROM "kql:') || !lambdas.test(expr.sql)) return expr;
  const columns = new Map<string, string>();
  const beside = (found: string) => {
    if (found.startsWith("'")) return found;
    const column = columns.get(found) ?? rows.stage({ sql: found, type: expr.type }).sql;
    columns.set(found, column);
    return column;
  };
  return { ...expr, sql: expr.sql.replace(scalars, beside) };
}

/** SQL's aggregates take no windows: a value that reads other rows becomes a column of the rows first. */
export function windowBeside(expr: Expr, { rows }: Scope): Expr {
  if (!rows || !/\bOVER \(/.test(expr.sql.replace(/'(?:[^']|'')*'/g, ''))) return expr;
  return rows.stage(expr);
}
