import type { Expr } from '../expr';
import { toText } from '../functions/convert';

const paths = new WeakMap<Expr, { base: Expr; path: string }>();

/** Notes that `expr` is the value at `path`, the SQL of a JSON path, inside `base`. */
export function rememberPath(expr: Expr, base: Expr, path: string): void {
  paths.set(expr, { base, path });
}

const texts = new WeakMap<Expr, Expr>();

/** Notes that `expr` is what `parse_json` makes of a text. */
export function rememberJsonText(expr: Expr, text: Expr): void {
  texts.set(expr, text);
}

export function jsonTextOf(expr: Expr): Expr | undefined {
  return texts.get(expr);
}

/** SQL of the value at `path`. A text that is parsed for this path alone is not turned into JSON as a whole first. */
export function pathValue(base: Expr, path: string): string {
  const text = texts.get(base);
  return text ? `kql_text_get(${text.sql}, ${path})` : `kql_get(${base.sql}, ${path})`;
}

/** The text of a path's value without the detour over JSON, where `expr` is a path. */
export function pathText(expr: Expr): Expr | undefined {
  const found = paths.get(expr);
  if (!found) return undefined;
  const { base, path } = found;
  const text = texts.get(base);
  const sql = text ? `kql_text_get_text(${text.sql}, ${path})` : `kql_get_text(${base.sql}, ${path})`;
  return { sql, type: 'string' };
}

/** SQL of any value as text, by the shortest way. */
export function textSql(expr: Expr): string {
  return pathText(expr)?.sql ?? toText(expr);
}
