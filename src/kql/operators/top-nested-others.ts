import type { Context } from '../context';
import { sqlTypes } from '../functions/literal';
import type { Relation, RelationColumn } from '../relation';
import type { Level } from './top-nested-level';

/** The level from which on a row counts among the others; null for a row that is in the top of every level so far. */
const rest = '"kql:rest"';
const keyAt = (i: number) => `"kql:k${i}"`;
const valueAt = (i: number) => `"kql:v${i}"`;

/**
 * `top-nested … with others = …`: each row of the input carries its key and the value of its group for every level, so that the
 * rows left over at a level can be aggregated themselves. A level below others shows its own others, or nothing.
 */
export function withOthers(levels: Level[], columns: RelationColumn[], rows: Relation, context: Context): Relation {
  let source = context.define(`(SELECT *, NULL::INTEGER AS ${rest} FROM ${rows.from})`, false);
  for (const [i, level] of levels.entries()) source = context.define(assigned(level, i, source), true);
  const shown = levels.map(
    (_, i) => `${keyAt(i)} AS ${columns[2 * i]?.sql}, ${valueAt(i)} AS ${columns[2 * i + 1]?.sql}`,
  );
  const top = `SELECT DISTINCT ${shown.join(', ')} FROM ${source} WHERE ${rest} IS NULL`;
  const left = levels.flatMap((level, i) =>
    level.others === undefined ? [] : [aggregated(levels, i, columns, source)],
  );
  return { from: `(${[top, ...left].join(' UNION ALL ')})`, columns, sorted: false };
}

/** The rows of the levels above with this level's key and value; those that reach neither its top nor its others are gone. */
function assigned(level: Level, place: number, source: string): string {
  const above = Array.from({ length: place }, (_, i) => keyAt(i));
  const key = level.key.sql;
  const groups = [...above, key].map((_, i) => i + 1).join(', ');
  const grouped = `(SELECT ${[...above, `${key} AS ${keyAt(place)}`].join(', ')}, ${level.value.sql} AS ${valueAt(place)} FROM ${source} WHERE ${rest} IS NULL GROUP BY ${groups})`;
  const within = above.length > 0 ? `PARTITION BY ${above.join(', ')} ` : '';
  const cut =
    level.limit === undefined
      ? ''
      : ` QUALIFY row_number() OVER (${within}ORDER BY ${valueAt(place)} ${level.order}) <= ${level.limit}`;
  const tops = `(SELECT *, true AS "kql:top" FROM ${grouped}${cut})`;
  const keyed = `(SELECT *, ${key} AS "kql:key" FROM ${source})`;
  const meets = [
    `s.${rest} IS NULL`,
    `s."kql:key" IS NOT DISTINCT FROM t.${keyAt(place)}`,
    ...above.map((one) => `s.${one} IS NOT DISTINCT FROM t.${one}`),
  ].join(' AND ');
  const other = level.others ?? `NULL::${sqlTypes[level.key.type]}`;
  const list = [
    's.* EXCLUDE ("kql:key", "kql:rest")',
    `CASE WHEN t."kql:top" THEN s."kql:key" ELSE ${other} END AS ${keyAt(place)}`,
    `t.${valueAt(place)}`,
    `CASE WHEN t."kql:top" THEN NULL ELSE coalesce(s.${rest}, ${place}) END AS ${rest}`,
  ];
  const kept = level.others === undefined ? ` WHERE t."kql:top" OR s.${rest} IS NOT NULL` : '';
  return `(SELECT ${list.join(', ')} FROM ${keyed} AS s LEFT JOIN ${tops} AS t ON ${meets}${kept})`;
}

/** One row for the others of a level, for each group of the levels above. */
function aggregated(levels: Level[], from: number, columns: RelationColumn[], source: string): string {
  const list = levels.map((level, i) => {
    const value =
      i < from ? valueAt(i) : level.others === undefined ? `NULL::${sqlTypes[level.value.type]}` : level.value.sql;
    const key = i < from || level.others !== undefined ? keyAt(i) : level.key.type === 'string' ? `''` : keyAt(i);
    return `${key} AS ${columns[2 * i]?.sql}, ${value} AS ${columns[2 * i + 1]?.sql}`;
  });
  const groups = levels.flatMap((_, i) => (i < from ? [keyAt(i), valueAt(i)] : [keyAt(i)]));
  return `SELECT ${list.join(', ')} FROM ${source} WHERE ${rest} = ${from} GROUP BY ${groups.join(', ')}`;
}
