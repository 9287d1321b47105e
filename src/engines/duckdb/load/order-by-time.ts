import type { DuckDBConnection } from '@duckdb/node-api';
import { quoteName } from '../sql-text';
import type { CachedTable } from './catalog';
import { createTableSql } from './store-rows';
import { fileColumn, timeColumn } from './table-schema';

/** Rows of DuckDB's row groups, the blocks whose least and greatest time say whether a time range can skip them. */
const groupRows = 122_880;

/**
 * Writes a table anew in the order of time where its blocks overlap so much that a short time range would read a large part
 * of it: files are stored in order one by one, but a file for each host covers the same time as every other. Costs about half
 * as much as reading the files did; a table whose files follow each other in time is left alone. Rejects where the sort
 * needs more memory and disk than there is; the table is then as it was.
 */
export async function orderByTime(connection: DuckDBConnection, table: CachedTable): Promise<void> {
  const time = timeColumn(table.columns);
  if (!time || !(await isScattered(connection, table, time))) return;
  const old = quoteName(table.sqlName);
  const sorted = `${table.sqlName}_sorted`;
  const names = [...table.columns.map((column) => column.name), fileColumn].map(quoteName).join(', ');
  await connection.run('BEGIN');
  try {
    await connection.run(createTableSql(sorted, table.columns));
    await connection.run(
      `INSERT INTO ${quoteName(sorted)} (${names}) SELECT ${names} FROM ${old} ORDER BY ${quoteName(time)}`,
    );
    await connection.run(`DROP TABLE ${old}`);
    await connection.run(`ALTER TABLE ${quoteName(sorted)} RENAME TO ${old}`);
    await connection.run('COMMIT');
  } catch (error) {
    await connection.run('ROLLBACK');
    throw error;
  }
}

/** Whether an instant lies in more than three blocks, and in more than a tenth of them. */
async function isScattered(connection: DuckDBConnection, table: CachedTable, time: string): Promise<boolean> {
  const name = quoteName(time);
  const answer = await connection.runAndReadAll(
    `SELECT sum(last::DOUBLE - first) / nullif(max(last)::DOUBLE - min(first), 0), count(*) FROM
       (SELECT min(${name}) AS first, max(${name}) AS last FROM ${quoteName(table.sqlName)} GROUP BY rowid // ${groupRows})`,
  );
  const [overlap, groups] = (answer.getRows()[0] ?? []).map(Number);
  return (overlap ?? 0) > Math.max(3, (groups ?? 0) / 10);
}
