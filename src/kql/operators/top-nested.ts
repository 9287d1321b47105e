import { listOf } from '../kusto';
import { nameColumns, type Relation } from '../relation';
import type { Operator } from './define-operator';
import { type Level, levelOf } from './top-nested-level';
import { withOthers } from './top-nested-others';

export const topNested: Operator = {
  name: 'top-nested',
  kind: 'TopNestedOperator',
  difference:
    'where nothing is left over, `with others` adds no row; the documentation does not say what Kusto does there',
  compile(node, input, env, context) {
    const rows: Relation = { ...input, from: context.define(input.from, false) };
    const levels = listOf(node, 'Clauses').map((clause) => levelOf(clause, rows, env, context));
    const columns = nameColumns(levels.flatMap((level) => [level.key, level.value]));
    if (levels.some((level) => level.others !== undefined)) return withOthers(levels, columns, rows, context);
    let above: string | undefined;
    for (const [i, level] of levels.entries()) above = descend(level, i, rows.from, levels, above);
    const list = columns.map((column, i) => `${i % 2 === 0 ? keyAt(i / 2) : valueAt((i - 1) / 2)} AS ${column.sql}`);
    return { from: `(SELECT ${list.join(', ')} FROM ${above})`, columns, sorted: false };
  },
};

const keyAt = (level: number) => `"kql:k${level}"`;
const valueAt = (level: number) => `"kql:v${level}"`;

/** The best keys of one level for each group of the level above, with the columns of the levels above in front. */
function descend(level: Level, place: number, rows: string, levels: Level[], above: string | undefined): string {
  const places = Array.from({ length: place }, (_, i) => i);
  const inherited = places.flatMap((i) => [`a.${keyAt(i)}`, `a.${valueAt(i)}`]);
  const parts = levels.slice(0, place + 1).map((one, i) => `${one.key.sql} AS "kql:key${i}"`);
  const source = `(SELECT *, ${parts.join(', ')} FROM ${rows}) AS s`;
  const meets = places.map((i) => `s."kql:key${i}" IS NOT DISTINCT FROM a.${keyAt(i)}`).join(' AND ');
  const own = [`s."kql:key${place}" AS ${keyAt(place)}`, `${level.value.sql} AS ${valueAt(place)}`];
  const groups = Array.from({ length: inherited.length + 1 }, (_, i) => i + 1).join(', ');
  const from = above === undefined ? source : `${source} JOIN ${above} AS a ON ${meets}`;
  const grouped = `(SELECT ${[...inherited, ...own].join(', ')} FROM ${from} GROUP BY ${groups})`;
  if (level.limit === undefined) return grouped;
  const within = place > 0 ? `PARTITION BY ${places.map(keyAt).join(', ')} ` : '';
  return `(SELECT * FROM ${grouped} QUALIFY row_number() OVER (${within}ORDER BY ${valueAt(place)} ${level.order}) <= ${level.limit})`;
}
