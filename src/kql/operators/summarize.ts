import type { Scope } from '../context';
import { listOf, optionalPart } from '../kusto';
import { createProjection, project } from '../projection';
import { selectFrom } from '../relation';
import { createRowSource } from '../row-source';
import type { Operator } from './define-operator';

export const summarize: Operator = {
  name: 'summarize',
  kind: 'SummarizeOperator',
  compile(node, input, env, context) {
    const source = createRowSource(input);
    const rows: Scope = { columns: input.columns, env, rows: source };
    const by = optionalPart(node, 'ByClause');
    const bin = by && optionalPart(by, 'BinClause');
    if (bin) context.fail(bin, 'unsupported', '`bin=` behind `by` is not supported; write bin(column, size)');
    const projection = createProjection();
    if (by) project(listOf(by, 'Expressions'), projection, rows, context);
    const keys = projection.items.length;
    // A column that is grouped by as it stands is left out of `*`; one that is grouped by under another name or in another form is not.
    const grouped = new Set(
      input.columns
        .filter((column) => projection.items.some((item) => item.expr.sql === column.sql))
        .map((column) => column.name),
    );
    project(listOf(node, 'Aggregates'), projection, { columns: [], env, aggregates: { rows, grouped } }, context);
    const places = Array.from({ length: keys }, (_, i) => i + 1).join(', ');
    if (projection.items.length === 0) context.fail(node, 'syntax', '`summarize` needs an aggregate or a `by`');
    return selectFrom(source.from, projection.items, { tail: keys > 0 ? `GROUP BY ${places}` : '' });
  },
};
