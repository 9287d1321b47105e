import type { ColumnType } from '../../ports/query-engine';
import type { Context, Scope } from '../context';
import type { Expr } from '../expr';
import { convert, isNumber } from '../functions/convert';
import { part, type SyntaxNode } from '../kusto';
import { textSql } from './path-text';

export const orderings: Record<string, string> = {
  LessThanExpression: '<',
  LessThanOrEqualExpression: '<=',
  GreaterThanExpression: '>',
  GreaterThanOrEqualExpression: '>=',
};

/** Two dynamics: numbers by value, everything else by its text. */
export const comparisonPrelude = [
  `CREATE OR REPLACE MACRO kql_number(j) AS CASE WHEN json_type(j) IN ('UBIGINT', 'BIGINT', 'DOUBLE') THEN try_cast(j->>'$' AS DOUBLE) END`,
  `CREATE OR REPLACE MACRO kql_same(a, b) AS coalesce(kql_number(a) = kql_number(b), json(a) = json(b))`,
];

export function compileOrdering(operator: string, node: SyntaxNode, scope: Scope, context: Context): Expr {
  const [left, right] = comparable(
    context.expression(part(node, 'Left'), scope),
    context.expression(part(node, 'Right'), scope),
  );
  if (left.type === 'dynamic' && right.type === 'dynamic') {
    const numbers = `kql_number(${left.sql}) ${operator} kql_number(${right.sql})`;
    return { sql: `coalesce(${numbers}, (${left.sql}->>'$') ${operator} (${right.sql}->>'$'))`, type: 'bool' };
  }
  const plain = `${left.sql} ${operator} ${right.sql}`;
  const greater = operator.startsWith('>') ? left : right;
  return { sql: mayBeNaN(greater) ? `(${plain} AND NOT isnan(${greater.sql}))` : `(${plain})`, type: 'bool' };
}

/** SQL takes NaN for the greatest number, Kusto for none that compares. */
function mayBeNaN({ type, constant }: Expr): boolean {
  return type === 'real' && !(typeof constant?.value === 'number' && Number.isFinite(constant.value));
}

/** `==` and `!=`. Kusto's answer is false where one side is null, and null where both are; `exact` false allows null for false. */
export function compileEquality(
  negated: boolean,
  node: SyntaxNode,
  scope: Scope,
  context: Context,
  exact: boolean,
): Expr {
  const [left, right] = comparable(
    context.expression(part(node, 'Left'), scope),
    context.expression(part(node, 'Right'), scope),
  );
  return { sql: equality(negated, left, right, exact), type: 'bool' };
}

function equality(negated: boolean, left: Expr, right: Expr, exact: boolean): string {
  const [a, b] = [left.sql, right.sql];
  if (left.type === 'dynamic') {
    const same = `kql_same(${a}, ${b})`;
    if (!exact && !negated) return same;
    const total = `coalesce(${same}, (${a} IS NULL) = (${b} IS NULL))`;
    const found = exact ? `(CASE WHEN ${a} IS NULL AND ${b} IS NULL THEN NULL ELSE ${total} END)` : total;
    return negated ? `(NOT ${found})` : found;
  }
  const plain = `(${a} ${negated ? '<>' : '='} ${b})`;
  if (!mayBeNull(left) && !mayBeNull(right)) return plain;
  if (!exact && !negated) return plain;
  const total = `(${a} IS ${negated ? '' : 'NOT '}DISTINCT FROM ${b})`;
  if (!exact || !mayBeNull(left) || !mayBeNull(right)) return total;
  return `(CASE WHEN ${a} IS NULL AND ${b} IS NULL THEN NULL ELSE ${total} END)`;
}

export function mayBeNull(expr: Expr): boolean {
  if (expr.type === 'string') return false;
  return expr.constant === undefined || expr.constant.value === null;
}

/** `=~` and `!~`. */
export function compileTilde(negated: boolean, node: SyntaxNode, scope: Scope, context: Context): Expr {
  const left = context.expression(part(node, 'Left'), scope);
  const right = context.expression(part(node, 'Right'), scope);
  return { sql: `(${lowered(left)} ${negated ? '<>' : '='} ${lowered(right)})`, type: 'bool' };
}

export function lowered(expr: Expr): string {
  return `lower(${textSql(expr)})`;
}

/** `between` and `!between`, both ends included; a timespan behind a datetime is a length. */
export function compileBetween(negated: boolean, node: SyntaxNode, scope: Scope, context: Context): Expr {
  const value = context.expression(part(node, 'Left'), scope);
  const couple = part(node, 'Right');
  const low = context.expression(part(couple, 'First'), scope);
  const given = context.expression(part(couple, 'Second'), scope);
  const high: Expr =
    low.type === 'datetime' && given.type === 'timespan'
      ? { sql: `(${low.sql} + ${given.sql})`, type: 'datetime' }
      : given;
  const [from, least] = comparable(value, low);
  const [to, most] = comparable(value, high);
  const inside =
    from.sql === to.sql
      ? `(${from.sql} BETWEEN ${least.sql} AND ${most.sql})`
      : `(${from.sql} >= ${least.sql} AND ${to.sql} <= ${most.sql})`;
  return { sql: negated ? `(NOT ${inside})` : inside, type: 'bool' };
}

/** Both sides in one type that SQL can compare. */
export function comparable(left: Expr, right: Expr): [Expr, Expr] {
  if (left.type === right.type) return [left, right];
  if (isNumber(left.type) && isNumber(right.type)) return [left, right];
  if (left.type === 'dynamic') return [dynamicAs(left, right), right];
  if (right.type === 'dynamic') return [left, dynamicAs(right, left)];
  if (left.type === 'string') return [convert(left, right.type), right];
  if (right.type === 'string') return [left, convert(right, left.type)];
  const common = commonType(left.type, right.type);
  return [convert(left, common), convert(right, common)];
}

function commonType(left: ColumnType, right: ColumnType): ColumnType {
  if (left === 'bool' || right === 'bool') return 'long';
  return 'string';
}

/** A dynamic beside a whole number is compared as a real, so that 5.5 is not 5; past 2^53, where reals have gaps, as a long. */
function dynamicAs(value: Expr, other: Expr): Expr {
  if (other.type === 'string') return { sql: textSql(value), type: 'string' };
  if (other.type !== 'int' && other.type !== 'long') return convert(value, other.type);
  const known = other.constant?.value;
  const exact = typeof known === 'bigint' && (known > 9_007_199_254_740_992n || known < -9_007_199_254_740_992n);
  return convert(value, exact ? 'long' : 'real');
}
