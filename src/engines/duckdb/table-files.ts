import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import type { Cell } from '../../ports/query-engine';
import type { TableFiles } from '../../ports/table-files';

/** What the values of a column ask of its type. */
interface Seen {
  /** Digits before and after a decimal's point. */
  whole: number;
  fraction: number;
  /** A time finer than microseconds. */
  fine: boolean;
  /** A time that nanoseconds in 64 bits cannot hold. */
  far: boolean;
}

const fine = /\.\d{6}[1-9]/;

/** Writes tables by a database of its own that holds nothing and reads one temporary file; the work is done outside of the event loop. */
export function createTableFiles(): TableFiles {
  return {
    async parquet(columns, pages) {
      const folder = await mkdtemp(join(tmpdir(), 'talbot-table-'));
      try {
        const input = join(folder, 'rows.ndjson');
        const output = join(folder, 'rows.parquet');
        const seen = await writeRows(input, columns, pages);
        await convert(input, output, columns, seen);
        return await readFile(output);
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    },
  };
}

async function writeRows(
  path: string,
  columns: readonly { name: string; type: string }[],
  pages: AsyncIterable<Cell[][]>,
): Promise<Seen[]> {
  const seen = columns.map((): Seen => ({ whole: 1, fraction: 0, fine: false, far: false }));
  const file = createWriteStream(path, { mode: 0o600 });
  for await (const rows of pages) {
    const lines = rows.map((row) => {
      const cells = columns.map(({ type }, at) => {
        const text = textOf(row[at] ?? null);
        const found = seen[at];
        if (text !== null && found) look(found, type, text);
        return [`c${at}`, text];
      });
      return `${JSON.stringify(Object.fromEntries(cells))}\n`;
    });
    if (!file.write(lines.join(''))) await once(file, 'drain');
  }
  file.end();
  await once(file, 'finish');
  return seen;
}

function textOf(cell: Cell): string | null {
  if (cell === null) return null;
  return typeof cell === 'object' ? JSON.stringify(cell) : String(cell);
}

function look(seen: Seen, type: string, text: string): void {
  if (type === 'decimal') {
    const [whole = '', fraction = ''] = text.replace(/^-/, '').split('.');
    seen.whole = Math.max(seen.whole, whole.length);
    seen.fraction = Math.max(seen.fraction, fraction.length);
    if (!/^-?\d+(?:\.\d+)?$/.test(text)) seen.whole = 99;
  }
  if (type === 'datetime') {
    seen.fine ||= fine.test(text);
    seen.far ||= text < '1678' || text >= '2262';
  }
}

async function convert(
  input: string,
  output: string,
  columns: readonly { name: string; type: string }[],
  seen: readonly Seen[],
): Promise<void> {
  const instance = await DuckDBInstance.create(':memory:', {
    threads: '1',
    memory_limit: '512MB',
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
  });
  const connection = await instance.connect();
  try {
    const shape = columns.map((_, at) => `'c${at}': 'VARCHAR'`).join(', ');
    const casts = columns.map(({ name, type }, at) => `${castOf(`c${at}`, type, seen[at])} AS ${quoted(name)}`);
    const chosen = casts.length > 0 ? casts.join(', ') : '1 AS empty WHERE false';
    await connection.run(
      `COPY (SELECT ${chosen} FROM read_json('${literal(input)}', format = 'newline_delimited', columns = {${shape || "'c0': 'VARCHAR'"}}, maximum_object_size = 67108864)) TO '${literal(output)}' (FORMAT parquet, COMPRESSION zstd)`,
    );
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

/** What a type of Kusto's is in the file: times as instants in UTC, spans and bags as text. */
function castOf(column: string, type: string, seen: Seen | undefined): string {
  switch (type) {
    case 'bool':
      return `CAST(${column} AS BOOLEAN)`;
    case 'int':
      return `CAST(${column} AS INTEGER)`;
    case 'long':
      return `CAST(${column} AS BIGINT)`;
    case 'real':
      return `CAST(${column} AS DOUBLE)`;
    case 'decimal':
      return seen && seen.whole + seen.fraction <= 38 ? `CAST(${column} AS DECIMAL(38, ${seen.fraction}))` : column;
    case 'datetime':
      if (seen?.fine && seen.far) return column;
      return `CAST(replace(${column}, 'Z', '') AS ${seen?.fine ? 'TIMESTAMP_NS' : 'TIMESTAMP'})`;
    default:
      return column;
  }
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

function literal(text: string): string {
  return text.replaceAll("'", "''");
}
