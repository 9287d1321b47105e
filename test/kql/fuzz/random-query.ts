import type { Column, ColumnType, TableInfo } from '../../../src/ports/query-engine';
import type { Random } from '../interpreter/random';
import type { CallSignature } from './call-signatures';
import { hostileTexts } from './hostile-texts';
import { type Ingredients, quotedName, randomCall, randomExpression } from './random-expression';

const types: readonly ColumnType[] = [
  'bool',
  'int',
  'long',
  'real',
  'decimal',
  'string',
  'datetime',
  'timespan',
  'dynamic',
];

/** A query of one to four operators, whose expressions call any function there is. */
export function randomQuery(random: Random, tables: readonly TableInfo[], calls: readonly CallSignature[]): string {
  const table = random.pick(tables);
  const from: Ingredients & { named: number } = { columns: table.columns, calls, named: 0 };
  if (random.chance(0.2))
    return `print ${list(random, () => randomExpression(random, random.pick(types), { columns: [], calls }, 2))}`;
  const steps = Array.from({ length: 1 + random.below(3) }, () => randomStep(random, from, tables));
  return `${quotedName(table.name)} | ${steps.join(' | ')}`;
}

function randomStep(random: Random, from: Ingredients & { named: number }, tables: readonly TableInfo[]): string {
  const expression = (type: ColumnType) => randomExpression(random, type, from, random.pick([1, 1, 2, 3]));
  const anything = () => expression(random.pick(types));
  const column = () => quotedName(random.pick<Column>(from.columns).name);
  const name = () => (random.chance(0.9) ? `x${from.named++}` : `["${escaped(random.pick(hostileTexts))}"]`);
  switch (random.below(16)) {
    case 0:
    case 1:
      return `where ${expression('bool')}`;
    case 2:
    case 3:
    case 4:
      return `extend ${list(random, () => `${name()} = ${anything()}`)}`;
    case 5:
      return `project ${list(random, () => `${name()} = ${anything()}`)}`;
    case 6:
    case 7:
    case 8:
      return `summarize ${list(random, () => `${name()} = ${randomCall(random, from, 2, true)}`)} by ${name()} = ${anything()}`;
    case 9:
      return `sort by ${anything()} ${random.pick(['asc', 'desc', 'asc nulls first', ''])} | extend ${name()} = ${anything()}`;
    case 10:
      return `mv-expand ${name()} = ${randomExpression(random, 'array', from, 2)} to typeof(${random.pick(types)})`;
    case 11:
      return `mv-apply ${name()} = ${randomExpression(random, 'array', from, 2)} on (extend y = ${anything()} | take 2)`;
    case 12:
      return `join kind=${random.pick(['inner', 'leftouter', 'rightanti', 'innerunique', 'fullouter', 'leftsemi'])} (${quotedName(random.pick(tables).name)}) on ${column()}`;
    case 13:
      return `parse ${column()} with ${random.pick(['', '* '])}"${escaped(random.pick(hostileTexts))}" ${name()}:${random.pick(types)} "${escaped(random.pick(hostileTexts))}" *`;
    case 14:
      return `make-series ${name()} = ${randomCall(random, from, 1, true)} on ${column()} from ${random.pick(['0', 'datetime(2024-01-01)', anything()])} to ${random.pick(['5', 'datetime(2024-01-03)', anything()])} step ${random.pick(['1', '6h', anything()])}`;
    default:
      return `union (${quotedName(random.pick(tables).name)} | extend ${name()} = ${anything()}) | distinct *`;
  }
}

function list(random: Random, make: () => string): string {
  return Array.from({ length: 1 + random.below(3) }, make).join(', ');
}

function escaped(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}
