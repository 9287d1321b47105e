import type { NamedExpr } from '../expr';
import { comparable } from '../expressions/comparisons';
import type { Relation, RelationColumn } from '../relation';
import type { JoinKey } from './join-keys';

/** The condition over the aliases `l` and `r`; SQL's `=`, so that null keys meet nothing. */
export function onKeys(keys: JoinKey[]): string {
  const tests = keys.map(({ left, right }) => {
    const [a, b] = comparable({ sql: `l.${left.sql}`, type: left.type }, { sql: `r.${right.sql}`, type: right.type });
    return `${a.sql} = ${b.sql}`;
  });
  return tests.length === 0 ? 'true' : tests.join(' AND ');
}

/** Columns of one side. Kusto has no null string: the side that an outer join leaves empty gives ''. */
export function sideColumns(columns: RelationColumn[], alias: 'l' | 'r', outer: boolean): NamedExpr[] {
  return columns.map(({ name, type, sql }) => {
    const column = `${alias}.${sql}`;
    return { name, expr: { sql: outer && type === 'string' ? `coalesce(${column}, '')` : column, type } };
  });
}

/** A name that occurs again gets a number behind it, one that no column has: c, c, c1 become c, c2, c1. */
export function uniqueNames(items: NamedExpr[]): NamedExpr[] {
  const taken = new Set(items.map((item) => item.name));
  const seen = new Set<string>();
  const last = new Map<string, number>();
  return items.map((item) => {
    if (!seen.has(item.name)) {
      seen.add(item.name);
      return item;
    }
    let suffix = (last.get(item.name) ?? 0) + 1;
    while (taken.has(`${item.name}${suffix}`)) suffix++;
    last.set(item.name, suffix);
    taken.add(`${item.name}${suffix}`);
    return { ...item, name: `${item.name}${suffix}` };
  });
}

/** One row of the left side for each key. */
export function uniqueByKey(relation: Relation, keys: JoinKey[]): string {
  return `(SELECT DISTINCT ON (${keys.map((key) => key.left.sql).join(', ')}) * FROM ${relation.from})`;
}
