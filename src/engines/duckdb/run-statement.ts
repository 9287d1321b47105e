import { type DuckDBConnection, type DuckDBPreparedStatement, StatementType } from '@duckdb/node-api';
import { type Cell, type Column, QueryError } from '../../ports/query-engine';
import { chunkToRows, weightOf } from './cells';

const mostRowsOfPage = 2000;
const heaviestPage = 512 * 1024;

/** Why a running query was stopped from outside: what it rejects with. */
export interface Stop {
  readonly reason: QueryError | undefined;
  /** Rejects with the reason once there is one. */
  readonly stopped: Promise<never>;
}

/** Prepares the one SELECT that a query may be; anything else is refused before it runs. */
export async function prepareSelect(connection: DuckDBConnection, sql: string): Promise<DuckDBPreparedStatement> {
  const statements = await connection.extractStatements(sql);
  if (statements.count !== 1) throw new QueryError('refused', 'A query is one statement that reads');
  const statement = await statements.prepare(0);
  if (statement.statementType !== StatementType.SELECT)
    throw new QueryError('refused', 'A query reads, and does nothing else');
  return statement;
}

/**
 * Runs a statement and hands its rows on page by page; the next page is made once `send` has resolved. Stops after
 * `limit` rows and tells whether there were more. Once stopped, the caller interrupts the connection: what DuckDB is doing
 * ends by itself, and is waited for.
 */
export async function runStatement(options: {
  statement: DuckDBPreparedStatement;
  columns: Column[];
  limit: number;
  stop: Stop;
  send: (rows: Cell[][]) => Promise<void>;
}): Promise<{ rows: number; truncated: boolean }> {
  const { statement, columns, limit, stop, send } = options;
  const result = await statement.stream();
  if (result.columnCount !== columns.length) {
    throw new QueryError(
      'internal',
      `The engine gave ${result.columnCount} columns where the query has ${columns.length}`,
    );
  }
  let sent = 0;
  let page: Cell[][] = [];
  let weight = 0;
  const flush = async () => {
    if (page.length === 0) return;
    const full = page;
    sent += full.length;
    page = [];
    weight = 0;
    await Promise.race([send(full), stop.stopped]);
  };
  for (;;) {
    const chunk = await result.fetchChunk();
    if (stop.reason) throw stop.reason;
    if (!chunk || chunk.rowCount === 0) break;
    for (const row of chunkToRows(chunk, columns)) {
      if (sent + page.length >= limit) {
        await flush();
        return { rows: sent, truncated: true };
      }
      page.push(row);
      weight += weightOf(row);
      if (page.length >= mostRowsOfPage || weight >= heaviestPage) await flush();
    }
  }
  await flush();
  return { rows: sent, truncated: false };
}
