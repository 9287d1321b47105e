import { setImmediate as pause } from 'node:timers/promises';
import type { DuckDBConnection } from '@duckdb/node-api';
import type { ExternalColumn, ExternalTable } from '../../../kql/external-table';
import { convert } from '../../../kql/functions/convert';
import { KqlError } from '../../../kql/kql-error';
import { storedType } from '../load/convert-sql';
import type { Stop } from '../run-statement';
import { quoteName, quoteText } from '../sql-text';
import type { Downloaded } from './downloads';
import { shownUrl } from './shown-url';
import { recordSplitter } from './split-records';
import { unpackText } from './unpack';

/** Fetches a file; `done` lets go of it. The fetching ends when the query is stopped. */
export type FetchFile = (url: string) => Promise<{ downloaded: Downloaded; done: () => void }>;

/** Rows go into the database in batches of so many, and between two of them others have their turn. */
const batch = 2048;

/** Empty tables in the place of `externaldata`: what a check binds to. */
export async function bindExternal(connection: DuckDBConnection, tables: ExternalTable[]): Promise<void> {
  for (const { sqlName, columns } of tables) {
    const items = columns.map(({ sql, type }) => `${sql} ${storedType[type]}`);
    await connection.run(`CREATE OR REPLACE TEMP TABLE ${quoteName(sqlName)} (${items.join(', ')})`);
  }
}

/**
 * The tables of one query's `externaldata`, on the query's own connection: they end with it. What was read, from where, and
 * what of it could not be used is in `notes`.
 */
export class ExternalTables {
  readonly notes: string[] = [];
  readonly #filled = new Set<string>();

  constructor(
    private readonly connection: DuckDBConnection,
    private readonly fetch: FetchFile,
    private readonly stop: Stop,
  ) {}

  /** Fetches and fills those that are not there yet. Rejects with a KqlError at the place of the `externaldata`. */
  async fill(tables: ExternalTable[]): Promise<void> {
    for (const table of tables) {
      const key = JSON.stringify({ ...table, place: undefined });
      if (this.#filled.has(key)) continue;
      await this.#fillOne(table);
      this.#filled.add(key);
    }
  }

  async #fillOne(table: ExternalTable): Promise<void> {
    const raw = quoteName(`${table.sqlName}:raw`);
    const width = rawWidth(table);
    const cells = Array.from({ length: width }, (_, i) => `c${i} VARCHAR`);
    await this.connection.run(`CREATE OR REPLACE TEMP TABLE ${raw} (${cells.join(', ')})`);
    for (const url of table.urls) await this.#readFile(table, url, width);
    const usable = isJson(table) ? await this.#countBroken(table, raw) : '';
    await this.#countLost(table, `${raw} ${usable}`);
    const items = table.columns.map((column) => `${valueSql(column)} AS ${column.sql}`);
    await this.connection.run(
      `CREATE OR REPLACE TEMP TABLE ${quoteName(table.sqlName)} AS SELECT ${items.join(', ')} FROM ${raw} ${usable}`,
    );
    await this.connection.run(`DROP TABLE ${raw}`);
  }

