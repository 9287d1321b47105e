import { callArguments } from '../expressions/call-parts';
import { rowCount } from '../operators/take';
import { columnExprs, selectFrom } from '../relation';
import { createRowSource } from '../row-source';
import type { Plugin } from './define-plugin';

/** The rows for which a condition holds, and so many rows before and after each of them. */
export const rowsNear: Plugin = {
  name: 'rows_near',
  compile(_node, call, input, env, context) {
    const [condition, beforeNode, afterNode] = callArguments(call);
    if (!condition || !beforeNode)
      return context.fail(call, 'type', '`rows_near` takes a condition and a number of rows');
    const rows = createRowSource(input);
    const order = rows.order();
    if (order === undefined)
      return context.fail(call, 'type', '`rows_near` needs rows in an order: put sort or serialize before it');
    const matches = context.condition(condition, { columns: input.columns, env, rows });
    const before = constantRows(rowCount(beforeNode, env, context));
    const after = afterNode ? constantRows(rowCount(afterNode, env, context)) : before;
    if (before === undefined || after === undefined)
      return context.fail(call, 'unsupported', 'the numbers of rows of `rows_near` must be constants');
    const near = `max(coalesce(${matches}, false)) OVER (ORDER BY ${order} ROWS BETWEEN ${after} PRECEDING AND ${before} FOLLOWING)`;
    const marked = `(SELECT *, ${near} AS "kql:near" FROM ${rows.from})`;
    return selectFrom(marked, columnExprs(input.columns), {
      tail: `WHERE "kql:near" ORDER BY ${order}`,
      order: input,
    });
  },
};

function constantRows(sql: string): string | undefined {
  return /^\d+$/.test(sql) ? sql : undefined;
}
