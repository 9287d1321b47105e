import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { databaseOptions } from '../../../src/engines/duckdb/database-settings';
import type { LoadProgress } from '../../../src/engines/duckdb/load/update-cache';
import { type OpenLogs, openLogs } from '../../../src/engines/duckdb/open-logs';

const folders: string[] = [];

export async function makeFolder(files: Record<string, string | Buffer> = {}): Promise<string> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'talbot-test-'));
  folders.push(folder);
  await writeFiles(folder, files);
  return folder;
}

export async function writeFiles(folder: string, files: Record<string, string | Buffer>): Promise<void> {
  for (const [name, content] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
    await writeFile(path.join(folder, name), content);
  }
}

export async function removeFolders(): Promise<void> {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
}

export function lines(...records: unknown[]): string {
  return records.map((record) => (typeof record === 'string' ? record : JSON.stringify(record))).join('\n');
}

export interface Loaded extends OpenLogs {
  progress: LoadProgress[];
  types(table: string): Record<string, string>;
  rows(table: string, columns: string): Promise<unknown[][]>;
}

/** Loads a folder as the engine does and lets `look` see the stored tables; closes everything after it. */
export async function withLogs(
  logs: string,
  cacheFolder: string,
  look: (loaded: Loaded) => Promise<void>,
): Promise<void> {
  const options = databaseOptions({
    memoryLimit: '500MB',
    threads: 2,
    temporaryFolder: path.join(cacheFolder, 'spill'),
  });
  const instance = await DuckDBInstance.create(':memory:', options);
  const connection = await instance.connect();
  try {
    await connection.run(`SET TimeZone = 'UTC'`);
    const progress: LoadProgress[] = [];
    const opened = await openLogs({ connection, logs, cacheFolder, onProgress: (one) => progress.push(one) });
    await look({
      ...opened,
      progress,
      types: (table) => typesOf(opened, table),
      rows: (table, columns) => rowsOf(connection, opened, table, columns),
    });
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

function typesOf(opened: OpenLogs, table: string): Record<string, string> {
  const columns = opened.tables.find((one) => one.name === table)?.columns ?? [];
  return Object.fromEntries(columns.map(({ name, type }) => [name, type]));
}

async function rowsOf(
  connection: DuckDBConnection,
  opened: OpenLogs,
  table: string,
  columns: string,
): Promise<unknown[][]> {
  const sqlName = opened.tables.find((one) => one.name === table)?.sqlName;
  return (await connection.runAndReadAll(`SELECT ${columns} FROM logs.main.${sqlName}`)).getRowsJson();
}
