import type { Expr } from '../expr';
import { allHold } from '../expressions/tests-of-text';
import { part } from '../kusto';
import { columnExprs, filtered, type Relation, selectFrom } from '../relation';
import { createRowSource } from '../row-source';
import type { Operator } from './define-operator';

/** What a relation that `where` gave was filtered by, for the next `where`: DuckDB runs conditions in the form they have together. */
const filters = new WeakMap<Relation, { input: Relation; conditions: Expr[] }>();

export const where: Operator = {
  name: 'where',
  kind: 'FilterOperator',
  compile(node, input, env, context) {
    const rows = createRowSource(input);
    const conditions = context.conditions(part(node, 'Condition'), { columns: input.columns, env, rows });
    if (!rows.widened) {
      const before = filters.get(input);
      const all = { input: before?.input ?? input, conditions: [...(before?.conditions ?? []), ...conditions] };
      const result = filtered(all.input, `WHERE ${allHold(all.conditions)}`);
      filters.set(result, all);
      return result;
    }
    const { sql: kept } = rows.stage({ sql: allHold(conditions), type: 'bool' });
    const items = columnExprs(input.columns);
    return selectFrom(rows.from, items, { tail: `WHERE ${kept} ${rows.restored(items)}`.trimEnd(), order: input });
  },
};
