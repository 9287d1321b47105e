import type { DuckDBConnection } from '@duckdb/node-api';
import { quoteText } from '../sql-text';
import { type LoadProblem, namedLines } from './load-problem';
import type { LogFile } from './log-files';
import { readHead } from './plain-copy';
import type { RecordSource } from './record-source';

/**
 * A CSV file by RFC 4180, with a header line; the separator is the one of , ; tab | that the header holds most of.
 * A row with another number of cells than the header is named with its line and left out.
 */
export async function csvSource(connection: DuckDBConnection, file: LogFile): Promise<RecordSource> {
  const head = (await readHead(file, 1 << 20)).toString('utf8');
  const { cells, separator } = readHeader(head);
  if (cells.length === 0)
    return { fields: [], declared: new Map(), values: 'text', problems: [], rows: () => 'SELECT 1 WHERE false' };
  const fields = uniqueNames(cells);
  const columns = `{${fields.map((_, i) => `'c${i}': 'VARCHAR'`).join(', ')}}`;
  const options = `columns=${columns}, auto_detect=false, header=true, delim=${quoteText(separator)}, quote='"', escape='"', nullstr='', max_line_size=16777216`;
  const read = (more: string) => `read_csv(${quoteText(file.absolute)}, ${options}, ${more})`;
  const problems = await rejectedLines(connection, file, read('store_rejects=true, rejects_limit=0'));
  return {
    fields,
    declared: new Map(),
    values: 'text',
    problems,
    rows(asked) {
      const taken = asked.map(({ field }, i) => `c${fields.indexOf(field)} AS f${i}`);
      return `SELECT ${taken.length ? taken.join(', ') : '1'} FROM ${read('ignore_errors=true')}`;
    },
  };
}

async function rejectedLines(connection: DuckDBConnection, file: LogFile, from: string): Promise<LoadProblem[]> {
  await connection.run('DROP TABLE IF EXISTS reject_errors; DROP TABLE IF EXISTS reject_scans');
  // Every cell is looked at: bytes that are no UTF-8 are found in no other way.
  await connection.run(`SELECT count(COLUMNS(*)) FROM ${from}`);
  const counted = await connection.runAndReadAll('SELECT count(DISTINCT line) FROM reject_errors');
  const total = Number(counted.getRows()[0]?.[0] ?? 0);
  if (total === 0) return [];
  const named = await connection.runAndReadAll(
    `SELECT line, min(error_message) FROM reject_errors GROUP BY line ORDER BY line LIMIT ${namedLines}`,
  );
  const problems: LoadProblem[] = named.getRows().map(([line, message]) => ({
    file: file.path,
    line: Number(line),
    message: `left out: ${String(message).split('\n')[0]}`,
  }));
  if (total > problems.length)
    problems.push({ file: file.path, message: `${total - problems.length} more lines were left out` });
  return problems;
}

/** The cells of the first record, and the separator. Quoted cells may hold separators, doubled quotes and line breaks. */
function readHeader(text: string): { cells: string[]; separator: string } {
  const first = text.split(/\r?\n/, 1)[0] ?? '';
  const bare = first.replace(/"(?:[^"]|"")*"/g, '');
  const count = (separator: string) => bare.split(separator).length;
  const separator = [',', ';', '\t', '|'].reduce((best, next) => (count(next) > count(best) ? next : best));
  const cells: string[] = [];
  const cell = new RegExp(`(?:"((?:[^"]|"")*)"|([^"\\r\\n\\${separator}]*))(\\${separator}|\\r?\\n|$)`, 'y');
  for (let match = cell.exec(text); match; match = cell.exec(text)) {
    cells.push((match[1]?.replaceAll('""', '"') ?? match[2] ?? '').trim());
    if (match[3] !== separator) break;
  }
  return { cells: cells.length === 1 && cells[0] === '' ? [] : cells, separator };
}

/** The Azure portal writes `TimeGenerated [UTC]`; a header without a name or with one twice still gives each column its own. */
function uniqueNames(cells: string[]): string[] {
  const names: string[] = [];
  for (const [i, cell] of cells.entries()) {
    const plain = cell.replace(/ \[[^\]]+\]$/, '') || `Column${i + 1}`;
    let name = plain;
    for (let n = 2; names.includes(name); n++) name = `${plain}_${n}`;
    names.push(name);
  }
  return names;
}
