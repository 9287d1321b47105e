import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';
import type { DuckDBConnection } from '@duckdb/node-api';
import { quoteText } from '../sql-text';
import { type LoadProblem, namedLines } from './load-problem';
import type { LogFile } from './log-files';
import { readHead } from './plain-copy';
import type { RecordSource } from './record-source';

/** The longest single record that is read; longer ones make the file unreadable, by name. */
const longestRecord = 16 * 1024 * 1024;

/**
 * JSON in any of the shapes that logs come in: one object a line, one array of objects, objects printed over several
 * lines, and the envelopes `{"value": […]}` and `{"Records": […]}` of cloud exports.
 */
export async function jsonSource(connection: DuckDBConnection, file: LogFile): Promise<RecordSource> {
  const shape = await tellShape(file);
  const reader = `read_json_objects(${quoteText(file.absolute)}, format='${shape}', maximum_object_size=${longestRecord}${shape === 'newline_delimited' ? ', ignore_errors=true' : ''})`;
  const records = await unwrapped(connection, `SELECT json FROM ${reader}`);
  const isRecord = `json IS NOT NULL AND left(ltrim(json::VARCHAR), 1) = '{'`;
  const found = await connection.runAndReadAll(
    `WITH forms AS MATERIALIZED (SELECT CASE WHEN ${isRecord} THEN json_keys(json) END AS keys, count(*) AS n FROM (${records}) GROUP BY 1)
     SELECT k, min(place) FROM (SELECT unnest(keys) AS k, generate_subscripts(keys, 1) AS place FROM forms) GROUP BY k
     UNION ALL SELECT NULL, sum(n)::BIGINT FROM forms WHERE keys IS NULL ORDER BY 2, 1`,
  );
  const rows = found.getRows();
  const lost = Number(rows.find(([name]) => name === null)?.[1] ?? 0);
  const names = rows.flatMap(([name]) => (name === null ? [] : [String(name)]));
  const fields = names.filter((name) => !name.includes('\0'));
  const problems = lost === 0 ? [] : await lostRecords(file, shape, lost);
  if (fields.length < names.length) {
    problems.push({ file: file.path, message: 'fields with a NUL character in their name were left out' });
  }
  return {
    fields,
    declared: new Map(),
    values: 'json',
    problems,
    rows(asked) {
      if (asked.length === 0) return `SELECT 1 FROM (${records}) WHERE ${isRecord}`;
      const wanted = new Map<string, 'text' | 'value'>();
      for (const { field, as } of asked) if (wanted.get(field) !== 'value') wanted.set(field, as);
      const spec = JSON.stringify(
        Object.fromEntries([...wanted].map(([field, as]) => [field, as === 'text' ? 'VARCHAR' : 'JSON'])),
      );
      const place = new Map([...wanted.keys()].map((field, i) => [field, i + 1]));
      const columns = asked.map(({ field, as }, i) => {
        const value = `struct_extract_at(s, ${place.get(field)})`;
        return `${as === 'text' && wanted.get(field) === 'value' ? `(${value} ->> '$')` : value} AS f${i}`;
      });
      return `SELECT ${columns.join(', ')} FROM (SELECT from_json(json, ${quoteText(spec)}) AS s FROM (${records}) WHERE ${isRecord})`;
    },
  };
}

async function tellShape(file: LogFile): Promise<'newline_delimited' | 'array' | 'unstructured'> {
  const head = (await readHead(file, 256 * 1024)).toString('utf8').trimStart();
  if (head.startsWith('[')) return 'array';
  if (file.format === 'ndjson') return 'newline_delimited';
  const end = head.indexOf('\n');
  const firstLine = end < 0 ? head : head.slice(0, end);
  return end < 0 || isJson(firstLine) || !/^\{\s*$|[,{[]\s*$/.test(firstLine) ? 'newline_delimited' : 'unstructured';
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Opens an envelope: a file whose one record holds the rows as an array. */
async function unwrapped(connection: DuckDBConnection, records: string): Promise<string> {
  const first = await connection.runAndReadAll(`SELECT json_keys(json) FROM (${records} LIMIT 2)`);
  const rows = first.getRowsJS();
  if (rows.length !== 1 || !Array.isArray(rows[0]?.[0])) return records;
  const keys = rows[0][0].map(String);
  const envelope = ['Records', 'value', 'records'].find((key) => keys.includes(key));
  if (!envelope) return records;
  const inner = await connection.runAndReadAll(`SELECT json_type(json, '$.${envelope}') FROM (${records})`);
  if (inner.getRows()[0]?.[0] !== 'ARRAY') return records;
  return `SELECT unnest(json_extract(json, '$.${envelope}[*]')) AS json FROM (${records})`;
}

/** Finds the lines that are no record; the SQL reader only knows how many there are. */
async function lostRecords(file: LogFile, shape: string, lost: number): Promise<LoadProblem[]> {
  if (shape !== 'newline_delimited')
    return [{ file: file.path, message: `${lost} values are no JSON objects and were left out` }];
  const problems: LoadProblem[] = [];
  const source = createReadStream(file.absolute);
  const lines = createInterface({
    input: file.gzip ? source.pipe(createGunzip()) : source,
    crlfDelay: Number.POSITIVE_INFINITY,
  });
  let line = 0;
  try {
    for await (const text of lines) {
      line++;
      const fault = text.trim() === '' ? undefined : faultOf(text);
      if (fault) problems.push({ file: file.path, line, message: `left out: ${fault}` });
      if (problems.length >= Math.min(lost, namedLines)) break;
    }
  } finally {
    lines.close();
    source.destroy();
  }
  if (lost > problems.length)
    problems.push({ file: file.path, message: `${lost - problems.length} more lines were left out` });
  return problems;
}

function faultOf(text: string): string | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? undefined
      : 'a line must hold one JSON object';
  } catch (error) {
    return `no JSON (${error instanceof Error ? error.message.slice(0, 120) : 'unreadable'})`;
  }
}
