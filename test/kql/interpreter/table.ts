import type { Random } from './random';

export type Type = 'long' | 'real' | 'string' | 'bool' | 'dynamic' | 'timespan';
export type Value = null | boolean | number | string | Value[] | { [key: string]: Value };

export interface Column {
  name: string;
  type: Type;
}

export interface Table {
  columns: Column[];
  rows: Value[][];
}

/** Few values of each type, so that rows meet each other; reals are exact in binary, so that sums do not depend on their order. */
const pools: Record<Type, Value[]> = {
  long: [null, 0, 1, 2, 3, 5, -1, -4, 7],
  real: [null, 0, 0.5, 1, -1.5, 2.25, 4],
  string: ['', 'a', 'A', 'b', 'ab', 'a b', 'b-a', 'x.a', 'B_a', 'ba1'],
  bool: [null, true, false],
  timespan: [null, '00:00:00', '00:00:01', '00:01:30', '1.00:00:00', '-00:00:05'],
  dynamic: [
    null,
    5,
    'a',
    true,
    [],
    {},
    [1, 2],
    ['a', null, 3],
    { k: 1, s: 'a' },
    { k: 'b' },
    { k: null, s: 2 },
    { k: [1, { z: 2 }] },
  ],
};

export const types = Object.keys(pools) as Type[];

export function randomValue(type: Type, random: Random): Value {
  return random.pick(pools[type]);
}

export function randomTable(random: Random, names: string[]): Table {
  const columns = names.map((name, i) => ({ name, type: i === 0 ? ('long' as const) : random.pick(types) }));
  const rows = Array.from({ length: random.below(9) }, () => columns.map((column) => randomValue(column.type, random)));
  return { columns, rows };
}

export function literal(value: Value, type: Type): string {
  if (type === 'string') return JSON.stringify(value);
  if (type === 'dynamic' || value !== null)
    return type === 'long' || type === 'bool'
      ? String(value)
      : `${type}(${type === 'timespan' ? value : JSON.stringify(value)})`;
  return `${type}(null)`;
}

export function datatable({ columns, rows }: Table): string {
  const schema = columns.map(({ name, type }) => `${name}:${type}`).join(', ');
  const values = rows.flatMap((row) => row.map((value, i) => literal(value, columns[i]?.type ?? 'string')));
  return `datatable(${schema})[${values.join(', ')}]`;
}
