import { mkdir, readFile, realpath } from 'node:fs/promises';
import path from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { attachCache } from './attach-cache';
import { cacheFile } from './cache-file';
import { type CachedTable, Catalog } from './load/catalog';
import type { LoadProblem } from './load/load-problem';
import { listLogFolder } from './load/log-files';
import { readStoredFunction, type StoredFunction } from './load/stored-function';
import type { LoadProgress } from './load/update-cache';

export interface OpenLogs {
  tables: CachedTable[];
  functions: StoredFunction[];
  problems: LoadProblem[];
}

/**
 * Attaches the columnar cache of a log folder as database `logs`, read-only and up to date, and reads the stored
 * functions. Rejects as `attachCache` does, and where the folder does not exist.
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
  const file = await cacheFile(folder, cacheFolder);
  const slow = await attachCache({ connection, file, folder, onProgress });
  const catalog = new Catalog(connection, 'logs.');
  const listed = await listLogFolder(folder);
  const problems = [...listed.problems, ...(await catalog.files()).flatMap((one) => one.problems), ...slow];
  const functions: StoredFunction[] = [];
  for (const source of listed.functions) {
    const read = readStoredFunction(path.basename(source, '.kql'), await readFile(source, 'utf8'));
    if ('problem' in read) problems.push({ file: `functions/${path.basename(source)}`, message: read.problem });
    else functions.push(read);
  }
  return { tables: await catalog.tables(), functions, problems };
}
