import { listOf } from '../kusto';
import { createProjection, project as projectInto } from '../projection';
import { selectFrom } from '../relation';
import type { Operator } from './define-operator';

export const project: Operator = {
  name: 'project',
  kind: 'ProjectOperator',
  compile(node, input, env, context) {
    const projection = createProjection();
    projectInto(listOf(node, 'Expressions'), projection, { columns: input.columns, env }, context);
    if (projection.items.length === 0) context.fail(node, 'unsupported', '`project` without columns is not supported');
    return selectFrom(input.from, projection.items, { sorted: input.sorted });
  },
};
