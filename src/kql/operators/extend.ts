import { listOf } from '../kusto';
import { createProjection, extended, project } from '../projection';
import { createRowSource } from '../row-source';
import type { Operator } from './define-operator';

export const extend: Operator = {
  name: 'extend',
  kind: 'ExtendOperator',
  compile(node, input, env, context) {
    const projection = createProjection();
    for (const { name, type, sql } of input.columns) projection.add(name, { sql, type });
    const rows = createRowSource(input);
    project(listOf(node, 'Expressions'), projection, { columns: input.columns, env, rows }, context, { replace: true });
    return extended(input, projection, rows);
  },
};
