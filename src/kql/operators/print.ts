import { listOf } from '../kusto';
import { createProjection, project } from '../projection';
import { selectFrom } from '../relation';
import type { Source } from './define-operator';

export const print: Source = {
  name: 'print',
  kind: 'PrintOperator',
  compile(node, env, context) {
    const projection = createProjection();
    const fallback = (index: number) => `print_${index}`;
    project(listOf(node, 'Expressions'), projection, { columns: [], env }, context, { positional: true, fallback });
    return selectFrom('(SELECT 1)', projection.items);
  },
};
