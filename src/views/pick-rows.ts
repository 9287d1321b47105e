import type { Block } from '../chat/card';
import type { RunQuery } from '../domain/run';
import type { Cell } from '../ports/query-engine';
import { rowOptions } from './row-label';

/** A shown row is opened whole, or several are ticked and bookmarked. */
export function pickRows(
  run: string,
  query: Pick<RunQuery, 'id' | 'columns'>,
  rows: readonly Cell[][],
  numbers: readonly number[],
): Block[] {
  if (rows.length === 0) return [];
  const options = rowOptions(query, rows, numbers);
  const args = { run, query: query.id };
  return [
    { type: 'select', field: 'row', label: 'Open a row', options, act: { command: 'row', args } },
    { type: 'select', field: 'rows', label: 'Tick rows to bookmark', options, several: true, act: 'wait' },
    {
      type: 'actions',
      buttons: [{ label: 'Bookmark rows', command: 'bookmark', args, opens: 'form' }],
    },
  ];
}
