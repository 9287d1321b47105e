import type { Random } from './random';
import { secondsOf, spanText } from './span';
import { type Column, literal, randomValue, type Type, type Value } from './table';

/** An expression in two forms: the text for the compiler, and a function for the interpreter. */
export interface Expression {
  text: string;
  type: Type;
  value(row: Value[]): Value;
}

type Maker = (columns: Column[], depth: number, random: Random) => Expression | undefined;

/** A random expression of the type, over the columns. */
export function randomExpression(type: Type, columns: Column[], depth: number, random: Random): Expression {
  const column = columns.filter((one) => one.type === type);
  if (depth <= 0 || random.chance(0.25)) {
    const found = column.length > 0 && random.chance(0.8) ? random.pick(column) : undefined;
    return found ? reference(found, columns) : constant(randomValue(type, random), type);
  }
  return random.pick(makers[type])(columns, depth - 1, random) ?? constant(randomValue(type, random), type);
}

export function reference(column: Column, columns: Column[]): Expression {
  const place = columns.indexOf(column);
  return { text: column.name, type: column.type, value: (row) => row[place] ?? null };
}

/** Dynamic constants are read from texts, because the analyser looks into literals and refuses what they do not have. */
function constant(value: Value, type: Type): Expression {
  const text =
    type === 'dynamic' && value !== null
      ? `parse_json(${JSON.stringify(JSON.stringify(value))})`
      : literal(value, type);
  return { text, type, value: () => value };
}

/** A function of values of these types; `nullIn` false gives null as soon as one of them is null. */
function call(
  type: Type,
  given: Type[],
  write: (...texts: string[]) => string,
  compute: (...values: Value[]) => Value,
  takesNull = false,
): Maker {
  return (columns, depth, random) => {
    const args = given.map((one) => randomExpression(one, columns, depth, random));
    return {
      text: `(${write(...args.map((arg) => arg.text))})`,
      type,
      value(row) {
        const values = args.map((arg) => arg.value(row));
        return !takesNull && values.includes(null) ? null : compute(...values);
      },
    };
  };
}

function arithmetic(type: 'long' | 'real', sign: string, compute: (a: number, b: number) => Value): Maker {
  return call(
    type,
    [type, type],
    (a, b) => `${a} ${sign} ${b}`,
    (a, b) => compute(Number(a), Number(b)),
  );
}

/** Of timespans, in seconds. */
function spans(given: Type[], write: (...texts: string[]) => string, compute: (...seconds: number[]) => number): Maker {
  return call('timespan', given, write, (...values) =>
    spanText(compute(...values.map((value) => (typeof value === 'number' ? value : secondsOf(value))))),
  );
}

function choice(type: Type): Maker {
  return call(
    type,
    ['bool', type, type],
    (p, a, b) => `iff(${p}, ${a}, ${b})`,
    (p, a, b) => (p === true ? a : b) ?? null,
    true,
  );
}

/** Equality of two values of one type: false where one is null, null where both are. */
function equality(type: Type, negated: boolean): Maker {
  const compute = (a: Value, b: Value) => (a === null && b === null ? null : (a === b) !== negated);
  return call(
    'bool',
    [type, type],
    (a, b) => `${a} ${negated ? '!=' : '=='} ${b}`,
    (a, b) => compute(a ?? null, b ?? null),
    true,
  );
}

function ordering(type: 'long' | 'real', sign: string, compute: (a: number, b: number) => boolean): Maker {
  return call(
    'bool',
    [type, type],
    (a, b) => `${a} ${sign} ${b}`,
    (a, b) => compute(Number(a), Number(b)),
  );
}

function textTest(operator: string, compute: (text: string, part: string) => boolean): Maker {
  return (columns, depth, random) => {
    const left = randomExpression('string', columns, depth, random);
    const part = random.pick(['a', 'A', 'b', 'ab', 'x', 'b-a', '.']);
    const negated = random.chance(0.3);
    return {
      text: `(${left.text} ${negated ? '!' : ''}${operator} "${part}")`,
      type: 'bool',
      value: (row) => compute(String(left.value(row)), part) !== negated,
    };
  };
}

/** A term ends where letters and digits end. */
function hasTerm(text: string, part: string): boolean {
  const alphanumeric = (sign: string | undefined) => sign !== undefined && /[a-z0-9]/i.test(sign);
  for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + 1)) {
    const before = alphanumeric(part[0]) && alphanumeric(text[at - 1]);
    const after = alphanumeric(part.at(-1)) && alphanumeric(text[at + part.length]);
    if (!before && !after) return true;
  }
  return false;
}

