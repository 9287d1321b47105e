import type { Cell, Column } from '../../src/ports/query-engine';

const widest = 80;

/** Rows as RFC 4180 CSV with a header; dynamics as JSON. */
export function rowsToCsv(columns: Column[], rows: Cell[][]): string {
  const line = (cells: string[]) => `${cells.map(csvCell).join(',')}\r\n`;
  return [line(columns.map((column) => column.name)), ...rows.map((row) => line(row.map(cellText)))].join('');
}

/**
 * Rows as a table for a terminal. Whatever could steer the terminal is shown as an escape; cells wider than 80 are cut,
 * end in `…`, and the last line says so.
 */
export function rowsToTable(columns: Column[], rows: Cell[][]): string {
  let cut = 0;
  const shown = rows.map((row) =>
    row.map((cell) => {
      const text = printable(cellText(cell));
      if (text.length <= widest) return text;
      cut++;
      return `${text.slice(0, widest - 1)}…`;
    }),
  );
  const head = columns.map((column) => printable(column.name));
  const widths = head.map((name, i) => shown.reduce((most, row) => Math.max(most, row[i]?.length ?? 0), name.length));
  const line = (cells: string[]) =>
    cells
      .map((cell, i) => cell.padEnd(widths[i] ?? 0))
      .join('  ')
      .trimEnd();
  const rule = widths.map((width) => '-'.repeat(width)).join('  ');
  const count = `${rows.length} ${rows.length === 1 ? 'row' : 'rows'}${cut > 0 ? `; ${cut} values are cut and end in …: --format csv or json shows all` : ''}`;
  return `${[line(head), rule, ...shown.map(line), '', count].join('\n')}\n`;
}

function cellText(cell: Cell): string {
  if (cell === null) return '';
  return typeof cell === 'object' ? JSON.stringify(cell) : String(cell);
}

function csvCell(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Text in which nothing steers the terminal: control characters and the like are shown as escapes. */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, (character) => {
    if (character === '\n') return '\\n';
    if (character === '\r') return '\\r';
    if (character === '\t') return '\\t';
    return `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`;
  });
}
