import type { ColumnType } from '../ports/query-engine';
import type { NamedExpr } from './expr';
import { quoteName } from './sql-text';

export interface RelationColumn {
  name: string;
  type: ColumnType;
  /** The column in SQL, quoted. SQL ignores case and Kusto does not, so that it may differ from `name`. */
  sql: string;
  /** The name it had in the tables of a union that holds the name once for each type, such as x of x_long and x_string. */
  original?: string;
  /** The column with the text that this one is parsed from. While that very object is among the rows' columns, paths may read it directly. */
  jsonText?: RelationColumn;
}

/** A table that is being compiled. `from` can stand behind FROM and yields exactly `columns`, in their order. */
export interface Relation {
  from: string;
  columns: RelationColumn[];
  /** The rows come in an order that `sort`, `top` or `serialize` gave and later operators keep. */
  sorted: boolean;
  /** A column beyond `columns` that says the place of a row: inside a subquery that runs per row, where SQL keeps no order. */
  ordinal?: string | undefined;
  /** Name of the base table, where the relation is one: for `withsource`. */
  table?: string;
  /** The rows are a graph, not a table: only operators of graphs can follow, and `from` refuses. */
  graph?: Graph;
}

/** Both sides are names of common table expressions. */
export interface Graph {
  /** Has `"kql:id"`, a number for each node, and `"kql:key"`, the value the query knows it by, besides the columns. */
  nodes: { from: string; columns: RelationColumn[] };
  /** Has `"kql:edge"`, a number for each edge, and `"kql:from"` and `"kql:to"`, ids of nodes, besides the columns. */
  edges: { from: string; columns: RelationColumn[] };
  keyType: ColumnType;
}

/** Names that the compiler's own SQL gives to parameters of lambdas: a column of such a name would be taken for them. */
const reserved = /^kql_/i;

/** Gives every column a name in SQL that no other has, whatever the case. */
export function nameColumns(
  columns: { name: string; type: ColumnType }[],
  taken: RelationColumn[] = [],
): RelationColumn[] {
  const used = new Set(taken.map((column) => column.sql.toLowerCase()));
  return columns.map(({ name, type }) => {
    let sql = quoteName(reserved.test(name) ? `${name}:1` : name);
    for (let i = 2; used.has(sql.toLowerCase()); i++) sql = quoteName(`${name}:${i}`);
    used.add(sql.toLowerCase());
    return { name, type, sql };
  });
}

/** `SELECT items FROM source tail` as a relation. */
export function selectFrom(
  source: string,
  items: NamedExpr[],
  options: { tail?: string; order?: Pick<Relation, 'sorted' | 'ordinal'>; distinct?: boolean } = {},
): Relation {
  const columns = nameColumns(items.map((item) => ({ name: item.name, type: item.expr.type })));
  const list = items.map((item, i) => aliased(item.expr.sql, columns[i]?.sql ?? ''));
  const ordinal = options.order?.ordinal;
  if (ordinal !== undefined) list.push(ordinal);
  const from = `(SELECT ${options.distinct ? 'DISTINCT ' : ''}${list.join(', ')} FROM ${source}${options.tail ? ` ${options.tail}` : ''})`;
  return { from, columns, sorted: options.order?.sorted ?? false, ordinal };
}

/** The same columns, other rows: `SELECT * FROM relation tail`. */
export function filtered(relation: Relation, tail: string, sorted = relation.sorted): Relation {
  return {
    from: `(SELECT * FROM ${relation.from} ${tail})`,
    columns: relation.columns,
    sorted,
    ordinal: relation.ordinal,
  };
}

/** `sql AS name`, or `sql` alone where it says the same. */
export function aliased(sql: string, name: string): string {
  return sql === name ? sql : `${sql} AS ${name}`;
}

/** The columns of a relation as expressions over it. */
export function columnExprs(columns: RelationColumn[], alias?: string): NamedExpr[] {
  return columns.map(({ name, type, sql }) => ({ name, expr: { sql: alias ? `${alias}.${sql}` : sql, type } }));
}

/** A column of the row that a subquery runs for. */
const outerRow = /"kql:(outer|keys)\d+"\./;

/** Whether the SQL names a column of the row that it runs for: it cannot move out of the subquery, and DuckDB lacks some joins there. */
export function dependsOnRow(sql: string): boolean {
  return outerRow.test(sql);
}