const lower = (compute: (text: string, part: string) => boolean) => (text: string, part: string) =>
  compute(text.toLowerCase(), part.toLowerCase());

function among(negated: boolean): Maker {
  return (columns, depth, random) => {
    const left = randomExpression('long', columns, depth, random);
    const list = [random.below(4), random.below(4)];
    return {
      text: `(${left.text} ${negated ? '!in' : 'in'} (${list.join(', ')}))`,
      type: 'bool',
      value: (row) => list.some((one) => one === left.value(row)) !== negated,
    };
  };
}

/** Of a dynamic column: the analyser looks into constants, and refuses what they do not have. */
function ofColumn(type: Type, write: (text: string) => string, compute: (value: Value) => Value): Maker {
  return (columns, _depth, random) => {
    const dynamic = columns.filter((column) => column.type === 'dynamic');
    if (dynamic.length === 0) return undefined;
    const { text, value } = reference(random.pick(dynamic), columns);
    return { text: `(${write(text)})`, type, value: (row) => compute(value(row)) };
  };
}

function path(step: string, compute: (value: Value) => Value): Maker {
  return ofColumn('dynamic', (text) => `${text}${step}`, compute);
}

function key(name: string): (value: Value) => Value {
  return (value) =>
    typeof value === 'object' && value !== null && !Array.isArray(value) ? (value[name] ?? null) : null;
}

