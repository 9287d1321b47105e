import { listOf } from '../kusto';
import { createProjection, project as projectInto } from '../projection';
import { selectFrom } from '../relation';
import { createRowSource } from '../row-source';
import type { Operator } from './define-operator';

export const project: Operator = {
  name: 'project',
  kind: 'ProjectOperator',
  compile(node, input, env, context) {
    const projection = createProjection();
    const rows = createRowSource(input);
    projectInto(listOf(node, 'Expressions'), projection, { columns: input.columns, env, rows }, context);
    if (projection.items.length === 0) context.fail(node, 'unsupported', '`project` without columns is not supported');
    return selectFrom(rows.from, projection.items, { order: input, tail: rows.restored(projection.items) });
  },
};
