import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { z } from 'zod';
import { type Watchlist, watchlistColumns } from '../../../kql/watchlist';
import { AskedFields } from '../load/asked-fields';
import { csvSource } from '../load/csv-source';
import type { LoadProblem } from '../load/load-problem';
import { type LogFile, watchlistFolder } from '../load/log-files';
import { quoteName, quoteText } from '../sql-text';
import { dateToTicks } from '../ticks';

/** What `Alias.json` beside `Alias.csv` says; both names are those of Sentinel's own templates and of people. */
const Sidecar = z.object({ searchKey: z.string().exactOptional(), itemsSearchKey: z.string().exactOptional() });

export interface LoadedWatchlists {
  watchlists: Watchlist[];
  problems: LoadProblem[];
}

/** The folder that was named, or `watchlists/` among the logs where that is there. Rejects where a named folder is not. */
export async function findWatchlists(named: string | undefined, logs: string): Promise<string | undefined> {
  const folder = named ?? path.join(logs, watchlistFolder);
  const there = await stat(folder).then(
    (info) => info.isDirectory(),
    () => false,
  );
  if (!there && named !== undefined) throw new Error(`TALBOT_WATCHLISTS: there is no folder ${named}`);
  return there ? folder : undefined;
}

/**
 * Loads each `Alias.csv` of a folder as a table in memory, with the columns that Sentinel's `_GetWatchlist` gives: those of
 * every list, then the file's own as strings. The search key is the first column, or the one that `Alias.json` names
 * as `searchKey`. What cannot be read is a problem, never a reason to stop.
 */
export async function loadWatchlists(connection: DuckDBConnection, folder: string): Promise<LoadedWatchlists> {
  const loaded: LoadedWatchlists = { watchlists: [], problems: [] };
  for (const entry of (await readdir(folder)).sort()) {
    const alias = /^(.+)\.csv$/i.exec(entry)?.[1];
    const file = `watchlists/${entry}`;
    if (alias === undefined) continue;
    try {
      const info = await stat(path.join(folder, entry));
      const source: LogFile = {
        table: alias,
        path: file,
        absolute: path.join(folder, entry),
        format: 'csv',
        gzip: false,
        bytes: info.size,
        modified: Math.round(info.mtimeMs),
      };
      loaded.watchlists.push(await loadOne(connection, folder, source, loaded.problems));
    } catch (error) {
      const why = (error instanceof Error ? error.message : String(error)).split('\n')[0];
      loaded.problems.push({ file, message: `could not be read, there is no such watchlist: ${why}` });
    }
  }
  return loaded;
}

async function loadOne(
  connection: DuckDBConnection,
  folder: string,
  file: LogFile,
  problems: LoadProblem[],
): Promise<Watchlist> {
  const source = await csvSource(connection, file);
  problems.push(...source.problems);
  const [first] = source.fields;
  if (first === undefined) throw new Error('it has no header line');
  const key = (await searchKeyOf(folder, file.table)) ?? first;
  if (!source.fields.includes(key))
    throw new Error(`it has no column ${key}, which ${file.table}.json names as its search key`);
  const reserved = new Set(watchlistColumns.map((column) => column.name.toLowerCase()));
  const own = source.fields.filter((field) => !reserved.has(field.toLowerCase()));
  for (const field of source.fields)
    if (!own.includes(field) && field !== key)
      problems.push({
        file: file.path,
        message: `the column ${field} has the name of one of every watchlist and is left out`,
      });
  const asked = new AskedFields(source);
  const text = (field: string) => `coalesce(${asked.text(field)}, '')`;
  const items = [
    `md5(${quoteText(file.table)} || ':' || row_number() OVER ())::UUID::VARCHAR AS "_DTItemId"`,
    `${dateToTicks(new Date(file.modified))}::BIGINT AS "LastUpdatedTimeUTC"`,
    `${text(key)} AS "SearchKey"`,
    ...own.map((field) => `${text(field)} AS ${quoteName(field)}`),
  ];
  const sqlName = `watchlist:${createHash('sha256').update(file.table).digest('hex').slice(0, 12)}`;
  await connection.run(`CREATE TABLE ${quoteName(sqlName)} AS SELECT ${items.join(', ')} FROM ${asked.from()}`);
  const columns = [...watchlistColumns, ...own.map((name) => ({ name, type: 'string' as const }))];
  return { name: file.table, sqlName, columns };
}

async function searchKeyOf(folder: string, alias: string): Promise<string | undefined> {
  const text = await readFile(path.join(folder, `${alias}.json`), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (text === undefined) return undefined;
  const { searchKey, itemsSearchKey } = Sidecar.parse(JSON.parse(text));
  return searchKey ?? itemsSearchKey;
}
