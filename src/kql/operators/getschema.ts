import type { ColumnType } from '../../ports/query-engine';
import { literal } from '../functions/literal';
import { optionalPart } from '../kusto';
import { nameColumns } from '../relation';
import type { Operator } from './define-operator';

const dataTypes = {
  bool: 'System.SByte',
  int: 'System.Int32',
  long: 'System.Int64',
  real: 'System.Double',
  decimal: 'System.Data.SqlTypes.SqlDecimal',
  string: 'System.String',
  datetime: 'System.DateTime',
  timespan: 'System.TimeSpan',
  guid: 'System.Guid',
  dynamic: 'System.Object',
} satisfies Record<ColumnType, string>;

export const getschema: Operator = {
  name: 'getschema',
  kind: 'GetSchemaOperator',
  compile(node, input, _env, context) {
    if (optionalPart(node, 'KindParameter'))
      context.fail(node, 'unsupported', '`getschema kind=csl` is not supported yet');
    const columns = nameColumns([
      { name: 'ColumnName', type: 'string' },
      { name: 'ColumnOrdinal', type: 'long' },
      { name: 'DataType', type: 'string' },
      { name: 'ColumnType', type: 'string' },
    ]);
    const rows = input.columns.map((column, i) =>
      [
        literal(column.name, 'string'),
        literal(BigInt(i), 'long'),
        literal(dataTypes[column.type], 'string'),
        literal(column.type, 'string'),
      ]
        .map((value) => value.sql)
        .join(', '),
    );
    const list = columns.map((column) => column.sql).join(', ');
    return {
      from: `(SELECT * FROM (VALUES ${rows.map((row) => `(${row})`).join(', ')}) AS t(${list}))`,
      columns,
      sorted: true,
    };
  },
};
