import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import type { LoadProblem } from './load-problem';

export type LogFormat = 'ndjson' | 'json' | 'csv' | 'parquet';

export interface LogFile {
  /** The table the file makes: its own name, or the name of the folder it lies in. */
  table: string;
  /** Path inside the log folder, with `/`. */
  path: string;
  absolute: string;
  format: LogFormat;
  gzip: boolean;
  bytes: number;
  /** Milliseconds; with the size it tells a changed file. */
  modified: number;
}

export interface LogFolder {
  files: LogFile[];
  /** Absolute paths of `functions/*.kql`. */
  functions: string[];
  problems: LoadProblem[];
}

const formats: Record<string, LogFormat> = {
  ndjson: 'ndjson',
  jsonl: 'ndjson',
  json: 'json',
  csv: 'csv',
  parquet: 'parquet',
};
const silent = /^(readme|licen[cs]e|notice|changelog)|\.(md|txt|kql)$|^\./i;

/** Of this subfolder the files are watchlists, not logs. */
export const watchlistFolder = 'watchlists';

/** Lists what a log folder holds, in the order of the paths. Rejects where the folder itself cannot be read. */
export async function listLogFolder(folder: string): Promise<LogFolder> {
  const found: LogFolder = { files: [], functions: [], problems: [] };
  for (const entry of await sortedEntries(folder)) {
    const absolute = path.join(folder, entry);
    const info = await stat(absolute).catch(() => undefined);
    if (!info) {
      found.problems.push({
        file: entry,
        message: 'cannot be opened: a broken link, or gone while the folder was read',
      });
    } else if (info.isDirectory() && entry === 'functions') {
      for (const name of await sortedEntries(absolute)) {
        if (name.endsWith('.kql')) found.functions.push(path.join(absolute, name));
      }
    } else if (info.isDirectory()) {
      if (!entry.startsWith('.') && entry !== watchlistFolder) await listTableFolder(folder, entry, entry, found);
    } else {
      addFile(folder, entry, undefined, info, found);
    }
  }
  return found;
}

async function listTableFolder(root: string, inside: string, table: string, found: LogFolder): Promise<void> {
  const entries = await sortedEntries(path.join(root, inside)).catch((error: Error) => {
    found.problems.push({ file: inside, message: `cannot be opened: ${error.message}` });
    return [];
  });
  for (const entry of entries) {
    const relative = `${inside}/${entry}`;
    const info = await stat(path.join(root, relative)).catch(() => undefined);
    if (!info) found.problems.push({ file: relative, message: 'cannot be opened' });
    else if (info.isDirectory()) await listTableFolder(root, relative, table, found);
    else addFile(root, relative, table, info, found);
  }
}

function addFile(
  root: string,
  relative: string,
  table: string | undefined,
  info: { size: number; mtimeMs: number },
  found: LogFolder,
): void {
  const base = path.posix.basename(relative);
  const match = /^(.+?)\.(ndjson|jsonl|json|csv|parquet)(\.gz)?$/i.exec(base);
  const format = formats[match?.[2]?.toLowerCase() ?? ''];
  if (!match?.[1] || !format) {
    if (!silent.test(base)) found.problems.push({ file: relative, message: unreadable(base) });
    return;
  }
  const gzip = match[3] !== undefined;
  if (gzip && format === 'parquet') {
    found.problems.push({ file: relative, message: 'a Parquet file compresses inside: take the .gz off (gunzip)' });
    return;
  }
  found.files.push({
    table: table ?? match[1],
    path: relative,
    absolute: path.join(root, relative),
    format,
    gzip,
    bytes: info.size,
    modified: Math.round(info.mtimeMs),
  });
}

function unreadable(base: string): string {
  const name = base.toLowerCase();
  if (/\.(zip|7z|tar|tgz|rar|bz2|xz|zst)$/.test(name)) return 'is an archive: unpack it into this folder first';
  if (name.endsWith('.evtx')) return 'is a Windows event log: export it as JSON first, one event a line';
  return 'is not read: logs are .ndjson, .json, .csv or .parquet files (the first three also as .gz)';
}

async function sortedEntries(folder: string): Promise<string[]> {
  return (await readdir(folder)).sort();
}
