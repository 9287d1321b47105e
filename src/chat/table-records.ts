import type { TableBlock } from './card';

/** Longest value that still asks for its own width; longer ones wrap. */
const widest = 28;

/** Characters that each column asks for, in reading width: what it takes to show the table without breaking words. */
export function columnWidths(table: TableBlock): number[] {
  return table.columns.map((column, index) =>
    Math.min(widest, Math.max(column.title.length, ...table.rows.map((row) => (row[index] ?? '').length), 2)),
  );
}

/** Whether the table asks for more than `most` characters of width, gaps included. */
export function isWiderThan(table: TableBlock, most: number): boolean {
  return columnWidths(table).reduce((sum, width) => sum + width + 2, 0) > most;
}

/** A row to be read as a line: its number or key, and what is filled of the rest. */
export interface TableRecord {
  key: string;
  /** A name beside the key needs no label. */
  cells: { label?: string; value: string }[];
}

/** The rows as records: for tables that are too wide for the place where they are shown. */
export function tableRecords(table: TableBlock): TableRecord[] {
  const numbered = table.columns[0]?.title === '#';
  return table.rows.map((row) => ({
    key: row[0] ?? '',
    cells: table.columns
      .map(({ title, align }, index) => ({
        ...(index === 1 && !numbered && align !== 'right' ? {} : { label: title }),
        value: row[index] ?? '',
      }))
      .filter(({ value }, index) => value !== '' && index > 0),
  }));
}
