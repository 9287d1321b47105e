import type { TableBlock } from '../chat/card';
import type { RunQuery } from '../domain/run';
import type { Cell } from '../ports/query-engine';
import { cellText } from './cell-text';
import { defang } from './defang';
import { readingOrder } from './row-order';

const numeric = new Set(['int', 'long', 'real', 'decimal']);

/** Rows as a table with their numbers in front, columns that carry meaning first, links defanged. */
export function rowsTable(
  query: Pick<RunQuery, 'columns' | 'rows'>,
  rows: Cell[][],
  options: { firstRow?: number; numbers?: number[]; columns?: string[]; total?: number; rest: string },
): TableBlock {
  const order = options.columns
    ? options.columns.map((name) => query.columns.findIndex((column) => column.name === name)).filter((i) => i >= 0)
    : readingOrder(query.columns);
  const total = options.total ?? query.rows;
  const numberOf = (i: number) => options.numbers?.[i] ?? (options.firstRow ?? 1) + i;
  return {
    type: 'table',
    columns: [
      { title: '#', align: 'right' },
      ...order.map((i) => ({
        title: query.columns[i]?.name ?? '',
        ...(numeric.has(query.columns[i]?.type ?? '') ? { align: 'right' as const } : {}),
      })),
    ],
    rows: rows.map((row, i) => [String(numberOf(i)), ...order.map((at) => defang(cellText(row[at] ?? null)))]),
    ...(total > rows.length ? { total, rest: options.rest } : {}),
  };
}
