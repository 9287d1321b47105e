import type { Column, ColumnType } from '../../../ports/query-engine';
import { isDefenderTable, knownTable } from './known-tables';
import { kind, typeOfKinds } from './value-kinds';

/** The column that says which file a row came from, so that a changed file's rows can be taken out again. */
export const fileColumn = '__file';

/** What one file says of one table: the part of its plan that is kept with the cache. */
export interface TablePart {
  table: string;
  rows: number;
  columns: { name: string; fixed?: ColumnType; declared?: ColumnType; kinds?: number }[];
}

const kindsOfType: Record<ColumnType, number> = {
  bool: kind.bool,
  int: kind.long,
  long: kind.long,
  real: kind.real,
  decimal: kind.text,
  string: kind.text,
  datetime: kind.instant,
  timespan: kind.text,
  guid: kind.text,
  dynamic: kind.object,
};

/** The columns of a table over all its files: one spelling each, and a type that holds every file's values. */
export function mergeColumns(parts: TablePart[]): Column[] {
  const merged = new Map<string, { name: string; fixed?: ColumnType; declared: Set<ColumnType>; kinds: number }>();
  for (const part of parts) {
    for (const column of part.columns) {
      const key = column.name.toLowerCase();
      const one = merged.get(key) ?? { name: column.name, declared: new Set(), kinds: 0 };
      merged.set(key, one);
      if (column.fixed) one.fixed = column.fixed;
      if (column.declared) one.declared.add(column.declared);
      one.kinds |= column.kinds ?? 0;
    }
  }
  return [...merged.values()].map(({ name, fixed, declared, kinds }) => {
    if (fixed) return { name, type: fixed };
    const [only] = declared;
    if (only && declared.size === 1 && (kinds & ~kind.blank) === 0) return { name, type: only };
    return { name, type: typeOfKinds([...declared].reduce((all, type) => all | kindsOfType[type], kinds)) };
  });
}

/** A column as a query sees it: stored, or the same for every row. */
export interface VisibleColumn extends Column {
  /** SQL over the stored table; absent where the column is stored under its own name. */
  sql?: string;
}

/**
 * What a query sees of a table: what is stored, and behind it the documented columns that no log filled, as Sentinel shows
 * them, empty. Defender's tables have both names of their time.
 */
export function visibleColumns(table: string, stored: Column[]): VisibleColumn[] {
  const columns: VisibleColumn[] = [...stored];
  const has = (name: string) => stored.some((column) => column.name.toLowerCase() === name.toLowerCase());
  if (isDefenderTable(table) && has('TimeGenerated') && !has('Timestamp')) {
    columns.push({ name: 'Timestamp', type: 'datetime', sql: '"TimeGenerated"' });
  }
  for (const { name, type } of knownTable(table)?.columns ?? []) {
    if (has(name) || columns.some((column) => column.name === name)) continue;
    columns.push({ name, type, sql: type === 'string' ? `''` : `NULL` });
  }
  return columns;
}

/** The column that tells when: the one that time ranges are applied to. */
export function timeColumn(columns: Column[]): string | undefined {
  const named = (name: string) => columns.find((column) => column.name === name && column.type === 'datetime')?.name;
  return named('TimeGenerated') ?? named('Timestamp');
}
