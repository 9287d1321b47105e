import type { Run, RunQuery } from '../domain/run';
import { UserError } from '../errors';
import type { Cell } from '../ports/query-engine';
import type { ResultPages } from '../ports/stores';
import { cellText } from '../views/cell-text';

/** Rows that are looked through for a filter or a sort; more are refused, never left out in silence. */
const mostSorted = 100_000;

export interface Selection {
  page: number;
  perPage: number;
  filter?: string | undefined;
  sort?: string | undefined;
}

export interface SelectedRows {
  rows: Cell[][];
  /** Row numbers in the whole result, from 1: they name the same row whatever the order. */
  numbers: number[];
  total: number;
  page: number;
  pages: number;
}

/** One page of a kept result, filtered and sorted without running the query again. */
export async function selectRows(
  results: ResultPages,
  run: Run,
  query: RunQuery,
  selection: Selection,
): Promise<SelectedRows> {
  const key = { run: run.id, query: query.id, attempt: query.attempt };
  const { perPage } = selection;
  if (!selection.filter && !selection.sort) {
    const pages = Math.max(1, Math.ceil(query.rows / perPage));
    const page = Math.min(selection.page, pages);
    const offset = (page - 1) * perPage;
    const rows = await results.slice(key, offset, perPage);
    return { rows, numbers: rows.map((_, i) => offset + i + 1), total: query.rows, page, pages };
  }
  if (query.rows > mostSorted)
    throw new UserError(
      'too-large',
      `${query.rows} rows are too many to filter or sort here (${mostSorted} at most).`,
      'Narrow the query with “where” or “top”.',
    );
  const kept: { row: Cell[]; number: number }[] = [];
  const words = selection.filter?.toLowerCase().split(/\s+/).filter(Boolean) ?? [];
  let number = 0;
  for await (const rows of results.read(key)) {
    for (const row of rows) {
      number += 1;
      const text = words.length === 0 ? '' : row.map(cellText).join('\n').toLowerCase();
      if (words.every((word) => text.includes(word))) kept.push({ row, number });
    }
  }
  if (selection.sort) sortRows(kept, query, selection.sort);
  const pages = Math.max(1, Math.ceil(kept.length / perPage));
  const page = Math.min(selection.page, pages);
  const shown = kept.slice((page - 1) * perPage, page * perPage);
  return {
    rows: shown.map((one) => one.row),
    numbers: shown.map((one) => one.number),
    total: kept.length,
    page,
    pages,
  };
}

function sortRows(rows: { row: Cell[] }[], query: RunQuery, sort: string): void {
  const down = sort.startsWith('-');
  const name = sort.replace(/^[-+]/, '');
  const at = query.columns.findIndex((column) => column.name.toLowerCase() === name.toLowerCase());
  if (at < 0)
    throw new UserError(
      'bad-input',
      `There is no column “${name}”.`,
      `There is ${query.columns.map((column) => column.name).join(', ')}.`,
    );
  rows.sort((a, b) => (down ? -1 : 1) * compareCells(a.row[at] ?? null, b.row[at] ?? null));
}

/** Nulls first; numbers by size, also those past 2^53 which come as text; the rest by letters. */
function compareCells(a: Cell, b: Cell): number {
  if (a === null || b === null) return Number(a !== null) - Number(b !== null);
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return cellText(a).localeCompare(cellText(b), 'en', { numeric: true });
}
