import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import type { Run, RunQuery } from '../domain/run';
import { UserError } from '../errors';
import type { Cell } from '../ports/query-engine';
import type { ResultPages } from '../ports/stores';

/** A hash of sixteen letters each: so many are held in some fifty megabytes. */
const mostRows = 500_000;
const mostKept = 50_000;

export interface Side {
  run: Run;
  query: RunQuery;
}

export interface Comparison {
  same: number;
  /** Rows of the later run that the earlier one had not, with their numbers there. */
  fresh: { row: Cell[]; number: number }[];
  /** Rows of the earlier run that the later one has no more. */
  gone: { row: Cell[]; number: number }[];
  freshTotal: number;
  goneTotal: number;
}

/** Rows of two runs by their key columns: which are new, which are gone, how many are the same. Neither result is held whole. */
export async function compareRuns(
  results: ResultPages,
  earlier: Side,
  later: Side,
  keys: readonly string[],
): Promise<Comparison> {
  for (const side of [earlier, later])
    if (side.query.rows > mostRows)
      throw new UserError(
        'too-large',
        `${side.run.id} has ${side.query.rows.toLocaleString('en-US')} rows; ${mostRows.toLocaleString('en-US')} at most are compared.`,
        'Narrow the query, or summarize in it.',
      );
  const before = await hashes(results, earlier, keys);
  const after = await hashes(results, later, keys);
  const fresh = await missingIn(results, later, keys, before);
  const gone = await missingIn(results, earlier, keys, after);
  return {
    same: later.query.rows - fresh.total,
    fresh: fresh.rows,
    gone: gone.rows,
    freshTotal: fresh.total,
    goneTotal: gone.total,
  };
}

async function hashes(results: ResultPages, side: Side, keys: readonly string[]): Promise<Set<string>> {
  const found = new Set<string>();
  await eachRow(results, side, keys, (hash) => void found.add(hash));
  return found;
}

async function missingIn(results: ResultPages, side: Side, keys: readonly string[], known: ReadonlySet<string>) {
  const rows: { row: Cell[]; number: number }[] = [];
  let total = 0;
  await eachRow(results, side, keys, (hash, row, number) => {
    if (known.has(hash)) return;
    total += 1;
    if (rows.length < mostKept) rows.push({ row, number });
  });
  return { rows, total };
}

async function eachRow(
  results: ResultPages,
  { run, query }: Side,
  keys: readonly string[],
  each: (hash: string, row: Cell[], number: number) => void,
): Promise<void> {
  const places = keys.map((name) => query.columns.findIndex((column) => column.name === name));
  let number = 0;
  for await (const rows of results.read({ run: run.id, query: query.id, attempt: query.attempt })) {
    for (const row of rows) {
      number += 1;
      const values = places.map((at) => (at < 0 ? null : (row[at] ?? null)));
      each(createHash('sha256').update(JSON.stringify(values)).digest('base64').slice(0, 16), row, number);
    }
    await setImmediate();
  }
}
