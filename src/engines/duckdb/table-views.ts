import type { DuckDBConnection } from '@duckdb/node-api';
import type { TableSchema } from '../../kql/compile-input';
import type { Column } from '../../ports/query-engine';
import type { CachedTable } from './load/catalog';
import { storedType } from './load/convert-sql';
import { visibleColumns } from './load/table-schema';
import { quoteName, quoteText } from './sql-text';

/** Lays a view over each stored table: the names that compiled queries use, without the bookkeeping, with the empty documented columns. */
export async function createViews(connection: DuckDBConnection, tables: CachedTable[]): Promise<TableSchema[]> {
  const schemas: TableSchema[] = [];
  for (const { name, sqlName, columns } of tables) {
    const visible = visibleColumns(name, columns);
    const items = visible.map((column) => {
      if (column.sql === undefined) return quoteName(column.name);
      const constant = column.name === 'Type' ? quoteText(name) : column.sql;
      return `(${constant})::${storedType[column.type]} AS ${quoteName(column.name)}`;
    });
    await connection.run(
      `CREATE VIEW ${quoteName(sqlName)} AS SELECT ${items.join(', ')} FROM logs.main.${quoteName(sqlName)}`,
    );
    schemas.push({ name, sqlName, columns: visible.map(({ name: column, type }) => ({ name: column, type })) });
  }
  return schemas;
}

/** An empty table, made when a query is checked against a schema without data. Of names that differ only in case, SQL has the first. */
export async function createEmptyTable(
  connection: DuckDBConnection,
  sqlName: string,
  columns: Column[],
): Promise<void> {
  const names = new Map(columns.toReversed().map((column) => [column.name.toLowerCase(), column]));
  const items = [...names.values()].map(({ name, type }) => `${quoteName(name)} ${storedType[type]}`);
  await connection.run(`CREATE TABLE IF NOT EXISTS ${quoteName(sqlName)} (${items.join(', ')})`);
}
