import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Cell, type Column, type PageSink, QueryError } from '../../ports/query-engine';
import { readRow } from './cells';

const pageRows = 2000;

/** Hands rows to the sink page by page, each when the one before was taken, and stops at the limit. Resolves to how many it gave. */
export async function deliverRows(
  table: { columns: Column[]; rows: Cell[][] },
  limit: number,
  sink: PageSink,
  signal?: AbortSignal,
): Promise<{ rows: number; truncated: boolean }> {
  const { columns } = table;
  const wanted = Math.min(limit, table.rows.length);
  for (let from = 0; from < wanted; from += pageRows) {
    // Nothing else of the process waits longer than for one page to be read.
    await nextTurn();
    assertWanted(signal);
    const rows = table.rows.slice(from, Math.min(from + pageRows, wanted)).map((row) => readRow(row, columns));
    await sink({ columns, rows });
  }
  assertWanted(signal);
  return { rows: wanted, truncated: table.rows.length > wanted };
}

function assertWanted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new QueryError('cancelled', 'The query was cancelled');
}
