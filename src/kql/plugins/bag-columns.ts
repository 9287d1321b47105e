import type { Column, ColumnType } from '../../ports/query-engine';
import { columnType } from '../column-type';
import type { Context } from '../context';
import type { SyntaxNode } from '../kusto';

/** A table that a plugin widens is refused past this many columns: far more than a person reads or a query names. */
export const mostColumns = 1_000;

/** Written as bag_pack() writes a datetime, to the tick. */
const packedTime = '\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{7}Z';

/** The type of a JSON value as a column; null says nothing about it. */
const typeOfValue = `CASE json_type(v)
  WHEN 'VARCHAR' THEN CASE WHEN regexp_full_match(v->>'$', '${packedTime}') THEN 'datetime' ELSE 'string' END
  WHEN 'BIGINT' THEN 'long'
  WHEN 'UBIGINT' THEN CASE WHEN try_cast(v::VARCHAR AS BIGINT) IS NULL THEN 'real' ELSE 'long' END
  WHEN 'DOUBLE' THEN 'real'
  WHEN 'BOOLEAN' THEN 'bool'
  WHEN 'NULL' THEN NULL
  ELSE 'dynamic' END`;

/** The keys of all bags by name, each with the type of its values; undefined where no data may be read. */
export function bagColumns(
  node: SyntaxNode,
  { bag, from }: { bag: string; from: string },
  context: Context,
): Column[] | undefined {
  const slots = `SELECT unnest(kql_bag_keys(b)) AS k, unnest(kql_bag_values(b)) AS v FROM (SELECT ${bag} AS b FROM ${from})`;
  const answer = context.ask(node, {
    kind: 'rows',
    sql: `SELECT k, string_agg(DISTINCT ${typeOfValue}, ',') FROM (${slots}) WHERE k <> '' GROUP BY k ORDER BY k`,
    columns: [
      { name: 'key', type: 'string' },
      { name: 'types', type: 'string' },
    ],
    most: mostColumns + 1,
  });
  if (answer.kind === 'unknown') return undefined;
  return answer.rows
    .map(([key, types]) => ({ name: String(key), type: oneType(String(types).split(',')) }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

function oneType(types: string[]): ColumnType {
  const [first = '', ...others] = types;
  if (others.length === 0) return columnType(first) ?? 'dynamic';
  return types.every((one) => one === 'datetime' || one === 'string') ? 'string' : 'dynamic';
}
