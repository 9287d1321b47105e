import type { DuckDBConnection } from '@duckdb/node-api';
import type { Column, ColumnType } from '../../../ports/query-engine';
import { quoteName } from '../sql-text';
import { AskedFields } from './asked-fields';
import { jsonToDynamic, storedType, textToType } from './convert-sql';
import {
  type FilePlan,
  firstText,
  madeColumn,
  type PlannedColumn,
  type PlannedTable,
  windowsColumns,
} from './plan-file';
import { rowsOfRoute } from './route-records';
import { fileColumn, timeColumn } from './table-schema';

export function createTableSql(sqlName: string, columns: Column[]): string {
  const all = columns.map(
    ({ name, type }) => `${quoteName(name)} ${storedType[type]}${type === 'string' ? ` DEFAULT ''` : ''}`,
  );
  return `CREATE TABLE ${quoteName(sqlName)} (${[...all, `${quoteName(fileColumn)} INTEGER`].join(', ')})`;
}

export function addColumnSql(sqlName: string, { name, type }: Column): string {
  return `ALTER TABLE ${quoteName(sqlName)} ADD COLUMN ${quoteName(name)} ${storedType[type]}${type === 'string' ? ` DEFAULT ''` : ''}`;
}

/**
 * Writes a file's rows into a table, in the order of their time, so that the smallest and largest time of each block
 * of rows tell which blocks a time range can skip.
 */
export async function storeRows(
  connection: DuckDBConnection,
  plan: FilePlan,
  planned: PlannedTable,
  target: { sqlName: string; columns: Column[]; file: number },
): Promise<void> {
  const { source } = plan;
  const asked = new AskedFields(source);
  const derived = planned.route.kind === 'windows' ? windowsColumns(planned.route, source, asked) : {};
  const types = new Map(target.columns.map((column) => [column.name.toLowerCase(), column]));
  const names: string[] = [];
  const values: string[] = [];
  for (const column of planned.columns) {
    const stored = types.get(column.name.toLowerCase());
    if (!stored) throw new Error(`${planned.table} has no column ${column.name}`);
    names.push(stored.name);
    values.push(derived[column.name] ?? storedValue(column, stored.type, planned, plan, asked));
  }
  const time = timeColumn(target.columns);
  const order = time && names.includes(time) ? `ORDER BY ${names.indexOf(time) + 1}` : '';
  const where = rowsOfRoute(planned.route, source, asked);
  await connection.run(
    `INSERT INTO ${quoteName(target.sqlName)} (${[...names, fileColumn].map(quoteName).join(', ')})
     SELECT ${values.join(', ')}, ${target.file} FROM ${asked.from()} WHERE ${where} ${order}`,
  );
}

function storedValue(
  column: PlannedColumn,
  type: ColumnType,
  planned: PlannedTable,
  plan: FilePlan,
  asked: AskedFields,
): string {
  if (column.field === undefined) return madeColumn(column.name, planned.table, plan.source, asked);
  if (planned.route.kind === 'windows') {
    const spellings = plan.source.fields.filter((field) => field.toLowerCase() === column.name.toLowerCase());
    return textToType(firstText(spellings, asked), type);
  }
  if (column.declared === type) return asked.value(column.field);
  if (type === 'dynamic' && plan.source.values === 'json') return jsonToDynamic(asked.value(column.field));
  return textToType(asked.text(column.field), type);
}
