import { listOf } from '../kusto';
import { columnExprs, selectFrom } from '../relation';
import { matchingColumns } from './column-patterns';
import type { Operator } from './define-operator';

export const projectAway: Operator = {
  name: 'project-away',
  kind: 'ProjectAwayOperator',
  compile(node, input, _env, context) {
    const away = new Set(listOf(node, 'Expressions').flatMap((one) => matchingColumns(one, input, context)));
    const kept = input.columns.filter((column) => !away.has(column));
    if (kept.length === 0) context.fail(node, 'unsupported', '`project-away` of every column is not supported');
    return selectFrom(input.from, columnExprs(kept), { order: input });
  },
};
