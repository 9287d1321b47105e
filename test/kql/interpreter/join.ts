import { keyOf, type Step } from './operator';
import type { Random } from './random';
import { type Column, datatable, randomTable, type Table, type Value } from './table';

const kinds = [
  'innerunique',
  'inner',
  'leftouter',
  'rightouter',
  'fullouter',
  'leftsemi',
  'leftanti',
  'rightsemi',
  'rightanti',
] as const;

/** A join with a table of its own, by keys of one type; null meets nothing. */
export function randomJoin(left: Table, _names: () => string, random: Random): Step | undefined {
  const right = randomTable(random, ['k', 'c1', 'c2'].slice(0, 1 + random.below(3)));
  const kind = random.pick(kinds);
  const pairs = left.columns.flatMap((a) =>
    right.columns.filter((b) => b.type === a.type && b.type !== 'dynamic' && b.type !== 'real').map((b) => ({ a, b })),
  );
  if (pairs.length === 0) return undefined;
  const { a, b } = random.pick(pairs);
  const places = [left.columns.indexOf(a), right.columns.indexOf(b)] as const;
  if (kind === 'innerunique' && severalForOneKey(left, places[0])) return undefined;
  const on = a.name === b.name && random.chance(0.7) ? a.name : `$left.${a.name} == $right.${b.name}`;
  return {
    text: `join kind=${kind} (${datatable(right)}) on ${on}`,
    run: (table) => joined(table, right, kind, ...places),
  };
}

/** Whether different rows meet under one key: which of them innerunique keeps is not determined. */
function severalForOneKey({ rows }: Table, place: number): boolean {
  const keys = new Map(rows.map((row) => [keyOf([row[place] ?? null]), keyOf(row)]));
  return rows.some((row) => keys.get(keyOf([row[place] ?? null])) !== keyOf(row));
}

/** A lookup: the right side's keys are left out of the result. */
export function randomLookup(left: Table, _names: () => string, random: Random): Step | undefined {
  const right = randomTable(random, ['k', 'c1', 'c2'].slice(0, 1 + random.below(3)));
  const keys = left.columns.filter((a) =>
    right.columns.some((b) => b.name === a.name && b.type === a.type && b.type !== 'dynamic' && b.type !== 'real'),
  );
  const [first, second] = keys;
  if (!first) return undefined;
  const on = second && random.chance(0.3) ? [first, second] : [first];
  const inner = random.chance(0.4);
  const kind = inner ? ' kind=inner' : random.pick(['', ' kind=leftouter']);
  const pairs = on.map((key) => [
    left.columns.indexOf(key),
    right.columns.findIndex((column) => column.name === key.name),
  ]);
  const added = right.columns.filter((column) => !on.some((key) => key.name === column.name));
  return {
    text: `lookup${kind} (${datatable(right)}) on ${on.map((key) => key.name).join(', ')}`,
    run({ columns, rows }) {
      const meets = (l: Value[], r: Value[]) =>
        pairs.every(([a = 0, b = 0]) => l[a] !== null && keyOf([l[a] ?? null]) === keyOf([r[b] ?? null]));
      const rest = (r: Value[]) => added.map((column) => r[right.columns.indexOf(column)] ?? null);
      return {
        columns: named([...columns, ...added]),
        rows: rows.flatMap((l) => {
          const met = right.rows.filter((r) => meets(l, r)).map((r) => [...l, ...rest(r)]);
          return met.length > 0 || inner ? met : [[...l, ...empty(added)]];
        }),
      };
    },
  };
}

function joined(left: Table, right: Table, kind: (typeof kinds)[number], a: number, b: number): Table {
  const meets = (l: Value[], r: Value[]) => l[a] !== null && keyOf([l[a] ?? null]) === keyOf([r[b] ?? null]);
  const leftMet = left.rows.filter((l) => right.rows.some((r) => meets(l, r)));
  const rightMet = right.rows.filter((r) => left.rows.some((l) => meets(l, r)));
  if (kind === 'leftsemi') return { ...left, rows: leftMet };
  if (kind === 'leftanti') return { ...left, rows: left.rows.filter((row) => !leftMet.includes(row)) };
  if (kind === 'rightsemi') return { ...right, rows: rightMet };
  if (kind === 'rightanti') return { ...right, rows: right.rows.filter((row) => !rightMet.includes(row)) };
  const lefts = kind === 'innerunique' ? [...new Map(left.rows.map((row) => [keyOf(row), row])).values()] : left.rows;
  const rows = lefts.flatMap((l) => right.rows.filter((r) => meets(l, r)).map((r) => [...l, ...r]));
  if (kind === 'leftouter' || kind === 'fullouter')
    rows.push(...left.rows.filter((row) => !leftMet.includes(row)).map((row) => [...row, ...empty(right.columns)]));
  if (kind === 'rightouter' || kind === 'fullouter')
    rows.push(...right.rows.filter((row) => !rightMet.includes(row)).map((row) => [...empty(left.columns), ...row]));
  return { columns: named([...left.columns, ...right.columns]), rows };
}

function empty(columns: Column[]): Value[] {
  return columns.map(({ type }) => (type === 'string' ? '' : null));
}

/** The second column of a name gets a number behind it that no other column has. */
function named(columns: Column[]): Column[] {
  const taken = new Set(columns.map((column) => column.name));
  const seen = new Set<string>();
  return columns.map((column) => {
    let name = column.name;
    for (let i = 1; seen.has(name) || (name !== column.name && taken.has(name)); i++) name = `${column.name}${i}`;
    seen.add(name);
    return { ...column, name };
  });
}
