import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { type Cell, type Column, type QueryEngine, QueryError } from '../../src/ports/query-engine';

const BatchLine = z.object({ id: z.union([z.string(), z.number()]), query: z.string() });

export type BatchAnswer =
  | { id: string | number | null; ok: true; columns: Column[]; rows: Cell[][]; truncated?: true; notes?: string[] }
  | { id: string | number | null; ok: false; error: { code: string; message: string; line?: number; column?: number } };

/** How many queries are under way at once. */
const atOnce = 3;

/**
 * Answers every line of a batch file, in its order; a line that is no query is answered with an error like any other.
 * `check` compiles and binds only, and answers with no rows.
 */
export async function runBatch(
  file: string,
  engine: QueryEngine,
  options: { asOf: Date; check: boolean; rows: number; milliseconds: number },
  write: (answer: BatchAnswer) => Promise<void>,
): Promise<void> {
  const lines = createInterface({ input: createReadStream(file), crlfDelay: Number.POSITIVE_INFINITY });
  const under: Promise<BatchAnswer>[] = [];
  let number = 0;
  for await (const line of lines) {
    number++;
    if (line.trim() === '') continue;
    under.push(answerLine(line, number, engine, options));
    const first = under.length >= atOnce ? under.shift() : undefined;
    if (first) await write(await first);
  }
  for (const answer of under) await write(await answer);
}

async function answerLine(
  line: string,
  number: number,
  engine: QueryEngine,
  options: { asOf: Date; check: boolean; rows: number; milliseconds: number },
): Promise<BatchAnswer> {
  const parsed = BatchLine.safeParse(readJson(line));
  if (!parsed.success) {
    return {
      id: null,
      ok: false,
      error: { code: 'syntax', message: `Line ${number} of the batch is no {"id", "query"}` },
    };
  }
  const { id, query } = parsed.data;
  try {
    if (options.check) {
      const notes: string[] = [];
      const columns = await engine.check({ text: query, asOf: options.asOf }, (note) => notes.push(note));
      return { id, ok: true, columns, rows: [], ...(notes.length > 0 ? { notes } : {}) };
    }
    return { id, ok: true, ...(await collect(engine, query, options)) };
  } catch (error) {
    return { id, ok: false, error: errorOf(error) };
  }
}

/** Runs one query and holds its rows. Rejects as the engine does. */
export async function collect(
  engine: QueryEngine,
  text: string,
  options: { asOf: Date; rows: number; milliseconds: number },
  signal?: AbortSignal,
): Promise<{ columns: Column[]; rows: Cell[][]; truncated?: true; notes?: string[] }> {
  const rows: Cell[][] = [];
  const { asOf, rows: most, milliseconds } = options;
  const summary = await engine.run(
    { text, asOf, limits: { rows: most, milliseconds } },
    async (page) => {
      for (const row of page.rows) rows.push(row);
    },
    signal,
  );
  return {
    columns: summary.columns,
    rows,
    ...(summary.truncated ? { truncated: true } : {}),
    ...(summary.notes.length > 0 ? { notes: summary.notes } : {}),
  };
}

export function errorOf(error: unknown): { code: string; message: string; line?: number; column?: number } {
  if (!(error instanceof QueryError))
    return { code: 'internal', message: error instanceof Error ? error.message : String(error) };
  const { code, message, line, column } = error;
  return { code, message, ...(line === undefined ? {} : { line }), ...(column === undefined ? {} : { column }) };
}

function readJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
