import { type Aggregate, randomAggregate } from './aggregate';
import { type Expression, randomExpression, reference } from './expression';
import { randomArgMax, randomPartition, randomTopNested } from './groups';
import { randomJoin, randomLookup } from './join';
import { randomMakeSeries } from './make-series';
import { randomMvExpand } from './mv-expand';
import { randomParse } from './parse';
import type { Random } from './random';
import { orderOf } from './span';
import { type Column, type Table, types, type Value } from './table';
import { randomUnion } from './union';

/** One step of a pipeline: its text, and what it makes of a table. */
export interface Step {
  text: string;
  run(table: Table): Table;
}

/** The key of a row or of a group: equal for equal values, null beside null. */
export function keyOf(values: Value[]): string {
  return JSON.stringify(values);
}

export function randomStep(table: Table, names: () => string, random: Random): Step {
  return random.pick(steps)(table, names, random) ?? where(table, names, random);
}

export type StepMaker = (table: Table, names: () => string, random: Random) => Step | undefined;

function where({ columns }: Table, _names: () => string, random: Random): Step {
  const condition = randomExpression('bool', columns, 3, random);
  return {
    text: `where ${condition.text}`,
    run: (table) => ({ ...table, rows: table.rows.filter((row) => condition.value(row) === true) }),
  };
}

function extend({ columns }: Table, names: () => string, random: Random): Step {
  const added = expressions(columns, names, random);
  const replaced = random.chance(0.3) ? random.pick(columns) : undefined;
  const [first] = added;
  if (replaced && first) first.name = replaced.name;
  return {
    text: `extend ${listText(added)}`,
    run: ({ rows }) => {
      const kept = columns.map(
        (column) =>
          added.find((one) => one.name === column.name) ?? { name: column.name, ...reference(column, columns) },
      );
      const fresh = added.filter((one) => !columns.some((column) => column.name === one.name));
      return projected([...kept, ...fresh], rows);
    },
  };
}

function project({ columns }: Table, names: () => string, random: Random): Step {
  const kept = columns
    .filter(() => random.chance(0.6))
    .map((column) => ({ name: column.name, ...reference(column, columns) }));
  const items = [...kept, ...expressions(columns, names, random)];
  return { text: `project ${listText(items)}`, run: ({ rows }) => projected(items, rows) };
}

interface Named extends Expression {
  name: string;
}

function expressions(columns: Column[], names: () => string, random: Random): Named[] {
  return Array.from({ length: 1 + random.below(2) }, () => ({
    name: names(),
    ...randomExpression(random.pick(types), columns, 3, random),
  }));
}

function listText(items: Named[]): string {
  return items.map(({ name, text }) => (name === text ? name : `${name} = ${text}`)).join(', ');
}

function projected(items: Named[], rows: Value[][]): Table {
  return {
    columns: items.map(({ name, type }) => ({ name, type })),
    rows: rows.map((row) => items.map((item) => item.value(row))),
  };
}

function summarize({ columns }: Table, names: () => string, random: Random): Step {
  const plain = columns.filter((column) => column.type !== 'dynamic');
  const keys = plain
    .filter(() => random.chance(0.4))
    .map((column) => ({ name: column.name, ...reference(column, columns) }));
  const aggregates: (Aggregate & { name: string })[] = Array.from({ length: 1 + random.below(3) }, () => ({
    name: names(),
    ...randomAggregate(columns, random),
  }));
  const by = keys.length > 0 ? ` by ${listText(keys)}` : '';
  return {
    text: `summarize ${aggregates.map(({ name, text }) => `${name} = ${text}`).join(', ')}${by}`,
    run({ rows }) {
      const groups = new Map<string, Value[][]>(keys.length === 0 ? [['[]', []]] : []);
      for (const row of rows) {
        const key = keyOf(keys.map((one) => one.value(row)));
        groups.set(key, [...(groups.get(key) ?? []), row]);
      }
      return {
        columns: [...keys, ...aggregates].map(({ name, type }) => ({ name, type })),
        rows: [...groups].map(([key, group]) => [...JSON.parse(key), ...aggregates.map((one) => one.over(group))]),
      };
    },
  };
}

function distinct({ columns }: Table, _names: () => string, random: Random): Step | undefined {
  const plain = columns.filter((column) => column.type !== 'dynamic' && random.chance(0.6));
  if (plain.length === 0) return undefined;
  const items = plain.map((column) => ({ name: column.name, ...reference(column, columns) }));
  return {
    text: `distinct ${listText(items)}`,
    run({ rows }) {
      const all = projected(items, rows);
      return { ...all, rows: [...new Map(all.rows.map((row) => [keyOf(row), row])).values()] };
    },
  };
}

/** By every column, so that only equal rows tie; the number of a top is what a sort and a take would leave. */
function top({ columns }: Table, _names: () => string, random: Random): Step | undefined {
  if (columns.some((column) => column.type === 'dynamic')) return undefined;
  const keys = [...columns]
    .sort(() => random.below(3) - 1)
    .map((column) => ({
      place: columns.indexOf(column),
      ascending: random.chance(0.5),
      nulls: random.pick(['', 'first', 'last']),
    }));
  const text = keys.map(
    ({ place, ascending, nulls }) =>
      `${columns[place]?.name}${ascending ? ' asc' : random.chance(0.5) ? ' desc' : ''}${nulls && ` nulls ${nulls}`}`,
  );
  const take = random.chance(0.5) ? random.below(5) : undefined;
  const limit = take === undefined ? '' : keys.length === 1 ? '' : ` | take ${take}`;
  const compare = (a: Value[], b: Value[]) => {
    for (const { place, ascending, nulls } of keys) {
      const type = columns[place]?.type ?? 'string';
      const [x, y] = [orderOf(a[place] ?? null, type), orderOf(b[place] ?? null, type)];
      if (x === y) continue;
      if (x === null || y === null) return (x === null) === (nulls ? nulls === 'first' : ascending) ? -1 : 1;
      return x < y === ascending ? -1 : 1;
    }
    return 0;
  };
  return {
    text: take !== undefined && keys.length === 1 ? `top ${take} by ${text[0]}` : `sort by ${text.join(', ')}${limit}`,
    run: (table) => ({ ...table, rows: [...table.rows].sort(compare).slice(0, take) }),
  };
}

const steps: StepMaker[] = [
  where,
  where,
  extend,
  extend,
  project,
  summarize,
  distinct,
  top,
  randomMvExpand,
  randomMvExpand,
  randomJoin,
  randomJoin,
  randomLookup,
  randomUnion,
  randomParse,
  randomMakeSeries,
  randomArgMax,
  randomPartition,
  randomTopNested,
];
