import { listOf } from '../kusto';
import { createProjection, project } from '../projection';
import { selectFrom } from '../relation';
import type { Operator } from './define-operator';

export const distinct: Operator = {
  name: 'distinct',
  kind: 'DistinctOperator',
  compile(node, input, env, context) {
    const projection = createProjection();
    project(listOf(node, 'Expressions'), projection, { columns: input.columns, env }, context);
    return selectFrom(input.from, projection.items, { distinct: true });
  },
};
