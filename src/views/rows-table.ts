import type { TableBlock } from '../chat/card';
import type { RunQuery } from '../domain/run';
import type { Cell } from '../ports/query-engine';
import { cellText } from './cell-text';
import { defang } from './defang';
import { readingOrder, tellingColumns } from './row-order';
import { shortened } from './wording';

const numeric = new Set(['int', 'long', 'real', 'decimal']);

interface RowsOptions {
  numbers?: number[];
  columns?: string[];
  /** Only the so many columns that tell the most: for a glance. */
  glance?: number;
  /** Longer values end in an ellipsis. */
  longest?: number;
  total?: number;
  rest: string;
}

/** Rows as a table with their numbers in front, columns that carry meaning first, links defanged. */
export function rowsTable(query: Pick<RunQuery, 'columns' | 'rows'>, rows: Cell[][], options: RowsOptions): TableBlock {
  const texts = rows.map((row) => query.columns.map((_, at) => defang(shownText(row[at] ?? null))));
  const order = orderOf(query, texts, options);
  const total = options.total ?? query.rows;
  const numberOf = (i: number) => options.numbers?.[i] ?? i + 1;
  const cell = (text: string) => (options.longest === undefined ? text : shortened(text, options.longest));
  return {
    type: 'table',
    columns: [
      { title: '#', align: 'right' },
      ...order.map((i) => ({
        title: query.columns[i]?.name ?? '',
        ...(numeric.has(query.columns[i]?.type ?? '') ? { align: 'right' as const } : {}),
      })),
    ],
    rows: texts.map((row, i) => [String(numberOf(i)), ...order.map((at) => cell(row[at] ?? ''))]),
    ...(total > rows.length ? { total, rest: options.rest } : {}),
  };
}

function orderOf({ columns }: Pick<RunQuery, 'columns'>, texts: string[][], options: RowsOptions): number[] {
  if (options.columns)
    return options.columns.map((name) => columns.findIndex((column) => column.name === name)).filter((i) => i >= 0);
  return options.glance === undefined ? readingOrder(columns) : tellingColumns(columns, texts, options.glance);
}

/** A fraction to four places, or four digits where it is small: files and bookmarks keep the whole number. */
function shownText(cell: Cell): string {
  if (typeof cell !== 'number' || Number.isInteger(cell)) return cellText(cell);
  return String(Number(Math.abs(cell) < 1 ? cell.toPrecision(4) : cell.toFixed(4)));
}
