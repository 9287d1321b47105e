import { createHash } from 'node:crypto';
import { mkdir, readFile, realpath, rm } from 'node:fs/promises';
import path from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { type CachedTable, Catalog } from './load/catalog';
import type { LoadProblem } from './load/load-problem';
import { listLogFolder } from './load/log-files';
import { readStoredFunction, type StoredFunction } from './load/stored-function';
import { isFresh, type LoadProgress, updateCache } from './load/update-cache';
import { quoteText } from './sql-text';

export interface OpenLogs {
  tables: CachedTable[];
  functions: StoredFunction[];
  problems: LoadProblem[];
}

const busy = /Could not set lock on file|Conflicting lock/i;

/** The cache is being written by another process. */
export class CacheBusy extends Error {}

/**
 * Attaches the columnar cache of a log folder as database `logs`, read-only, after bringing it up to date. Several
 * processes may read one cache; only one may bring it up to date, and only while none reads: CacheBusy otherwise.
 */
export async function openLogs(options: {
  connection: DuckDBConnection;
  logs: string;
  cacheFolder: string;
  onProgress: (progress: LoadProgress) => void;
}): Promise<OpenLogs> {
  const { connection, logs, cacheFolder, onProgress } = options;
  const folder = await realpath(logs).catch(() => {
    throw new Error(`The log folder ${logs} does not exist`);
  });
  await mkdir(cacheFolder, { recursive: true });
  const file = path.join(cacheFolder, `logs-${createHash('sha256').update(folder).digest('hex').slice(0, 12)}.duckdb`);
  const catalog = new Catalog(connection, 'logs.');
  if (!((await attach(connection, file, 'READ_ONLY')) && (await isFresh(catalog, folder)))) {
    await detach(connection);
    await bringUpToDate(connection, file, folder, onProgress);
    if (!(await attach(connection, file, 'READ_ONLY'))) throw new Error(`The log cache ${file} cannot be opened`);
  }
  const listed = await listLogFolder(folder);
  const problems = [...listed.problems, ...(await catalog.files()).flatMap((one) => one.problems)];
  const functions: StoredFunction[] = [];
  for (const source of listed.functions) {
    const read = readStoredFunction(path.basename(source, '.kql'), await readFile(source, 'utf8'));
    if ('problem' in read) problems.push({ file: `functions/${path.basename(source)}`, message: read.problem });
    else functions.push(read);
  }
  return { tables: await catalog.tables(), functions, problems };
}

async function bringUpToDate(
  connection: DuckDBConnection,
  file: string,
  folder: string,
  onProgress: (progress: LoadProgress) => void,
): Promise<void> {
  if (!(await attach(connection, file, 'READ_WRITE')) || !(await isUsable(connection))) {
    await detach(connection);
    await rm(file, { force: true });
    await rm(`${file}.wal`, { force: true });
    if (!(await attach(connection, file, 'READ_WRITE'))) throw new Error(`The log cache ${file} cannot be made`);
  }
  const scratch = `${file}.scratch`;
  await mkdir(scratch, { recursive: true });
  await connection.run('USE logs');
  try {
    await updateCache({ connection, catalog: new Catalog(connection), scratch, onProgress }, folder);
  } finally {
    await connection.run('USE memory');
    await rm(scratch, { recursive: true, force: true });
  }
  await detach(connection);
}

/** An empty database or a cache of this version; anything else is thrown away, for it can be made again from the logs. */
async function isUsable(connection: DuckDBConnection): Promise<boolean> {
  const found = await connection.runAndReadAll(`SELECT count(*) FROM duckdb_tables() WHERE database_name = 'logs'`);
  return Number(found.getRows()[0]?.[0]) === 0 || (await new Catalog(connection, 'logs.').isCurrent());
}

/** False where there is no such database, or none that can be read. */
async function attach(connection: DuckDBConnection, file: string, mode: 'READ_ONLY' | 'READ_WRITE'): Promise<boolean> {
  try {
    await connection.run(`ATTACH ${quoteText(file)} AS logs (${mode})`);
    return true;
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    if (!busy.test(text)) return false;
    const holder = /PID (\d+)/.exec(text)?.[1];
    throw new CacheBusy(
      `The log cache ${file} is in use by another process${holder ? ` (${holder})` : ''}, and the logs have changed since it was made. Stop that process, or choose another data folder.`,
    );
  }
}

async function detach(connection: DuckDBConnection): Promise<void> {
  await connection.run('DETACH DATABASE IF EXISTS logs');
}
