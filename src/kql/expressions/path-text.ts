import type { Expr } from '../expr';

const paths = new WeakMap<Expr, { base: Expr; path: string }>();

/** Notes that `expr` is the value at `path`, the SQL of a JSON path, inside `base`. */
export function rememberPath(expr: Expr, base: Expr, path: string): void {
  paths.set(expr, { base, path });
}

/** The text of a path's value without the detour over JSON, where `expr` is a path. */
export function pathText(expr: Expr): Expr | undefined {
  const path = paths.get(expr);
  return path && { sql: `kql_get_text(${path.base.sql}, ${path.path})`, type: 'string' };
}
