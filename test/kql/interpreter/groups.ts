import { keyOf, randomStep, type Step } from './operator';
import type { Random } from './random';
import { orderOf } from './span';
import type { Column, Table, Value } from './table';

/** The rows of each key, in the order of their first row. */
function grouped(rows: Value[][], places: number[]): Map<string, Value[][]> {
  const groups = new Map<string, Value[][]>();
  for (const row of rows) {
    const key = keyOf(places.map((place) => row[place] ?? null));
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return groups;
}

/** Arg_max and arg_min of all columns, where no different rows tie. */
export function randomArgMax(given: Table, _names: () => string, random: Random): Step | undefined {
  const { columns } = given;
  const plain = columns.filter((column) => column.type !== 'dynamic');
  const keys = plain.filter(() => random.chance(0.4));
  const others = plain.filter((column) => !keys.includes(column) && column.type !== 'bool');
  if (others.length === 0) return undefined;
  const by = random.pick(others);
  const place = columns.indexOf(by);
  const most = random.chance(0.5);
  const rest = columns.filter((column) => column !== by && !keys.includes(column));
  const groups = grouped(
    given.rows,
    keys.map((key) => columns.indexOf(key)),
  );
  const best = [...groups.values()].map((rows) => extremes(rows, by, place, most));
  if (groups.size === 0 || best.some((rows) => new Set(rows.map(keyOf)).size !== 1)) return undefined;
  const order = [...keys, by, ...rest];
  return {
    text: `summarize ${most ? 'arg_max' : 'arg_min'}(${by.name}, *)${keys.length > 0 ? ` by ${keys.map((key) => key.name).join(', ')}` : ''}`,
    run: () => ({
      columns: order,
      rows: best.map(([row]) => order.map((column) => row?.[columns.indexOf(column)] ?? null)),
    }),
  };
}

function extremes(rows: Value[][], { type }: Column, place: number, most: boolean): Value[][] {
  const known = rows.filter((row) => row[place] !== null);
  if (known.length === 0) return rows;
  const key = (row: Value[]) => orderOf(row[place] ?? null, type) ?? 0;
  const [first] = known.map(key).sort((a, b) => (a === b ? 0 : a < b === most ? 1 : -1));
  return known.filter((row) => key(row) === first);
}

/** One or two steps for the rows of each key of its own. */
export function randomPartition(given: Table, names: () => string, random: Random): Step | undefined {
  const { columns } = given;
  const keys = columns.filter((column) => column.type === 'long' || column.type === 'string');
  if (keys.length === 0) return undefined;
  const key = random.pick(keys);
  const place = columns.indexOf(key);
  const parts = [...grouped(given.rows, [place]).values()];
  if (parts.length === 0) return undefined;
  const hint = random.pick(['', 'hint.strategy=native ', 'hint.strategy=shuffle ', 'hint.strategy=legacy ']);
  const inner = innerStep(given, names, random);
  if (!inner) return undefined;
  return {
    text: `partition ${hint}by ${key.name} (${inner.text})`,
    run(table) {
      const results = [...grouped(table.rows, [place]).values()].map((rows) => inner.run({ columns, rows }));
      return { columns: results[0]?.columns ?? columns, rows: results.flatMap((result) => result.rows) };
    },
  };
}

/** A step that gives the same for a part whatever the other parts are. */
function innerStep(given: Table, names: () => string, random: Random): Step | undefined {
  for (let i = 0; i < 8; i++) {
    const step = randomStep(given, names, random);
    if (/^(where|extend|project|summarize(?! arg)|distinct|sort|top |mv-expand|join kind=(?!full))/.test(step.text))
      return step;
  }
  return undefined;
}

const aggregates = [
  { text: () => 'count()', over: (rows: Value[][]) => rows.length },
  {
    text: (name: string) => `sum(${name})`,
    over: (rows: Value[][], place: number) => rows.reduce((sum, row) => sum + Number(row[place]), 0),
  },
];

interface Level {
  key: Column;
  place: number;
  limit: number | undefined;
  others: boolean;
  ascending: boolean;
  aggregate: (typeof aggregates)[number];
  of: number;
}

/** Top-nested of one or two levels, with the rest or without, where nothing ties at a cut. */
export function randomTopNested(given: Table, _names: () => string, random: Random): Step | undefined {
  const { columns } = given;
  const keys = columns.filter((column) => column.type === 'string');
  const of = columns.findIndex((column) => column.type === 'long');
  if (keys.length === 0 || of < 0 || given.rows.length === 0) return undefined;
  const levels: Level[] = keys.slice(0, 2).map((key) => ({
    key,
    place: columns.indexOf(key),
    limit: random.chance(0.8) ? 1 + random.below(2) : undefined,
    others: random.chance(0.4),
    ascending: random.chance(0.3),
    aggregate: random.pick(aggregates),
    of,
  }));
  if (levels.some((level) => level.others && level.limit === undefined)) return undefined;
  const rows = nested(given.rows, levels);
  if (!rows) return undefined;
  const text = levels.map(({ key, limit, others, ascending, aggregate }) => {
    const rest = others ? ' with others="rest"' : '';
    return `top-nested ${limit ?? ''} of ${key.name}${rest} by ${aggregate.text(columns[of]?.name ?? '')}${ascending ? ' asc' : ''}`;
  });
  return {
    text: text.join(', '),
    run: () => ({
      columns: levels.flatMap(({ key }): Column[] => [key, { name: `aggregated_${key.name}`, type: 'long' }]),
      rows,
    }),
  };
}

function nested(rows: Value[][], levels: Level[]): Value[][] | undefined {
  const [level, ...rest] = levels;
  if (!level) return [[]];
  const over = (some: Value[][]) => level.aggregate.over(some, level.of);
  const groups = [...grouped(rows, [level.place]).values()]
    .map((some) => ({ some, key: some[0]?.[level.place] ?? null, value: over(some) }))
    .sort((a, b) => (level.ascending ? a.value - b.value : b.value - a.value));
  const { limit } = level;
  if (limit !== undefined && groups[limit] && groups[limit]?.value === groups[limit - 1]?.value) return undefined;
  const result: Value[][] = [];
  for (const { some, key, value } of groups.slice(0, limit)) {
    const below = nested(some, rest);
    if (!below) return undefined;
    result.push(...below.map((row) => [key, value, ...row]));
  }
  const left = groups.slice(limit ?? groups.length).flatMap(({ some }) => some);
  if (level.others && left.length > 0) {
    const below = rest.flatMap((one): Value[] =>
      one.others ? ['rest', one.aggregate.over(left, one.of)] : ['', null],
    );
    result.push(['rest', over(left), ...below]);
  }
  return result;
}
