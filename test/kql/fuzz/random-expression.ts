import type { Column, ColumnType } from '../../../src/ports/query-engine';
import type { Random } from '../interpreter/random';
import type { ArgumentType, CallSignature } from './call-signatures';
import { hostileTexts } from './hostile-texts';

const literals: Record<ColumnType, readonly string[]> = {
  bool: ['true', 'false', 'bool(null)', '1 == 1'],
  int: ['int(0)', 'int(-1)', 'int(2147483647)', 'int(-2147483648)', 'int(null)'],
  long: [
    '0',
    '1',
    '-1',
    '2',
    '63',
    '64',
    '1000',
    '4294967296',
    '9223372036854775807',
    'long(-9223372036854775808)',
    'long(null)',
  ],
  real: [
    '0.0',
    '-0.5',
    '1e308',
    '-1e308',
    '5e-324',
    'real(nan)',
    'real(+inf)',
    'real(-inf)',
    'real(null)',
    '9007199254740993.0',
  ],
  decimal: [
    'decimal(0)',
    'decimal(1.5)',
    'decimal(99999999999999999999)',
    'decimal(-0.000000000000000001)',
    'decimal(null)',
  ],
  string: ['"abc"', '"A b-c"', '"1.2.3.4"', '"2024-01-01"', '"dGVzdA=="'],
  datetime: [
    'datetime(2024-02-29 12:34:56.1234567)',
    'datetime(0001-01-01)',
    'datetime(9999-12-31 23:59:59.9999999)',
    'datetime(1601-01-01)',
    'datetime(null)',
    'now()',
    'ago(1d)',
  ],
  timespan: [
    '1d',
    '-1d',
    '0s',
    '1tick',
    '10675199d',
    'time(-10675199.02:48:05.4775808)',
    'timespan(null)',
    'timespan(1.02:03:04.5)',
  ],
  guid: ['guid(00000000-0000-0000-0000-000000000000)', 'guid(null)', 'new_guid()'],
  dynamic: [
    'dynamic(null)',
    'dynamic([])',
    'dynamic({})',
    'dynamic([1, 2, 3])',
    'dynamic([1.5, null, "x"])',
    'dynamic({"a": {"b": [1]}, "c d": null})',
    'dynamic("text")',
    'dynamic(7)',
    'dynamic([[1, [2]], {"a": "\'"}])',
    'dynamic([9223372036854775807, -9223372036854775808])',
    'dynamic(["1970-01-01", "x", true])',
  ],
};

const conversions: Partial<Record<ColumnType, string>> = {
  bool: 'tobool',
  int: 'toint',
  long: 'tolong',
  real: 'toreal',
  decimal: 'todecimal',
  string: 'tostring',
  datetime: 'todatetime',
  timespan: 'totimespan',
  guid: 'toguid',
  dynamic: 'todynamic',
};

const shapes = {
  array: [
    'dynamic([])',
    'dynamic([1, 2, 3])',
    'dynamic([1.5, null, 1e308, -2])',
    'dynamic(["b", "a", null, "a"])',
    'dynamic([[1, [2]], {"a": 1}, true])',
    'dynamic(null)',
    'range(1, 5, 1)',
    'todynamic("[4, \\"x\\", null, 9223372036854775807]")',
    'repeat(2, 3)',
    'split("a b c", " ")',
  ],
  bag: [
    'dynamic({})',
    'dynamic({"a": {"b": [1]}, "c d": null})',
    'dynamic({"": 1, "\'": "\\"", "$.a": [2]})',
    'todynamic("{\\"a\\": 1, \\"a\\": 2}")',
    'bag_pack("k", 1, "k", 2)',
    'dynamic(null)',
  ],
} as const;

const operators: Partial<Record<ColumnType, readonly string[]>> = {
  bool: ['and', 'or', '==', '!='],
  long: ['+', '-', '*', '/', '%'],
  real: ['+', '-', '*', '/', '%'],
  decimal: ['+', '-', '*', '/'],
  timespan: ['+', '-'],
};

const textTests = [
  'has',
  '!has',
  'contains',
  'startswith',
  'endswith',
  '=~',
  '!~',
  'hasprefix',
  'hassuffix',
  'has_cs',
  'contains_cs',
];

export interface Ingredients {
  columns: readonly Column[];
  calls: readonly CallSignature[];
}

/** An expression that mostly has the wanted type; one in thirty has another on purpose. */
export function randomExpression(random: Random, wanted: ArgumentType, from: Ingredients, depth: number): string {
  if (wanted === 'array' || wanted === 'bag') return random.pick(shapes[wanted]);
  const type = random.chance(0.02) ? random.pick(Object.keys(literals) as ColumnType[]) : wanted;
  const inner = (one: ColumnType) => randomExpression(random, one, from, depth - 1);
  if (depth <= 0 || random.chance(0.3)) return leaf(random, type, from.columns);
  switch (random.below(6)) {
    case 0: {
      const operator = operators[type];
      return operator ? `(${inner(type)} ${random.pick(operator)} ${inner(type)})` : leaf(random, type, from.columns);
    }
    case 1:
      if (type === 'bool') return `(${inner('string')} ${random.pick(textTests)} ${inner('string')})`;
      if (type === 'dynamic') return `${inner('dynamic')}${random.pick(['.a', '[0]', '["c d"]', '[-1]', '.a.b[1]'])}`;
      return `iff(${inner('bool')}, ${inner(type)}, ${inner(type)})`;
    default: {
      const call = randomCall(random, from, depth, false);
      if (random.chance(0.1)) return call;
      return type === 'dynamic' || random.chance(0.5)
        ? `${conversions[type]}(tostring(${call}))`
        : `${conversions[type]}(${call})`;
    }
  }
}

/** A call of any function with arguments of types that its signature names. */
export function randomCall(random: Random, from: Ingredients, depth: number, aggregate: boolean): string {
  const refused = random.chance(0.01);
  const { name, parameters } = random.pick(
    from.calls.filter((one) => one.aggregate === aggregate && one.refused === refused),
  );
  const args = parameters.flatMap(({ types, least, most }) =>
    Array.from({ length: least + random.below(most - least + 1) }, () =>
      randomExpression(random, random.pick(types), from, depth - 1),
    ),
  );
  return `${name}(${args.join(', ')})`;
}

function leaf(random: Random, type: ColumnType, columns: readonly Column[]): string {
  const fitting = columns.filter((column) => column.type === type);
  if (fitting.length > 0 && random.chance(0.5)) return quotedName(random.pick(fitting).name);
  if (type === 'string' && random.chance(0.6)) return textLiteral(random, random.pick(hostileTexts));
  return random.pick(literals[type]);
}

export function quotedName(name: string): string {
  return /^[A-Za-z_]\w*$/.test(name) ? name : `['${name.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}']`;
}

function textLiteral(random: Random, text: string): string {
  if (random.chance(0.3) && !/[\r\n]/.test(text)) return `@'${text.replaceAll("'", "''")}'`;
  return JSON.stringify(text);
}
