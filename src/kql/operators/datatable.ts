import type { Column } from '../../ports/query-engine';
import { columnType } from '../column-type';
import type { Context } from '../context';
import { literalAs } from '../expressions/literals';
import { sqlTypes } from '../functions/literal';
import { listOf, part, type SyntaxNode, simpleName, sourceText } from '../kusto';
import { nameColumns } from '../relation';
import type { Source } from './define-operator';

export const datatable: Source = {
  name: 'datatable',
  kind: 'DataTableExpression',
  compile(node, env, context) {
    const columns = nameColumns(schemaColumns(part(node, 'Schema'), context));
    const values = listOf(node, 'Values').map((value, i) => {
      const column = columns[i % columns.length];
      const expr = context.expression(value, { columns: [], env });
      return column ? `${literalAs(expr, column.type).sql}` : expr.sql;
    });
    const list = columns.map((column) => column.sql).join(', ');
    if (values.length === 0) {
      const nulls = columns.map((column) => `NULL::${sqlTypes[column.type]} AS ${column.sql}`).join(', ');
      return { from: `(SELECT ${nulls} WHERE false)`, columns, sorted: true };
    }
    if (values.length % columns.length !== 0)
      context.fail(node, 'type', `the number of values must be a multiple of ${columns.length}`);
    const rows: string[] = [];
    for (let i = 0; i < values.length; i += columns.length)
      rows.push(`(${values.slice(i, i + columns.length).join(', ')})`);
    return { from: `(SELECT * FROM (VALUES ${rows.join(', ')}) AS t(${list}))`, columns, sorted: true };
  },
};

/** The columns of `(name:type, …)`. */
export function schemaColumns(schema: SyntaxNode, context: Context): Column[] {
  return listOf(schema, 'Columns').map((one) => {
    const type = columnType(sourceText(part(one, 'Type')));
    return {
      name: simpleName(part(one, 'Name')),
      type: type ?? context.fail(one, 'type', `${sourceText(part(one, 'Type'))} is not a type`),
    };
  });
}