export function textOf(value: Value): string {
  if (value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function wholeOf(value: Value): Value {
  if (typeof value === 'number') return Math.trunc(value);
  return typeof value === 'boolean' ? Number(value) : null;
}

const and = (a: Value, b: Value) => (a === false || b === false ? false : a === null || b === null ? null : true);
const or = (a: Value, b: Value) => (a === true || b === true ? true : a === null || b === null ? null : false);

const makers: Record<Type, Maker[]> = {
  long: [
    arithmetic('long', '+', (a, b) => a + b),
    arithmetic('long', '-', (a, b) => a - b),
    arithmetic('long', '/', (a, b) => (b === 0 ? null : Math.trunc(a / b) + 0)),
    arithmetic('long', '%', (a, b) => (b === 0 ? null : ((a % b) + Math.abs(b)) % b)),
    call(
      'long',
      ['long'],
      (a) => `bin(${a}, 3)`,
      (a) => Math.floor(Number(a) / 3) * 3,
    ),
    call(
      'long',
      ['string'],
      (s) => `strlen(${s})`,
      (s) => String(s).length,
    ),
    call(
      'long',
      ['string'],
      (s) => `indexof(${s}, "a")`,
      (s) => String(s).indexOf('a'),
    ),
    ofColumn(
      'long',
      (d) => `array_length(${d})`,
      (d) => (Array.isArray(d) ? d.length : null),
    ),
    call(
      'long',
      ['dynamic'],
      (d) => `tolong(${d})`,
      (d) => wholeOf(d ?? null),
    ),
    call(
      'long',
      ['long', 'long'],
      (a, b) => `coalesce(${a}, ${b})`,
      (a, b) => a ?? b ?? null,
      true,
    ),
    choice('long'),
  ],
  real: [
    arithmetic('real', '+', (a, b) => a + b),
    arithmetic('real', '-', (a, b) => a - b),
    call(
      'real',
      ['long'],
      (a) => `${a} / 2.0`,
      (a) => Number(a) / 2,
    ),
    call(
      'real',
      ['real'],
      (a) => `bin(${a}, 0.5)`,
      (a) => Math.floor(Number(a) / 0.5) * 0.5,
    ),
    call(
      'real',
      ['timespan'],
      (a) => `${a} / 2s`,
      (a) => secondsOf(a ?? null) / 2,
    ),
    choice('real'),
  ],
  timespan: [
    spans(
      ['timespan', 'timespan'],
      (a, b) => `${a} + ${b}`,
      (a = 0, b = 0) => a + b,
    ),
    spans(
      ['timespan', 'timespan'],
      (a, b) => `${a} - ${b}`,
      (a = 0, b = 0) => a - b,
    ),
    spans(
      ['timespan'],
      (a) => `bin(${a}, 1m)`,
      (a = 0) => Math.floor(a / 60) * 60,
    ),
    spans(
      ['long'],
      (n) => `${n} * 1s`,
      (n = 0) => n,
    ),
    call(
      'timespan',
      ['timespan', 'timespan'],
      (a, b) => `coalesce(${a}, ${b})`,
      (a, b) => a ?? b ?? null,
      true,
    ),
    choice('timespan'),
  ],
  string: [
    call(
      'string',
      ['string', 'long'],
      (s, n) => `strcat(${s}, ${n})`,
      (s, n) => `${s}${textOf(n ?? null)}`,
      true,
    ),
    call(
      'string',
      ['string'],
      (s) => `toupper(${s})`,
      (s) => String(s).toUpperCase(),
    ),
    call(
      'string',
      ['string'],
      (s) => `substring(${s}, 1, 2)`,
      (s) => String(s).slice(1, 3),
    ),
    call(
      'string',
      ['dynamic'],
      (d) => `tostring(${d})`,
      (d) => textOf(d ?? null),
      true,
    ),
    call(
      'string',
      ['timespan'],
      (t) => `tostring(${t})`,
      (t) => textOf(t ?? null),
      true,
    ),
    call(
      'string',
      ['bool'],
      (b) => `tostring(${b})`,
      (b) => textOf(b ?? null),
      true,
    ),
    call(
      'string',
      ['string'],
      (s) => `replace_string(${s}, "a", "zz")`,
      (s) => String(s).replaceAll('a', 'zz'),
    ),
    choice('string'),
  ],
  bool: [
    ...(['long', 'real', 'bool', 'string', 'timespan'] as const).flatMap((type) => [
      equality(type, false),
      equality(type, true),
    ]),
    ordering('long', '<', (a, b) => a < b),
    ordering('long', '>=', (a, b) => a >= b),
    ordering('real', '>', (a, b) => a > b),
    call(
      'bool',
      ['timespan', 'timespan'],
      (a, b) => `${a} < ${b}`,
      (a, b) => secondsOf(a ?? null) < secondsOf(b ?? null),
    ),
    call(
      'bool',
      ['timespan'],
      (a) => `isnull(${a})`,
      (a) => a === null,
      true,
    ),
    call(
      'bool',
      ['bool', 'bool'],
      (a, b) => `${a} and ${b}`,
      (a, b) => and(a ?? null, b ?? null),
      true,
    ),
    call(
      'bool',
      ['bool', 'bool'],
      (a, b) => `${a} or ${b}`,
      (a, b) => or(a ?? null, b ?? null),
      true,
    ),
    call(
      'bool',
      ['bool'],
      (a) => `not(${a})`,
      (a) => !a,
    ),
    call(
      'bool',
      ['long'],
      (a) => `isnull(${a})`,
      (a) => a === null,
      true,
    ),
    call(
      'bool',
      ['dynamic'],
      (d) => `isnotempty(${d})`,
      (d) => d !== null && d !== '',
      true,
    ),
    call(
      'bool',
      ['string'],
      (s) => `isempty(${s})`,
      (s) => s === '',
    ),
    call(
      'bool',
      ['long'],
      (a) => `${a} between (1 .. 3)`,
      (a) => Number(a) >= 1 && Number(a) <= 3,
    ),
    call(
      'bool',
      ['string'],
      (s) => `${s} =~ "AB"`,
      (s) => String(s).toLowerCase() === 'ab',
    ),
    textTest(
      'contains',
      lower((text, part) => text.includes(part)),
    ),
    textTest('contains_cs', (text, part) => text.includes(part)),
    textTest(
      'startswith',
      lower((text, part) => text.startsWith(part)),
    ),
    textTest('endswith_cs', (text, part) => text.endsWith(part)),
    textTest('has', lower(hasTerm)),
    textTest('has_cs', hasTerm),
    among(false),
    among(true),
  ],
  dynamic: [
    path('.k', key('k')),
    path('["s"]', key('s')),
    path('[0]', (value) => (Array.isArray(value) ? (value[0] ?? null) : null)),
    path('[-1]', (value) => (Array.isArray(value) ? (value.at(-1) ?? null) : null)),
    call(
      'dynamic',
      ['long', 'string'],
      (n, s) => `bag_pack("k", ${n}, "s", ${s})`,
      (n, s) => ({ k: n ?? null, s: s ?? '' }),
      true,
    ),
    call(
      'dynamic',
      ['long', 'string'],
      (n, s) => `pack_array(${n}, ${s})`,
      (n, s) => [n ?? null, s ?? ''],
      true,
    ),
    call(
      'dynamic',
      ['timespan', 'bool'],
      (t, b) => `bag_pack("k", ${t}, "s", ${b})`,
      (t, b) => ({ k: t ?? null, s: b ?? null }),
      true,
    ),
    call(
      'dynamic',
      ['string'],
      (s) => `split(${s}, "a")`,
      (s) => String(s).split('a'),
    ),
  ],
};
