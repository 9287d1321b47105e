import { mostWatchlistRows } from '../../domain/content-item';
import { fileFault } from './sentinel-yaml';

/** A watchlist as its CSV file has it. */
export interface WatchlistContent {
  /** What KQL calls it by. */
  alias: string;
  name: string;
  description: string;
  searchKey: string;
  columns: string[];
  /** One text for each column. */
  rows: string[][];
  version: string;
  source: string;
}

export interface WatchlistAbout {
  alias: string;
  name?: string | undefined;
  description?: string | undefined;
  /** The first column where none is named. */
  searchKey?: string | undefined;
  version?: string | undefined;
}

/** Reads a CSV text whose first line names the columns (RFC 4180). Throws UserError `bad-input`, naming `source` and the line. */
export function readWatchlist(csv: string, about: WatchlistAbout, source: string): WatchlistContent {
  const [header, ...records] = readCsv(csv.replace(/^\uFEFF/, ''), source);
  const columns = (header ?? []).map((name) => name.trim());
  if (columns.length === 0 || columns.some((name) => name === ''))
    throw fileFault(source, 'has no line of column names');
  const names = new Set(columns.map((name) => name.toLowerCase()));
  if (names.size < columns.length) throw fileFault(source, 'names a column twice');
  if (records.length > mostWatchlistRows)
    throw fileFault(source, `has ${records.length} rows; a watchlist has at most ${mostWatchlistRows}`);
  const uneven = records.findIndex((record) => record.length !== columns.length);
  if (uneven >= 0)
    throw fileFault(
      source,
      `has ${records[uneven]?.length} values in row ${uneven + 1}, and ${columns.length} columns`,
    );
  const searchKey = about.searchKey ?? columns[0] ?? '';
  if (!columns.includes(searchKey))
    throw fileFault(source, `has no column ${searchKey}, which is to be its search key`);
  return {
    alias: about.alias,
    name: about.name ?? about.alias,
    description: about.description ?? '',
    searchKey,
    columns,
    rows: records,
    version: about.version ?? '1.0.0',
    source,
  };
}

const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/y;

function readCsv(text: string, source: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  cell.lastIndex = 0;
  while (cell.lastIndex < text.length) {
    const match = cell.exec(text);
    if (!match)
      throw fileFault(source, `cannot be read as CSV in row ${rows.length + 1}: a quote stands where none may`);
    row.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? '');
    if (match[3] === ',' && cell.lastIndex < text.length) continue;
    if (match[3] === ',') row.push('');
    if (row.length > 1 || row[0] !== '') rows.push(row);
    row = [];
  }
  return rows;
}
