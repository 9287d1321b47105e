import type { ColumnType } from '../../ports/query-engine';
import { columnType } from '../column-type';
import type { Context, Environment } from '../context';
import type { Expr } from '../expr';
import { scalarsBeside } from '../expressions/scalar-beside';
import { convert, isNumber } from '../functions/convert';
import { kindOf, listOf, optionalPart, parameterText, part, type SyntaxNode, simpleName, sourceText } from '../kusto';
import { createProjection } from '../projection';
import { filtered, nameColumns, type Relation, selectFrom } from '../relation';
import { resultName } from '../result-name';
import { createRowSource } from '../row-source';
import type { Operator } from './define-operator';
import { rowCount } from './take';

export const mvExpand: Operator = {
  name: 'mv-expand',
  kind: 'MvExpandOperator',
  difference:
    'Kusto keeps datetimes, timespans and guids as such inside a dynamic; here they are texts, which `to typeof` reads',
  prelude: [
    `CREATE OR REPLACE MACRO kql_key_path(key) AS '/' || replace(replace(key, '~', '~0'), '/', '~1')`,
    `CREATE OR REPLACE MACRO kql_items(j) AS CASE json_type(j)
      WHEN 'ARRAY' THEN json_transform(j, '["JSON"]')
      WHEN 'OBJECT' THEN list_transform(json_keys(j), lambda kql_key: json_object(kql_key, json_extract(j, kql_key_path(kql_key))))
      ELSE [j] END`,
    `CREATE OR REPLACE MACRO kql_pairs(j) AS CASE json_type(j)
      WHEN 'OBJECT' THEN list_transform(json_keys(j), lambda kql_key: json_array(kql_key, json_extract(j, kql_key_path(kql_key))))
      ELSE kql_items(j) END`,
    `CREATE OR REPLACE MACRO kql_has_items(j) AS coalesce(NOT regexp_full_match(j::VARCHAR, '\\s*(?:\\[\\s*\\]|\\{\\s*\\})\\s*'), true)`,
  ],
  compile: (node, input, env, context) => expand(node, input, env, context, false),
};

/** The rows that are not lost in the expansion: an empty array or bag gives no row, null gives one. */
export function withItems(node: SyntaxNode, input: Relation, env: Environment, context: Context): Relation {
  const scope = { columns: input.columns, env };
  const tests = listOf(node, 'Expressions').map(
    (one) => `kql_has_items(${convert(context.expression(arrayOf(one), scope), 'dynamic').sql})`,
  );
  return filtered(input, `WHERE (${tests.join(' OR ')})`);
}

/** `mv-expand` and the expanding half of `mv-apply`: one row for each place of the arrays, which are read side by side. `numbered` rows carry their place. */
export function expand(
  node: SyntaxNode,
  input: Relation,
  env: Environment,
  context: Context,
  numbered: boolean,
): Relation {
  const rows = createRowSource(input);
  const scope = { columns: input.columns, env };
  const pairs = parameterText(node, 'kind', 'bagexpansion')?.toLowerCase() === 'array';
  const clause = optionalPart(node, 'RowLimitClause');
  const limit = clause && rowCount(part(clause, 'RowLimit'), env, context);
  const names = { env, aggregates: false, columnNames: new Set(input.columns.map((column) => column.name)) };
  const targets = listOf(node, 'Expressions').map((one) => {
    const value = convert(context.expression(arrayOf(one), scope), 'dynamic');
    const name = resultName(part(one, 'Expression'), names);
    const list = scalarsBeside({ sql: listSql(value, pairs, limit), type: 'dynamic' }, { ...scope, rows }).sql;
    return { name, list, type: typeOf(one, context) };
  });
  const index = parameterText(node, 'with_itemindex', 'withitemindex');
  const lists = targets.map((target) => target.list);
  if (index !== undefined || numbered) {
    const lengths = lists.map((list) => `len(${list})`);
    lists.push(`range(${lengths.length === 1 ? lengths[0] : `greatest(${lengths.join(', ')})`})`);
  }
  const places = nameColumns(
    lists.map((_, i) => ({ name: `kql:${i}`, type: 'dynamic' as const })),
    input.columns,
  );
  const unnested = `(SELECT *, ${lists.map((list, i) => `unnest(${list}) AS ${places[i]?.sql}`).join(', ')} FROM ${rows.from})`;
  const projection = createProjection();
  for (const { name, type, sql } of input.columns) projection.add(name, { sql, type });
  for (const [i, target] of targets.entries()) {
    const item: Expr = { sql: places[i]?.sql ?? '', type: 'dynamic' };
    projection.replace(
      target.name ?? context.unnamedColumn((name) => names.columnNames.has(name)),
      asElement(item, target.type),
    );
  }
  if (index !== undefined) projection.add(index, { sql: places[targets.length]?.sql ?? '', type: 'long' });
  const ordinal = numbered ? places[targets.length]?.sql : input.ordinal;
  return selectFrom(unnested, projection.items, { order: { sorted: numbered || input.sorted, ordinal } });
}

function arrayOf(node: SyntaxNode): SyntaxNode {
  const given = part(node, 'Expression');
  return kindOf(given) === 'SimpleNamedExpression' ? part(given, 'Expression') : given;
}

/** `to typeof(…)` casts and does not parse: a text is no number and no bool. Dates and the like are texts inside a dynamic. */
function asElement(item: Expr, type: ColumnType): Expr {
  if (!isNumber(type) && type !== 'bool') return convert(item, type);
  const cast = convert(item, type);
  return { sql: `CASE WHEN json_type(${item.sql}) <> 'VARCHAR' THEN ${cast.sql} END`, type };
}

function listSql(value: Expr, pairs: boolean, limit: string | undefined): string {
  const list = `${pairs ? 'kql_pairs' : 'kql_items'}(${value.sql})`;
  return limit === undefined ? list : `list_slice(${list}, 1, ${limit})`;
}

function typeOf(node: SyntaxNode, context: Context): ColumnType {
  const clause = optionalPart(node, 'ToTypeOf');
  if (!clause) return 'dynamic';
  const [type] = listOf(part(clause, 'TypeOf'), 'Types');
  const name = type && (kindOf(type) === 'PrimitiveTypeExpression' ? sourceText(type) : simpleName(type));
  return columnType(name ?? '') ?? context.fail(clause, 'type', `${name} is not a type`);
}
