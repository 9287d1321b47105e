import type { DuckDBConnection } from '@duckdb/node-api';
import { z } from 'zod';
import { quoteName, quoteText } from '../sql-text';
import type { LoadProblem } from './load-problem';
import type { LogFile } from './log-files';

const ColumnType = z.enum([
  'bool',
  'int',
  'long',
  'real',
  'decimal',
  'string',
  'datetime',
  'timespan',
  'guid',
  'dynamic',
]);
const Columns = z.array(z.object({ name: z.string(), type: ColumnType }));
const Parts = z.array(
  z.object({
    table: z.string(),
    rows: z.number(),
    columns: z.array(
      z.object({
        name: z.string(),
        fixed: ColumnType.exactOptional(),
        declared: ColumnType.exactOptional(),
        kinds: z.number().exactOptional(),
      }),
    ),
  }),
);
const Problems = z.array(z.object({ file: z.string(), line: z.number().exactOptional(), message: z.string() }));

export type CachedFile = {
  id: number;
  path: string;
  bytes: number;
  modified: number;
  parts: z.infer<typeof Parts>;
  problems: LoadProblem[];
};

export type CachedTable = {
  name: string;
  sqlName: string;
  columns: z.infer<typeof Columns>;
  rows: number;
  /** Ticks of the first and last time. */
  first?: bigint;
  last?: bigint;
};

/** Goes up whenever what is stored, or how, changes: an older cache is made anew. */
const version = 'talbot-logs-1';

const schema = `
  CREATE TABLE IF NOT EXISTS talbot_meta (key VARCHAR, value VARCHAR);
  CREATE TABLE IF NOT EXISTS talbot_files (id INTEGER, path VARCHAR, bytes BIGINT, modified BIGINT, parts VARCHAR, problems VARCHAR);
  CREATE TABLE IF NOT EXISTS talbot_tables (name VARCHAR, sql_name VARCHAR, columns VARCHAR, rows BIGINT, first BIGINT, last BIGINT);`;

/** What the cache says of itself: its files, its tables, what could not be read. `prefix` names the attached database. */
export class Catalog {
  constructor(
    private readonly connection: DuckDBConnection,
    private readonly prefix = '',
  ) {}

  async create(): Promise<void> {
    await this.connection.run(schema);
    if (!(await this.isCurrent()))
      await this.connection.run(`INSERT INTO talbot_meta VALUES ('version', ${quoteText(version)})`);
  }

  /** False for an empty database and for the cache of another version. */
  async isCurrent(): Promise<boolean> {
    try {
      return (
        (
          await this.#rows(
            `SELECT value FROM ${this.prefix}talbot_meta WHERE key = 'version' AND value = ${quoteText(version)}`,
          )
        ).length > 0
      );
    } catch {
      return false;
    }
  }

  async files(): Promise<CachedFile[]> {
    const rows = await this.#rows(
      `SELECT id, path, bytes, modified, parts, problems FROM ${this.prefix}talbot_files ORDER BY path`,
    );
    return rows.map(([id, path, bytes, modified, parts, problems]) => ({
      id: Number(id),
      path: String(path),
      bytes: Number(bytes),
      modified: Number(modified),
      parts: Parts.parse(JSON.parse(String(parts))),
      problems: Problems.parse(JSON.parse(String(problems))),
    }));
  }

  async tables(): Promise<CachedTable[]> {
    const rows = await this.#rows(
      `SELECT name, sql_name, columns, rows, first, last FROM ${this.prefix}talbot_tables ORDER BY name`,
    );
    return rows.map(([name, sqlName, columns, count, first, last]) => ({
      name: String(name),
      sqlName: String(sqlName),
      columns: Columns.parse(JSON.parse(String(columns))),
      rows: Number(count),
      ...(typeof first === 'bigint' && typeof last === 'bigint' ? { first, last } : {}),
    }));
  }

  async addFile(id: number, file: LogFile, parts: CachedFile['parts'], problems: LoadProblem[]): Promise<void> {
    const values = [
      quoteText(file.path),
      file.bytes,
      file.modified,
      quoteText(JSON.stringify(parts)),
      quoteText(JSON.stringify(problems)),
    ];
    await this.connection.run(`INSERT INTO talbot_files VALUES (${id}, ${values.join(', ')})`);
  }

  async removeFile(id: number): Promise<void> {
    await this.connection.run(`DELETE FROM talbot_files WHERE id = ${id}`);
  }

  /** Writes the table's line anew. */
  async putTable(table: CachedTable): Promise<void> {
    await this.removeTable(table.name);
    const values = [
      quoteText(table.name),
      quoteText(table.sqlName),
      quoteText(JSON.stringify(table.columns)),
      table.rows,
      table.first ?? 'NULL',
      table.last ?? 'NULL',
    ];
    await this.connection.run(`INSERT INTO talbot_tables VALUES (${values.join(', ')})`);
  }

  async removeTable(name: string): Promise<void> {
    await this.connection.run(`DELETE FROM talbot_tables WHERE name = ${quoteText(name)}`);
  }

  /** Rows of a stored table, and the span of its time column. */
  async measure(sqlName: string, time: string | undefined): Promise<Pick<CachedTable, 'rows' | 'first' | 'last'>> {
    const span = time ? `min(${quoteName(time)}), max(${quoteName(time)})` : 'NULL, NULL';
    const [row] = await this.#rows(`SELECT count(*), ${span} FROM ${quoteName(sqlName)}`);
    const [count, first, last] = row ?? [];
    return { rows: Number(count), ...(typeof first === 'bigint' && typeof last === 'bigint' ? { first, last } : {}) };
  }

  async #rows(sql: string): Promise<unknown[][]> {
    return (await this.connection.runAndReadAll(sql)).getRows();
  }
}
