import { mkdir, rm } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DuckDBConnection } from '@duckdb/node-api';
import { CacheBusy } from './cache-file';
import { Catalog } from './load/catalog';
import type { LoadProblem } from './load/load-problem';
import { isFresh, type LoadProgress, updateCache } from './load/update-cache';
import { quoteText } from './sql-text';

interface Options {
  connection: DuckDBConnection;
  /** The cache's database file. */
  file: string;
  /** The log folder. */
  folder: string;
  onProgress: (progress: LoadProgress) => void;
}

/** How often a lock is asked for again, and how often a writer's lock is found by chance before it counts as a reader's. */
const pauseMilliseconds = 250;
const patience = 8;
/** Ten minutes, in pauses: what another process may take to read its logs. */
const longestWait = 2400;

/**
 * Attaches the cache as database `logs`, read-only and up to date. Any number of processes may read a cache at once; one
 * that finds another bringing it up to date waits until that is done. Rejects with CacheBusy where readers hold a cache
 * that is out of date. Resolves with what the update could not do as well as it should.
 */
export async function attachCache(options: Options): Promise<LoadProblem[]> {
  const { connection, file, folder } = options;
  const catalog = new Catalog(connection, 'logs.');
  let [waited, refused] = [0, 0];
  let updated: LoadProblem[] | undefined;
  for (;;) {
    const reading = await attachToRead(connection, file);
    if (reading === 'locked' && ++waited < longestWait) {
      await sleep(pauseMilliseconds);
      continue;
    }
    // Logs that are being written to are never fresh for long: one update is enough.
    if (reading === 'attached' && (updated || (await isFresh(catalog, folder)))) return updated ?? [];
    await detach(connection);
    const writing = await openForWriting(connection, file);
    if (writing.state === 'attached') {
      updated = await bringUpToDate(options);
    } else if (reading === 'locked' || ++refused >= patience) throw busy(file, writing.holder);
    else await sleep(pauseMilliseconds);
  }
}

function busy(file: string, holder: string | undefined): CacheBusy {
  const who = holder ? ` (process ${holder})` : '';
  return new CacheBusy(
    `The log cache ${file} is in use by another process${who}, and the logs have changed since it was made. Stop that process, or choose another data folder.`,
  );
}

/** Opens the cache, or makes a new one in its place where it cannot be used: it can always be made again from the logs. */
async function openForWriting(
  connection: DuckDBConnection,
  file: string,
): Promise<{ state: 'attached' | 'locked'; holder?: string }> {
  for (const last of [false, true]) {
    try {
      await connection.run(`ATTACH ${quoteText(file)} AS logs (READ_WRITE)`);
      if (await isUsable(connection)) return { state: 'attached' };
    } catch (error) {
      const text = error instanceof Error ? error.message : String(error);
      if (isLock(text)) {
        const holder = /PID (\d+)/.exec(text)?.[1];
        return { state: 'locked', ...(holder ? { holder } : {}) };
      }
      if (last) throw new Error(`The log cache ${file} cannot be made: ${text}`);
    }
    await detach(connection);
    await rm(file, { force: true });
    await rm(`${file}.wal`, { force: true });
  }
  throw new Error(`The log cache ${file} cannot be made`);
}

async function bringUpToDate({ connection, file, folder, onProgress }: Options): Promise<LoadProblem[]> {
  const scratch = `${file}.scratch`;
  await mkdir(scratch, { recursive: true });
  await connection.run('USE logs');
  try {
    return await updateCache({ connection, catalog: new Catalog(connection), scratch, onProgress }, folder);
  } finally {
    await connection.run('USE memory');
    await detach(connection);
    await rm(scratch, { recursive: true, force: true });
  }
}

/** An empty database, or a cache of this version. */
async function isUsable(connection: DuckDBConnection): Promise<boolean> {
  const found = await connection.runAndReadAll(`SELECT count(*) FROM duckdb_tables() WHERE database_name = 'logs'`);
  return Number(found.getRows()[0]?.[0]) === 0 || (await new Catalog(connection, 'logs.').isCurrent());
}

/** `none`: there is no such database, or none that can be read. */
async function attachToRead(connection: DuckDBConnection, file: string): Promise<'attached' | 'locked' | 'none'> {
  try {
    await connection.run(`ATTACH ${quoteText(file)} AS logs (READ_ONLY)`);
    return 'attached';
  } catch (error) {
    return isLock(error instanceof Error ? error.message : String(error)) ? 'locked' : 'none';
  }
}

async function detach(connection: DuckDBConnection): Promise<void> {
  await connection.run('DETACH DATABASE IF EXISTS logs');
}

function isLock(text: string): boolean {
  return /Could not set lock on file|Conflicting lock|being used by another process/i.test(text);
}
