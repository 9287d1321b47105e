import type { RunQuery } from '../domain/run';
import type { Cell } from '../ports/query-engine';
import { cellText } from './cell-text';
import { defang } from './defang';
import { tellingColumns } from './row-order';
import { shortened } from './wording';

/** Rows as choices of a select: their number, and what tells them apart. */
export function rowOptions(
  query: Pick<RunQuery, 'columns'>,
  rows: readonly Cell[][],
  numbers: readonly number[],
): { value: string; label: string }[] {
  const texts = rows.map((row) => query.columns.map((_, at) => defang(cellText(row[at] ?? null))));
  const order = tellingColumns(query.columns, texts, 4);
  return rows.map((_, index) => {
    const number = String(numbers[index] ?? index + 1);
    const words = order.map((at) => shortened(texts[index]?.[at] ?? '', 30)).filter((text) => text !== '');
    return { value: number, label: shortened(`${number} · ${words.join(' · ')}`, 75) };
  });
}
