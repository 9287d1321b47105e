import type { ColumnType } from '../../ports/query-engine';
import type { Context, Environment } from '../context';
import { convert } from '../functions/convert';
import { kindOf, listOf, optionalPart, part, type SyntaxNode, simpleName, sourceText } from '../kusto';
import { nameColumns, type Relation, type RelationColumn } from '../relation';
import { matchingColumns } from './column-patterns';
import type { Operator } from './define-operator';
import { graphRelation } from './graph';

export const makeGraph: Operator = {
  name: 'make-graph',
  kind: 'MakeGraphOperator',
  difference: 'where several rows describe one node, each of its properties comes from any of them, as in Kusto',
  compile(node, input, env, context) {
    const split = optionalPart(node, 'PartitionedByClause');
    if (split && sourceText(split) !== '')
      context.fail(split, 'unsupported', '`partitioned-by` of `make-graph` is not supported');
    const [source] = matchingColumns(part(node, 'SourceColumn'), input, context);
    const [target] = matchingColumns(part(node, 'TargetColumn'), input, context);
    if (!source || !target) return context.fail(node, 'syntax', '`make-graph` needs a source and a target');
    const edges = context.define(`(SELECT *, row_number() OVER () AS "kql:edge" FROM ${input.from})`, true);
    const keyType = source.type;
    const ends = [source.sql, convert({ sql: target.sql, type: target.type }, keyType).sql] as const;
    const tables = nodeTables(optionalPart(node, 'WithClause'), env, context);
    const nodes = nodesOf(node, tables, edges, ends, keyType, context);
    const linked = context.define(
      `(SELECT e.*, s."kql:id" AS "kql:from", t."kql:id" AS "kql:to" FROM (SELECT *, ${ends[0]} AS "kql:s", ${ends[1]} AS "kql:t" FROM ${edges}) AS e JOIN ${nodes.from} AS s ON s."kql:key" = e."kql:s" JOIN ${nodes.from} AS t ON t."kql:key" = e."kql:t")`,
      true,
    );
    return graphRelation(node, { nodes, edges: { from: linked, columns: input.columns }, keyType }, context);
  },
};

interface NodeTable {
  /** Undefined for `with_node_id`, which names a column and has no rows. */
  rows: Relation | undefined;
  key: RelationColumn;
}

function nodeTables(clause: SyntaxNode | undefined, env: Environment, context: Context): NodeTable[] {
  if (!clause) return [];
  if (kindOf(clause) === 'MakeGraphWithImplicitIdClause') {
    const [key] = nameColumns([{ name: simpleName(part(clause, 'Name')), type: 'dynamic' }]);
    return key ? [{ rows: undefined, key }] : [];
  }
  return listOf(clause, 'TablesAndKeys').map((one) => {
    const rows = context.tabular(part(one, 'Table'), env);
    const [key] = matchingColumns(part(one, 'Column'), rows, context);
    return { rows, key: key ?? context.fail(one, 'syntax', '`with` needs a table and its key') };
  });
}

/** One row for each key of the edges and of the tables; the properties that a key has no row for are empty, but for the key itself. */
function nodesOf(
  node: SyntaxNode,
  tables: NodeTable[],
  edges: string,
  ends: readonly [string, string],
  keyType: ColumnType,
  context: Context,
): { from: string; columns: RelationColumn[] } {
  const described = tables.flatMap(({ rows, key }, i) => {
    if (!rows) return [];
    const keySql = convert({ sql: key.sql, type: key.type }, keyType).sql;
    const values = rows.columns.map((column) => `any_value(${column.sql}) AS ${column.sql}`);
    const from = context.define(
      `(SELECT ${[`${keySql} AS "kql:key"`, ...values].join(', ')} FROM ${rows.from} WHERE ${keySql} IS NOT NULL GROUP BY 1)`,
      true,
    );
    return [{ from, alias: `t${i}`, rows, key }];
  });
  const keys = [
    ...ends.map((end, i) => `SELECT ${end} AS k, min("kql:edge") * 2 + ${i} AS place FROM ${edges} GROUP BY 1`),
    ...described.map(({ from }) => `SELECT "kql:key" AS k, 9223372036854775807 AS place FROM ${from}`),
  ].join(' UNION ALL ');
  const names = new Map<string, { type: ColumnType; values: string[] }>();
  const missing = described.map(({ alias }) => `${alias}."kql:key" IS NULL`).join(' AND ');
  for (const { rows, key, alias } of described) {
    for (const column of rows.columns) {
      const own = `${alias}.${column.sql}`;
      const value =
        column === key
          ? `coalesce(${own}, CASE WHEN ${missing} THEN ${convert({ sql: 'i."kql:key"', type: keyType }, column.type).sql} END)`
          : own;
      const known = names.get(column.name);
      if (known && known.type !== column.type)
        context.fail(node, 'type', `two tables of nodes give ${column.name} different types`);
      if (known) known.values.push(value);
      else names.set(column.name, { type: column.type, values: [value] });
    }
  }
  for (const { rows, key } of tables) if (!rows) names.set(key.name, { type: keyType, values: ['i."kql:key"'] });
  const columns = nameColumns([...names].map(([name, { type }]) => ({ name, type })));
  const list = [...names.values()].map(({ type, values }, i) => {
    const value =
      type === 'string'
        ? `coalesce(${values.join(', ')}, '')`
        : values.length > 1
          ? `coalesce(${values.join(', ')})`
          : values[0];
    return `${value} AS ${columns[i]?.sql}`;
  });
  const joins = described
    .map(({ from, alias }) => ` LEFT JOIN ${from} AS ${alias} ON ${alias}."kql:key" = i."kql:key"`)
    .join('');
  const ids = `(SELECT k AS "kql:key", row_number() OVER (ORDER BY min(place), k) AS "kql:id" FROM (${keys}) WHERE k IS NOT NULL GROUP BY k)`;
  const from = context.define(
    `(SELECT ${['i."kql:id"', 'i."kql:key"', ...list].join(', ')} FROM ${ids} AS i${joins})`,
    true,
  );
  return { from, columns };
}
