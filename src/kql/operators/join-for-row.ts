import type { Context } from '../context';
import type { SyntaxNode } from '../kusto';
import { columnExprs, type Relation, selectFrom } from '../relation';
import type { JoinKey } from './join-keys';
import { onKeys, sideColumns, uniqueByKey, uniqueNames } from './join-rows';

interface Sides {
  left: Relation;
  right: Relation;
  keys: JoinKey[];
}

/** A join inside a subquery that runs per row: said with inner and left joins alone, because DuckDB has no others there. */
export function joinForRow(
  node: SyntaxNode,
  kind: { name: string; sql: string; only?: 'left' | 'right' },
  { left, right, keys }: Sides,
  context: Context,
): Relation {
  const on = onKeys(keys);
  if (kind.only) {
    const [kept, keptAlias, other, alias] = kind.only === 'left' ? [left, 'l', right, 'r'] : [right, 'r', left, 'l'];
    const columns = keys.map((key) => (kind.only === 'left' ? key.right : key.left).sql);
    const met = `(SELECT DISTINCT ${[...columns, 'true AS "kql:met"'].join(', ')} FROM ${other.from})`;
    const wanted = kind.sql === 'SEMI JOIN' ? 'IS NOT NULL' : 'IS NULL';
    return selectFrom(
      `${kept.from} AS ${keptAlias} LEFT JOIN ${met} AS ${alias} ON ${on}`,
      columnExprs(kept.columns, keptAlias),
      { tail: `WHERE ${alias}."kql:met" ${wanted}` },
    );
  }
  if (kind.name === 'fullouter')
    return context.fail(node, 'unsupported', '`join kind=fullouter` is not supported inside a subquery for each row');
  const first = kind.name === 'innerunique' ? uniqueByKey(left, keys) : left.from;
  const from =
    kind.name === 'rightouter'
      ? `${right.from} AS r LEFT JOIN ${left.from} AS l ON ${on}`
      : `${first} AS l ${kind.sql} ${right.from} AS r ON ${on}`;
  const items = uniqueNames([
    ...sideColumns(left.columns, 'l', kind.name === 'rightouter'),
    ...sideColumns(right.columns, 'r', kind.name === 'leftouter'),
  ]);
  return selectFrom(from, items);
}
