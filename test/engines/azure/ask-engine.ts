import { type Cell, type QueryEngine, QueryError, type QuerySummary } from '../../../src/ports/query-engine';

export const asOf = new Date('2026-03-02T00:00:00Z');
export const clock = { now: () => asOf };

export interface Asked {
  rows?: number;
  milliseconds?: number;
  signal?: AbortSignal;
  range?: { from: Date; to: Date };
  onPage?: (rows: Cell[][]) => Promise<void>;
}

export async function ask(
  engine: QueryEngine,
  text: string,
  asked: Asked = {},
): Promise<QuerySummary & { cells: Cell[][]; pages: number[] }> {
  const { rows = 100_000, milliseconds = 30_000, signal, range, onPage } = asked;
  const cells: Cell[][] = [];
  const pages: number[] = [];
  const summary = await engine.run(
    { text, asOf, limits: { rows, milliseconds }, ...(range ? { range } : {}) },
    async (page) => {
      pages.push(page.rows.length);
      cells.push(...page.rows);
      await onPage?.(page.rows);
    },
    signal,
  );
  return { ...summary, cells, pages };
}

/** The QueryError that the promise rejects with, as plain facts. */
export async function failure(promise: Promise<unknown>): Promise<{ code: string; message: string; at: unknown[] }> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof QueryError) return { code: error.code, message: error.message, at: [error.line, error.column] };
  throw new Error(`expected a QueryError, not ${error}`);
}

/** Waits for what another process or socket brings about; ten seconds without it are a failure. */
export async function until(holds: () => boolean): Promise<void> {
  for (let tries = 0; !holds(); tries++) {
    if (tries > 2000) throw new Error(`it never came to ${holds}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
