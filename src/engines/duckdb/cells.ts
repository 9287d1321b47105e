import type { DuckDBDataChunk, DuckDBValue } from '@duckdb/node-api';
import { type Cell, type Column, type ColumnType, QueryError } from '../../ports/query-engine';
import { parseDynamic } from './dynamic-text';
import { spanToText, ticksToText } from './ticks';

/** One dynamic cell longer than this ends the query: it would fill the memory of everything that handles the answer. */
const longestCell = 16 * 1024 * 1024;

/** The cells of a chunk, row by row, in the port's form. `columns` gives the Kusto types, by position. */
export function chunkToRows(chunk: DuckDBDataChunk, columns: Column[]): Cell[][] {
  const cells = columns.map((column, place) => {
    const convert = converters[column.type];
    const empty = emptyOf(column.type);
    return chunk.getColumnValues(place).map((value) => (value === null ? empty : convert(value, column)));
  });
  return Array.from({ length: chunk.rowCount }, (_, i) => cells.map((values) => values[i] ?? null));
}

/** Kusto has no null string. */
function emptyOf(type: ColumnType): Cell {
  return type === 'string' ? '' : null;
}

const converters: Record<ColumnType, (value: DuckDBValue, column: Column) => Cell> = {
  bool: (value) => value === true,
  int: numberCell,
  long: numberCell,
  real: numberCell,
  decimal: (value) => trimDecimal(String(value)),
  string: textCell,
  guid: (value) => String(value),
  dynamic: (value, column) => parseDynamic(textCell(value, column)),
  datetime: (value) => ticksToText(toTicks(value)) ?? null,
  timespan: (value) => spanToText(toTicks(value)),
};

function numberCell(value: DuckDBValue): Cell {
  if (typeof value === 'bigint') {
    const number = Number(value);
    return Number.isSafeInteger(number) ? number : String(value);
  }
  if (typeof value !== 'number') return String(value);
  return Number.isFinite(value) ? value : String(value);
}

function textCell(value: DuckDBValue, column: Column): string {
  const text = String(value);
  if (text.length <= longestCell) return text;
  throw new QueryError(
    'limit',
    `A value of ${column.name} is longer than ${longestCell} characters: summarise less into one value`,
  );
}

function toTicks(value: DuckDBValue): bigint {
  return typeof value === 'bigint' ? value : BigInt(Math.trunc(Number(value)));
}

/** The database pads decimals to their scale. */
function trimDecimal(text: string): string {
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}

/** About how much a row weighs on its way to another process. */
export function weightOf(row: Cell[]): number {
  let weight = 8 * row.length;
  for (const cell of row) {
    if (typeof cell === 'string') weight += cell.length;
    else if (typeof cell === 'object' && cell !== null) weight += JSON.stringify(cell).length;
  }
  return weight;
}
