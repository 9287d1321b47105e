import { listOf } from '../kusto';
import { columnExprs, selectFrom } from '../relation';
import { matchingColumns } from './column-patterns';
import type { Operator } from './define-operator';

export const projectKeep: Operator = {
  name: 'project-keep',
  kind: 'ProjectKeepOperator',
  compile(node, input, _env, context) {
    const kept = new Set(listOf(node, 'Expressions').flatMap((one) => matchingColumns(one, input, context)));
    if (kept.size === 0) context.fail(node, 'unsupported', '`project-keep` of no column is not supported');
    return selectFrom(input.from, columnExprs(input.columns.filter((column) => kept.has(column))), {
      order: input,
    });
  },
};
