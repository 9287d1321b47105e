import type { Column, ColumnType } from '../../../ports/query-engine';
import file from './log-analytics-columns.json';

type Packed = Partial<Record<ColumnType, string>>;

const packed: ReadonlyMap<string, Packed> = new Map(Object.entries(file.tables));
const unpacked = new Map<string, KnownTable>();

export interface KnownTable {
  name: string;
  columns: Column[];
  /** By the column's name in lower case: logs of other tools write `timegenerated`. */
  byLowerName: ReadonlyMap<string, Column>;
}

/** The documented columns of a Log Analytics table; undefined where Microsoft documents none of that name. */
export function knownTable(name: string): KnownTable | undefined {
  const found = unpacked.get(name);
  if (found) return found;
  const types = packed.get(name);
  if (!types) return undefined;
  const columns = Object.entries(types).flatMap(([type, names]) =>
    names.split(' ').map((column) => ({ name: column, type: type as ColumnType })),
  );
  const table = { name, columns, byLowerName: new Map(columns.map((column) => [column.name.toLowerCase(), column])) };
  unpacked.set(name, table);
  return table;
}

export function isKnownTable(name: string): boolean {
  return packed.has(name);
}

export function knownTableNames(): string[] {
  return [...packed.keys()];
}

/** Defender's tables: advanced hunting calls their time Timestamp, Sentinel TimeGenerated. */
export function isDefenderTable(name: string): boolean {
  return /^(Device|Email|Url|Identity|Cloud|Alert)/.test(name) && packed.has(name);
}
