import type { TableBlock } from './card';

/** Aligned columns for a fixed-width font; line breaks and tabs inside cells become spaces. */
export function monospaceTable(table: TableBlock): string {
  const rows = [table.columns.map((column) => column.title), ...table.rows].map((row) =>
    table.columns.map((_, index) => oneLine(row[index] ?? '')),
  );
  const widths = table.columns.map((_, index) => Math.max(...rows.map((row) => width(row[index] ?? ''))));
  return rows
    .map((row) =>
      row
        .map((cell, index) => pad(cell, widths[index] ?? 0, table.columns[index]?.align ?? 'left'))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function pad(cell: string, to: number, align: 'left' | 'right'): string {
  const space = ' '.repeat(Math.max(0, to - width(cell)));
  return align === 'right' ? space + cell : cell + space;
}

const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}]/u;
const NO_WIDTH = /\p{M}|\p{Cf}/u;

/** Columns in a fixed-width font: East Asian characters and emoji take two, combining marks none. */
function width(text: string): number {
  let columns = 0;
  for (const point of text) columns += NO_WIDTH.test(point) ? 0 : WIDE.test(point) ? 2 : 1;
  return columns;
}

function oneLine(text: string): string {
  return text.replace(/[\r\n\t\v\f\u0085\u2028\u2029]+/g, ' ');
}
