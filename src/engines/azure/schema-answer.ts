import { type Cell, type Column, QueryError } from '../../ports/query-engine';
import { readColumnType } from './cells';

/** The columns that the rows of `getschema` describe. */
export function columnsOfSchema(service: string, table: { columns: Column[]; rows: Cell[][] }): Column[] {
  const place = (name: string) => table.columns.findIndex((column) => column.name === name);
  const [name, ordinal, type] = [place('ColumnName'), place('ColumnOrdinal'), place('ColumnType')];
  if (name < 0 || type < 0) throw new QueryError('internal', `${service} did not answer with a schema`);
  return table.rows
    .toSorted((a, b) => Number(a[ordinal] ?? 0) - Number(b[ordinal] ?? 0))
    .map((row) => toColumn(service, String(row[name]), String(row[type])));
}

/** Rejects a type that Kusto does not have, rather than guessing how its cells look. */
export function toColumn(service: string, name: string, type: string): Column {
  const known = readColumnType(type);
  if (!known) throw new QueryError('internal', `${service} gave the column ${name} the unknown type ${type}`);
  return { name, type: known };
}
