import type { ColumnType } from '../../ports/query-engine';
import type { Constant, Expr } from '../expr';
import { quoteText } from './quote-text';

/** The name of each type's column in SQL. */
export const sqlTypes = {
  bool: 'BOOLEAN',
  int: 'INTEGER',
  long: 'BIGINT',
  real: 'DOUBLE',
  decimal: 'DECIMAL(38,18)',
  string: 'VARCHAR',
  guid: 'UUID',
  dynamic: 'JSON',
  datetime: 'BIGINT',
  timespan: 'BIGINT',
} satisfies Record<ColumnType, string>;

/** A constant of a type. A null string is the empty string, as in Kusto. */
export function literal(value: Constant['value'], type: ColumnType): Expr {
  return { sql: literalSql(value, type), type, constant: { value } };
}

export function nullOf(type: ColumnType): Expr {
  return type === 'string' ? literal('', 'string') : literal(null, type);
}

function literalSql(value: Constant['value'], type: ColumnType): string {
  if (type === 'dynamic') return value === null ? 'NULL::JSON' : `${quoteText(JSON.stringify(value))}::JSON`;
  if (value === null) return type === 'string' ? "''" : `NULL::${sqlTypes[type]}`;
  if (type === 'string') return quoteText(String(value));
  if (type === 'bool') return value ? 'true' : 'false';
  if (type === 'real') return `${quoteText(String(value))}::DOUBLE`;
  if (type === 'guid' || type === 'decimal') return `${quoteText(String(value))}::${sqlTypes[type]}`;
  return `(${String(value)})::${sqlTypes[type]}`;
}

/** The text of an argument known at compile time, or undefined. */
export function constantText(arg: Expr | undefined): string | undefined {
  const value = arg?.constant?.value;
  return typeof value === 'string' ? value : undefined;
}

/** The whole number of an argument known at compile time (ticks for a timespan), or undefined. */
export function constantInteger(arg: Expr | undefined): bigint | undefined {
  const value = arg?.constant?.value;
  if (typeof value === 'bigint') return value;
  if (typeof value === 'number' && Number.isInteger(value)) return BigInt(value);
  return undefined;
}
