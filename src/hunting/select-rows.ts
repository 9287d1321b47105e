import { setImmediate } from 'node:timers/promises';
import type { Run, RunQuery } from '../domain/run';
import { UserError } from '../errors';
import type { Cell } from '../ports/query-engine';
import type { ResultPages } from '../ports/stores';
import { compareCells } from './compare-cells';
import { rowFilter } from './row-filter';

/** Rows held at once for a sorted page: a page so far behind is reached by a filter, or by the other direction. */
const mostHeld = 20_000;

export interface Selection {
  page: number;
  perPage: number;
  filter?: string | undefined;
  /** Column names, the first one first; `-` before a name turns it round. */
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

interface Held {
  row: Cell[];
  number: number;
}

/** One page of a kept result, filtered and sorted without running the query again, and without holding more of it than the page needs. */
export async function selectRows(
  results: ResultPages,
  run: Run,
  query: RunQuery,
  selection: Selection,
): Promise<SelectedRows> {
  const { perPage, filter, sort } = selection;
  const key = { run: run.id, query: query.id, attempt: query.attempt };
  if (!filter && !sort) {
    const pages = Math.max(1, Math.ceil(query.rows / perPage));
    const page = Math.min(selection.page, pages);
    const offset = (page - 1) * perPage;
    const rows = await results.slice(key, offset, perPage);
    return { rows, numbers: rows.map((_, i) => offset + i + 1), total: query.rows, page, pages };
  }
  const fits = filter ? rowFilter(filter, query.columns) : () => true;
  const compare = sort ? comparison(query, sort) : null;
  const wanted = Math.min(selection.page, Math.max(1, Math.ceil(query.rows / perPage))) * perPage;
  if (compare && wanted > mostHeld)
    throw new UserError(
      'too-large',
      `Sorted rows are shown up to the ${mostHeld.toLocaleString('en-US')}th.`,
      'Turn the order round with “--sort -Column”, filter, or take the file.',
    );
  let held: Held[] = [];
  let total = 0;
  let number = 0;
  for await (const rows of results.read(key)) {
    for (const row of rows) {
      number += 1;
      if (!fits(row)) continue;
      total += 1;
      if (compare) held.push({ row, number });
      else keepLastPage(held, { row, number }, total, wanted, perPage);
    }
    // What cannot be on the page any more is let go from time to time, at the cost of a sort of a few pages' rows.
    if (compare && held.length > wanted * 2 + 5000) held = held.sort(compare).slice(0, wanted);
    await setImmediate();
  }
  const pages = Math.max(1, Math.ceil(total / perPage));
  const page = Math.min(selection.page, pages);
  const shown = compare ? held.sort(compare).slice((page - 1) * perPage, page * perPage) : held;
  return { rows: shown.map((one) => one.row), numbers: shown.map((one) => one.number), total, page, pages };
}

/** Without an order only the wanted page is kept, or the last one where there are fewer. */
function keepLastPage(held: Held[], one: Held, total: number, wanted: number, perPage: number): void {
  if (total > wanted) return;
  if ((total - 1) % perPage === 0) held.length = 0;
  held.push(one);
}

function comparison(query: RunQuery, sort: string): (a: Held, b: Held) => number {
  const keys = sort
    .split(/\s*,\s*/)
    .filter(Boolean)
    .map((one) => {
      const name = one.replace(/^[-+]/, '');
      const at = query.columns.findIndex((column) => column.name.toLowerCase() === name.toLowerCase());
      if (at < 0)
        throw new UserError(
          'bad-input',
          `There is no column “${name}”.`,
          `There is ${query.columns.map((column) => column.name).join(', ')}.`,
        );
      return { at, sign: one.startsWith('-') ? -1 : 1 };
    });
  return (a, b) => {
    for (const { at, sign } of keys) {
      const order = compareCells(a.row[at] ?? null, b.row[at] ?? null);
      if (order !== 0) return sign * order;
    }
    return a.number - b.number;
  };
}
