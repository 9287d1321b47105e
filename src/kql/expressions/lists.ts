import type { Context, Scope } from '../context';
import type { Expr, Json } from '../expr';
import { convert, toText } from '../functions/convert';
import { literal } from '../functions/literal';
import { quoteText } from '../functions/quote-text';
import { listOf, part, type SyntaxNode } from '../kusto';
import { comparable, lowered, mayBeNull } from './comparisons';
import { textSql } from './path-text';
import { allTermsTest, stringTest, termTest } from './string-operators';
import { rememberTextTest } from './tests-of-text';

/** The kinds of `in` and its relatives. `InCsExpression` is `in~`: the parser's names mislead. */
export const inOperators: Record<string, { negated: boolean; cased: boolean }> = {
  InExpression: { negated: false, cased: true },
  InCsExpression: { negated: false, cased: false },
  NotInExpression: { negated: true, cased: true },
  NotInCsExpression: { negated: true, cased: false },
};

/** What stands behind `in`, `has_any` and `has_all`: values, arrays of values, and the first column of tables. */
interface Members {
  values: Expr[];
  arrays: string[];
  tables: { from: string; column: Expr }[];
}

function members(node: SyntaxNode, scope: Scope, context: Context): Members {
  const found: Members = { values: [], arrays: [], tables: [] };
  for (const item of listOf(part(node, 'Right'), 'Expressions')) {
    if (context.isTabular(item, scope.env)) {
      const relation = context.tabular(item, scope.env);
      const [column] = relation.columns;
      if (column) found.tables.push({ from: relation.from, column: { sql: column.sql, type: column.type } });
      continue;
    }
    const value = context.expression(item, scope);
    const known = value.constant?.value;
    if (value.type === 'dynamic' && Array.isArray(known)) found.values.push(...known.map(fromJson));
    else if (value.type === 'dynamic' && known === undefined) found.arrays.push(value.sql);
    else found.values.push(value);
  }
  return found;
}

function fromJson(value: Json): Expr {
  if (typeof value === 'string') return literal(value, 'string');
  if (typeof value === 'boolean') return literal(value, 'bool');
  if (typeof value === 'number')
    return Number.isInteger(value) ? literal(BigInt(value), 'long') : literal(value, 'real');
  return literal(value, 'dynamic');
}

export function compileIn(
  { negated, cased }: { negated: boolean; cased: boolean },
  node: SyntaxNode,
  scope: Scope,
  context: Context,
  exact: boolean,
): Expr {
  const value = context.expression(part(node, 'Left'), scope);
  const list = members(node, scope, context);
  const tests = [
    ...valueTests(value, list.values, cased),
    ...list.arrays.map((array) => arrayTest(value, array, cased)),
    ...list.tables.map((table) => tableTest(value, table, cased)),
  ];
  const any = tests.length === 0 ? 'false' : `(${tests.join(' OR ')})`;
  const sure = (exact || negated) && (mayBeNull(value) || list.arrays.length > 0) ? `coalesce(${any}, false)` : any;
  return { sql: negated ? `(NOT ${sure})` : sure, type: 'bool' };
}

/** Values grouped by the form that the left side takes beside them, so that one IN serves each group. */
function valueTests(value: Expr, values: Expr[], cased: boolean): string[] {
  const groups = new Map<string, string[]>();
  for (const candidate of values) {
    if (candidate.constant?.value === null) continue;
    const [left, right] = cased ? comparable(value, candidate) : [{ sql: lowered(value) }, { sql: lowered(candidate) }];
    const group = groups.get(left.sql) ?? [];
    group.push(right.sql);
    groups.set(left.sql, group);
  }
  return [...groups].map(([left, rights]) => `${left} IN (${rights.join(', ')})`);
}

function arrayTest(value: Expr, array: string, cased: boolean): string {
  const texts = `json_transform(${array}, '["VARCHAR"]')`;
  if (!cased) return `list_contains(list_transform(${texts}, lambda kql_item: lower(kql_item)), ${lowered(value)})`;
  if (value.type === 'string' || value.type === 'dynamic') return `list_contains(${texts}, ${toText(value)})`;
  const item = convert({ sql: 'kql_item', type: 'string' }, value.type).sql;
  return `list_contains(list_transform(${texts}, lambda kql_item: ${item}), ${value.sql})`;
}

function tableTest(value: Expr, { from, column }: { from: string; column: Expr }, cased: boolean): string {
  const [left, right] = cased ? comparable(value, column) : [{ sql: lowered(value) }, { sql: lowered(column) }];
  const tail = mayBeNull(column) ? ` WHERE ${right.sql} IS NOT NULL` : '';
  return `${left.sql} IN (SELECT ${right.sql} FROM ${from}${tail})`;
}

/** `has_any` and `has_all`. */
export function compileHasList(all: boolean, node: SyntaxNode, scope: Scope, context: Context): Expr {
  const value = context.expression(part(node, 'Left'), scope);
  const list = members(node, scope, context);
  const text = lowered(value);
  const known = list.values
    .filter((one) => one.constant !== undefined)
    .map((one) => String(one.constant?.value ?? '').toLowerCase());
  const unknown = list.values.filter((one) => one.constant === undefined);
  const tests = all
    ? known.length > 0
      ? [allTermsTest(text, known)]
      : []
    : known.length > 0
      ? [termTest(text, known, 'Has')]
      : [];
  for (const one of unknown) tests.push(stringTest('Has', value, one, false));
  for (const array of list.arrays) {
    const fit = `list_filter(json_transform(${array}, '["VARCHAR"]'), lambda kql_item: kql_has(${text}, lower(kql_item)))`;
    tests.push(all ? `coalesce(len(${fit}) = json_array_length(${array}), false)` : `coalesce(len(${fit}) > 0, false)`);
  }
  for (const { from, column } of list.tables) {
    const has = `kql_has(${text}, kql_item)`;
    const terms = `(SELECT ${lowered(column)} AS kql_item FROM ${from})`;
    tests.push(
      all ? `(NOT EXISTS (SELECT 1 FROM ${terms} WHERE NOT ${has}))` : `EXISTS (SELECT 1 FROM ${terms} WHERE ${has})`,
    );
  }
  const result: Expr = {
    sql: tests.length === 0 ? String(all) : `(${tests.join(all ? ' AND ' : ' OR ')})`,
    type: 'bool',
  };
  const [longest] = [...known].sort((a, b) => b.length - a.length);
  if (!longest || tests.length > 1 || known.includes('')) return result;
  if (all || known.length === 1)
    return rememberTextTest(result, {
      text: textSql(value),
      found: `contains(${text}, ${quoteText(longest)})`,
      length: longest.length,
    });
  // Many searches beside each other are dear: any other test of the text comes first.
  const found = known.map((term) => `contains(${text}, ${quoteText(term)})`).join(' OR ');
  return rememberTextTest(result, { text: textSql(value), found: `(${found})`, length: 0 });
}
