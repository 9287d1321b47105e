import type { Step } from './operator';
import type { Random } from './random';
import { type Column, datatable, randomTable, type Table, type Value } from './table';

/** A union with a table of its own: columns meet by name and type, and a name of two types becomes two columns. */
export function randomUnion(left: Table, _names: () => string, random: Random): Step | undefined {
  const right = randomTable(random, ['k', 'c1', 'c2', 'c3'].slice(0, 1 + random.below(4)));
  const inner = random.chance(0.25) && unified(left.columns, right.columns, true).length > 0;
  const names = unified(left.columns, right.columns, inner).map((column) => column.name);
  if (new Set(names).size < names.length) return undefined;
  const kind = inner ? ' kind=inner' : random.pick(['', ' kind=outer']);
  return {
    text: `union${kind} (${datatable(right)})`,
    run(table) {
      const columns = unified(table.columns, right.columns, inner);
      const rows = [table, right].flatMap((one) =>
        one.rows.map((row) => columns.map((column) => cellOf(row, one, column))),
      );
      return { columns: columns.map(({ name, type }) => ({ name, type })), rows };
    },
  };
}

type Unified = Column & { original: string };

function unified(left: Column[], right: Column[], inner: boolean): Unified[] {
  const all = [...left, ...right];
  const columns: Unified[] = [];
  for (const name of new Set(all.map((column) => column.name))) {
    const types = new Set(all.filter((column) => column.name === name).map((column) => column.type));
    for (const type of types) {
      const inBoth = [left, right].every((side) => side.some((column) => column.name === name && column.type === type));
      if (inner && !inBoth) continue;
      columns.push({ name: types.size > 1 && !inner ? `${name}_${type}` : name, type, original: name });
    }
  }
  return columns;
}

function cellOf(row: Value[], { columns }: Table, { original, type }: Unified): Value {
  const place = columns.findIndex((column) => column.name === original && column.type === type);
  return row[place] ?? (type === 'string' ? '' : null);
}
