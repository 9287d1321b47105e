import type { Cell, Column, ColumnType } from '../../ports/query-engine';
import { parseDynamic } from '../duckdb/dynamic-text';

const types: Record<string, ColumnType> = {
  bool: 'bool',
  boolean: 'bool',
  sbyte: 'bool',
  int: 'int',
  int32: 'int',
  long: 'long',
  int64: 'long',
  real: 'real',
  double: 'real',
  decimal: 'decimal',
  sqldecimal: 'decimal',
  string: 'string',
  datetime: 'datetime',
  date: 'datetime',
  timespan: 'timespan',
  time: 'timespan',
  guid: 'guid',
  uuid: 'guid',
  uniqueid: 'guid',
  dynamic: 'dynamic',
  object: 'dynamic',
};

/** Kusto's name of a type as either service writes it (`long`, `System.Int64`); undefined for one that Kusto does not have. */
export function readColumnType(name: string): ColumnType | undefined {
  return types[name.toLowerCase().replace(/^.*\./, '')];
}

/** A whole number of so many digits that JavaScript may not hold it, or something in a text that looks like one. */
const longNumber = /[[,:]\s*-?\d{16,}\s*[\],}]/;

/** JSON whose whole numbers past 2^53 come as strings of their digits. */
export function parseAnswer(text: string): Cell {
  return longNumber.test(text) ? parseDynamic(text) : JSON.parse(text);
}

/** The cells of one row in the port's form. A row that is shorter than the columns has nulls at its end. */
export function readRow(row: Cell[], columns: Column[]): Cell[] {
  return columns.map((column, place) => readCell(row[place] ?? null, column.type));
}

function readCell(raw: Cell, type: ColumnType): Cell {
  // Kusto has no null string; both services write one as null now and then.
  if (raw === null) return type === 'string' ? '' : null;
  switch (type) {
    case 'bool':
      return typeof raw === 'boolean' ? raw : raw === 1 || raw === '1' || raw === 'true' || raw === 'True';
    case 'real':
      return typeof raw === 'string' && /^-?\d/.test(raw) ? Number(raw) : raw;
    case 'int':
    case 'long':
      return wholeNumber(raw);
    case 'decimal':
    case 'string':
    case 'guid':
      return String(raw);
    case 'datetime':
      return sevenDigits(String(raw), /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,7}))?(?:Z|\+00:00)?$/, 'Z');
    case 'timespan':
      return sevenDigits(String(raw), /^(-?(?:\d+\.)?\d\d:\d\d:\d\d)(?:\.(\d{1,7}))?$/, '');
    case 'dynamic':
      return typeof raw === 'string' ? dynamicFrom(raw) : raw;
    default:
      return type satisfies never;
  }
}

function wholeNumber(raw: Cell): Cell {
  const number = Number(raw);
  return Number.isSafeInteger(number) ? number : String(raw);
}

/** Both services leave out the fraction where it is zero. What does not look as documented stays as it came. */
function sevenDigits(text: string, form: RegExp, end: string): string {
  const match = form.exec(text);
  return match ? `${match[1]}.${(match[2] ?? '').padEnd(7, '0')}${end}` : text;
}

/** Bags and arrays come as their JSON text; a dynamic that is a string comes as itself. */
function dynamicFrom(text: string): Cell {
  try {
    return parseDynamic(text);
  } catch (error) {
    if (error instanceof SyntaxError) return text;
    throw error;
  }
}
