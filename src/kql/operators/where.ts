import { part } from '../kusto';
import { columnExprs, filtered, selectFrom } from '../relation';
import { createRowSource } from '../row-source';
import type { Operator } from './define-operator';

export const where: Operator = {
  name: 'where',
  kind: 'FilterOperator',
  compile(node, input, env, context) {
    const rows = createRowSource(input);
    const sql = context.condition(part(node, 'Condition'), { columns: input.columns, env, rows });
    if (!rows.widened) return filtered(input, `WHERE ${sql}`);
    const { sql: kept } = rows.stage({ sql, type: 'bool' });
    const items = columnExprs(input.columns);
    return selectFrom(rows.from, items, { tail: `WHERE ${kept} ${rows.restored(items)}`.trimEnd(), order: input });
  },
};
