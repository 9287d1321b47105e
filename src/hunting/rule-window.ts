import type { AnalyticsRule } from '../domain/analytics-rule';
import type { Cell, Column, QueryEngine } from '../ports/query-engine';

export interface WindowRange {
  from: Date;
  to: Date;
}

export interface WindowResult {
  columns: Column[];
  /** The first of them, for alerts and entities. */
  rows: Cell[][];
  total: number;
  notes: string[];
}

/** Rows of a window that alerts and their entities are made of; the count is of all. */
const mostRows = 5000;

/** Runs a rule's query as it runs in one window: `now()` is the window's end, and nothing outside of it is looked at. */
export async function runWindow(
  engine: QueryEngine,
  rule: Pick<AnalyticsRule, 'text'>,
  range: WindowRange,
  limits: { resultRows: number; queryMilliseconds: number },
  options: { signal?: AbortSignal; keep?: (rows: Cell[][]) => Promise<void> } = {},
): Promise<WindowResult> {
  const kept: Cell[][] = [];
  const summary = await engine.run(
    {
      text: rule.text,
      range,
      asOf: range.to,
      limits: { rows: limits.resultRows, milliseconds: limits.queryMilliseconds },
    },
    async ({ rows }) => {
      if (kept.length < mostRows) kept.push(...rows.slice(0, mostRows - kept.length));
      if (rows.length > 0) await options.keep?.(rows);
    },
    options.signal,
  );
  const notes = summary.truncated
    ? [...summary.notes, `Only the first ${summary.rows} rows were counted.`]
    : summary.notes;
  return { columns: summary.columns, rows: kept, total: summary.rows, notes };
}