  async #readFile(table: ExternalTable, url: string, width: number): Promise<void> {
    const { downloaded, done } = await Promise.race([this.fetch(url), this.stop.stopped]);
    try {
      if ('refused' in downloaded) {
        const { code, message } = downloaded.refused;
        throw new KqlError(code, `externaldata: ${message}`, table.place.start, table.place.length);
      }
      const { rows, uneven } = await this.#append(table, downloaded.file, url, width);
      this.notes.push(
        `externaldata read ${rows} ${rows === 1 ? 'row' : 'rows'} (${downloaded.bytes} bytes) from ${shownUrl(url)}.`,
      );
      if (uneven > 0) {
        this.notes.push(
          `${uneven} of the rows of ${shownUrl(url)} have another number of cells than there are columns: missing cells are empty, those too many are left out, as in Kusto.`,
        );
      }
    } finally {
      done();
    }
  }

  async #append(
    table: ExternalTable,
    file: string,
    url: string,
    width: number,
  ): Promise<{ rows: number; uneven: number }> {
    const expected = isDelimited(table) ? width : undefined;
    const splitter = recordSplitter(table.format);
    const appender = await this.connection.createAppender(`${table.sqlName}:raw`, 'main', 'temp');
    let [rows, uneven] = [0, 0];
    let first = table.skipFirst && (isDelimited(table) || table.format === 'txt');
    const take = async (records: string[][]) => {
      for (const record of records) {
        if (first) {
          first = false;
          continue;
        }
        if (expected !== undefined && record.length !== expected) uneven++;
        for (let i = 0; i < width; i++) appender.appendVarchar(record[i] ?? '');
        appender.endRow();
        if (++rows % batch === 0) {
          appender.flushSync();
          await pause();
          if (this.stop.reason) throw this.stop.reason;
        }
      }
    };
    try {
      for await (const part of unpackText(file, url)) {
        if (this.stop.reason) throw this.stop.reason;
        if (part !== 'next-file') {
          await take(splitter.push(part.text));
          continue;
        }
        await take(splitter.end());
        first = table.skipFirst && (isDelimited(table) || table.format === 'txt');
      }
      await take(splitter.end());
      appender.flushSync();
      return { rows, uneven };
    } finally {
      appender.closeSync();
    }
  }

  /** Records that are no JSON objects: left out and counted. Gives the WHERE of the others. */
  async #countBroken(table: ExternalTable, raw: string): Promise<string> {
    const usable = `(json_valid(c0) AND coalesce(json_type(CASE WHEN json_valid(c0) THEN c0 END), '') = 'OBJECT')`;
    const broken = await this.#number(`SELECT count(*) FROM ${raw} WHERE NOT ${usable}`);
    if (broken > 0)
      this.notes.push(
        `${broken} records of ${table.urls.map(shownUrl).join(', ')} are no JSON objects and were left out.`,
      );
    return broken > 0 ? `WHERE ${usable}` : '';
  }

  async #countLost(table: ExternalTable, from: string): Promise<void> {
    const columns = table.columns.filter(
      ({ type, from }) => type !== 'string' && type !== 'dynamic' && from !== 'nothing',
    );
    if (columns.length === 0) return;
    const counts = columns.map(
      (column) => `count(*) FILTER (trim(coalesce(${textSql(column)}, '')) <> '' AND (${valueSql(column)}) IS NULL)`,
    );
    const found = (await this.connection.runAndReadAll(`SELECT ${counts.join(', ')} FROM ${from}`)).getRows()[0] ?? [];
    for (const [i, { name, type }] of columns.entries()) {
      const lost = Number(found[i]);
      if (lost > 0)
        this.notes.push(`${lost} values of the column ${name} of externaldata are no ${type} and became null.`);
    }
  }

  async #number(sql: string): Promise<number> {
    return Number((await this.connection.runAndReadAll(sql)).getRows()[0]?.[0] ?? 0);
  }
}

function isJson({ format }: ExternalTable): boolean {
  return format === 'json' || format === 'multijson';
}

function isDelimited(table: ExternalTable): boolean {
  return !isJson(table) && table.format !== 'txt' && table.format !== 'raw';
}

function rawWidth(table: ExternalTable): number {
  if (!isDelimited(table)) return 1;
  const ordinals = table.columns.map(({ from }) => (from !== 'nothing' && 'ordinal' in from ? from.ordinal : 0));
  return Math.max(...ordinals) + 1;
}

/** The column's text in the raw table; NULL where the record has no such value. */
function textSql({ from }: ExternalColumn): string {
  if (from === 'nothing') return 'NULL::VARCHAR';
  if ('constant' in from) return quoteText(from.constant);
  if ('ordinal' in from) return `c${from.ordinal}`;
  return `(c0 ->> ${pathSql(from.path)})`;
}

function valueSql(column: ExternalColumn): string {
  const { type, from } = column;
  if (from === 'nothing') return type === 'string' ? `''` : `NULL::${storedType[type]}`;
  if (type === 'string') return `coalesce(${textSql(column)}, '')`;
  if (type === 'dynamic' && 'path' in from)
    return `CASE WHEN json_type(c0, ${pathSql(from.path)}) <> 'NULL' THEN json_extract(c0, ${pathSql(from.path)}) END`;
  return `(${convert({ sql: `coalesce(${textSql(column)}, '')`, type: 'string' }, type).sql})::${storedType[type]}`;
}

function pathSql(path: (string | number)[]): string {
  return quoteText(`$${path.map((step) => (typeof step === 'number' ? `[${step}]` : `."${step}"`)).join('')}`);
}
