import { type Expression, randomExpression } from './expression';
import type { Random } from './random';
import { orderOf } from './span';
import type { Column, Type, Value } from './table';

/** An aggregate in two forms: the text for the compiler, and what it gives over the rows of a group. */
export interface Aggregate {
  text: string;
  type: Type;
  over(rows: Value[][]): Value;
}

export function randomAggregate(columns: Column[], random: Random): Aggregate {
  const of = (type: Type) => randomExpression(type, columns, 2, random);
  const long = of('long');
  const text = of('string');
  const condition = of('bool');
  const one = random.pick([long, of('real'), text, of('timespan')]);
  const number = random.pick([long, of('real')]);
  return random.pick<Aggregate>([
    { text: 'count()', type: 'long', over: (rows) => rows.length },
    {
      text: `countif(${condition.text})`,
      type: 'long',
      over: (rows) => rows.filter((row) => condition.value(row) === true).length,
    },
    { text: `sum(${number.text})`, type: number.type, over: (rows) => sum(numbers(number, rows)) },
    {
      text: `sumif(${long.text}, ${condition.text})`,
      type: 'long',
      over: (rows) =>
        sum(
          numbers(
            long,
            rows.filter((row) => condition.value(row) === true),
          ),
        ),
    },
    { text: `min(${one.text})`, type: one.type, over: (rows) => extreme(one, rows, (a, b) => a < b) },
    { text: `max(${one.text})`, type: one.type, over: (rows) => extreme(one, rows, (a, b) => a > b) },
    { text: `dcount(${one.text})`, type: 'long', over: (rows) => new Set(values(one, rows)).size },
    {
      text: `array_sort_asc(make_set(${long.text}))`,
      type: 'dynamic',
      over: (rows) => sorted([...new Set(values(long, rows))]),
    },
    { text: `array_sort_asc(make_list(${text.text}))`, type: 'dynamic', over: (rows) => sorted(values(text, rows)) },
  ]);
}

function values(expression: Expression, rows: Value[][]): Value[] {
  return rows.map((row) => expression.value(row)).filter((value) => value !== null);
}

function numbers(expression: Expression, rows: Value[][]): number[] {
  return values(expression, rows).map(Number);
}

function sum(list: number[]): number {
  return list.reduce((total, value) => total + value, 0);
}

function sorted(list: Value[]): Value[] {
  return list.sort((a, b) => (a === b ? 0 : (a ?? '') < (b ?? '') ? -1 : 1));
}

/** Over no values null, or the empty text. */
function extreme(
  expression: Expression,
  rows: Value[][],
  better: (a: string | number, b: string | number) => boolean,
): Value {
  const nothing = expression.type === 'string' ? '' : null;
  const key = (value: Value) => {
    const order = orderOf(value, expression.type);
    return typeof order === 'string' ? order : Number(order);
  };
  const all = values(expression, rows);
  return all.length === 0 ? nothing : all.reduce((best, value) => (better(key(value), key(best)) ? value : best));
}
