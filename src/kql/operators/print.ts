import { listOf } from '../kusto';
import { createProjection, project } from '../projection';
import { selectFrom } from '../relation';
import { createRowSource } from '../row-source';
import type { Source } from './define-operator';

export const print: Source = {
  name: 'print',
  kind: 'PrintOperator',
  compile(node, env, context) {
    const projection = createProjection();
    const fallback = (index: number) => `print_${index}`;
    const rows = createRowSource({ from: '(SELECT 1)', columns: [], sorted: false });
    project(listOf(node, 'Expressions'), projection, { columns: [], env, rows }, context, {
      positional: true,
      fallback,
    });
    return selectFrom(rows.from, projection.items);
  },
};
