import type { Expr } from '../expr';
import { convert, toJson } from './convert';
import { type CallSite, defineScalar, type ScalarFunction } from './define-function';

/** Lists of JSON in SQL: NULL where the dynamic value is no array. A JSON null in the array is a NULL in the list. */
export const arrayPrelude = [
  'CREATE OR REPLACE MACRO kql_list(j) AS try_cast(j AS JSON[])',
  "CREATE OR REPLACE MACRO kql_is_array(j) AS coalesce(json_type(j) = 'ARRAY', false)",
  `CREATE OR REPLACE MACRO kql_slice(l, a, b) AS CASE WHEN l IS NULL THEN NULL WHEN a >= len(l) OR b < a THEN [] ELSE l[a + 1:b + 1] END`,
  'CREATE OR REPLACE MACRO kql_from_end(n, size) AS CASE WHEN n < 0 THEN greatest(n + size, 0) ELSE n END',
  `CREATE OR REPLACE MACRO kql_array_slice(l, a, b) AS kql_slice(l, kql_from_end(a, len(l)), CASE WHEN b < 0 THEN b + len(l) ELSE least(b, len(l) - 1) END)`,
  'CREATE OR REPLACE MACRO kql_rotate(l, n) AS CASE WHEN len(l) = 0 THEN l ELSE list_concat(l[((n % len(l)) + len(l)) % len(l) + 1:], l[:((n % len(l)) + len(l)) % len(l)]) END',
  `CREATE OR REPLACE MACRO kql_shift(l, n, d) AS CASE WHEN l IS NULL THEN NULL WHEN n >= 0
    THEN list_concat(l[least(n, len(l)) + 1:], list_transform(range(0, least(n, len(l))), lambda kql_i: d))
    ELSE list_concat(list_transform(range(0, least(-n, len(l))), lambda kql_i: d), l[:greatest(len(l) + n, 0)]) END`,
];

export function listOf(value: Expr): string {
  return `kql_list(${toJson(value)})`;
}

function long(value: Expr): string {
  return convert(value, 'long').sql;
}

function array(
  name: string,
  most: number,
  least: number,
  sqlOf: (list: string, rest: Expr[], call: CallSite) => string,
): ScalarFunction {
  return defineScalar({
    name,
    arity: [least, most],
    prelude: arrayPrelude,
    compile([value, ...rest], call) {
      if (!value) return call.fail('type', `${name} needs an array`);
      return { sql: `to_json(${sqlOf(listOf(value), rest, call)})`, type: 'dynamic' };
    },
  });
}

function count(name: string): ScalarFunction {
  return defineScalar({
    name,
    arity: [1, 1],
    prelude: arrayPrelude,
    compile([value], call) {
      if (!value) return call.fail('type', `${name} needs an array`);
      const json = toJson(value);
      return {
        sql: `(CASE WHEN json_type(${json}) = 'ARRAY' THEN json_array_length(${json})::BIGINT END)`,
        type: 'long',
      };
    },
  });
}

/** Not an array among the arguments: it counts as one element. Null gives null. */
function compileConcat(args: Expr[]): Expr {
  const lists = args.map(listOf);
  const [first = 'NULL'] = lists;
  return {
    sql: `to_json(${lists.slice(1).reduce((sum, list) => `list_concat(${sum}, ${list})`, first)})`,
    type: 'dynamic',
  };
}

function compileIff([condition, whenTrue, whenFalse]: Expr[], call: CallSite): Expr {
  if (!condition || !whenTrue || !whenFalse)
    return call.fail('type', 'array_iff needs an array of conditions and two values');
  const pick = (value: Expr) =>
    `(CASE WHEN kql_is_array(${toJson(value)}) THEN ${listOf(value)}[kql_i] ELSE ${toJson(value)} END)`;
  const truth = `(CASE json_type(kql_c) WHEN 'BOOLEAN' THEN kql_c->>'$' = 'true' WHEN 'VARCHAR' THEN NULL ELSE try_cast(kql_c->>'$' AS DOUBLE) <> 0 END)`;
  return {
    sql: `to_json(list_transform(${listOf(condition)}, lambda kql_c, kql_i: CASE WHEN ${truth} THEN ${pick(whenTrue)} WHEN NOT ${truth} THEN ${pick(whenFalse)} END))`,
    type: 'dynamic',
  };
}

function compileIndexOf([value, wanted, start, length, occurrence]: Expr[], call: CallSite): Expr {
  if (!value || !wanted) return call.fail('type', 'array_index_of needs an array and a value');
  const list = listOf(value);
  const needle = toJson(wanted);
  if (!start)
    return {
      sql: `(CASE WHEN ${list} IS NOT NULL THEN coalesce(list_position(${list}, ${needle}), 0)::BIGINT - 1 END)`,
      type: 'long',
    };
  const from = `kql_from_end(${long(start)}, len(${list}))`;
  const size = length ? long(length) : '-1';
  const end = `(CASE WHEN ${size} < 0 THEN len(${list}) ELSE ${from} + ${size} END)`;
  const places = `list_filter(range(0, len(${list})), lambda kql_i: kql_i >= ${from} AND kql_i < ${end} AND ${list}[kql_i + 1] = ${needle})`;
  const nth = occurrence ? long(occurrence) : '1';
  return {
    sql: `(CASE WHEN ${list} IS NOT NULL THEN coalesce(${places}[greatest(${nth}, 1)], -1)::BIGINT END)`,
    type: 'long',
  };
}

function compileSplit([value, indices]: Expr[], call: CallSite): Expr {
  if (!value || !indices) return call.fail('type', 'array_split needs an array and one or several indices');
  const list = listOf(value);
  const known = indices.constant?.value;
  const numbers = Array.isArray(known) ? known : [known];
  const cuts: number[] = [];
  for (const number of numbers) {
    const cut = Number(number);
    if (number === undefined || !Number.isInteger(cut))
      return call.fail('unsupported', 'array_split needs its indices as constants', 1);
    cuts.push(cut);
  }
  const ends = [
    ...cuts.map((cut) => (cut < 0 ? `greatest(len(${list}) + (${cut}), 0)` : `least(${cut}, len(${list}))`)),
    `len(${list})`,
  ];
  const pieces = ends.map((end, index) => `coalesce(${list}[${index === 0 ? '0' : ends[index - 1]} + 1:${end}], [])`);
  return { sql: `(CASE WHEN ${list} IS NOT NULL THEN to_json([${pieces.join(', ')}]) END)`, type: 'dynamic' };
}

function compileRange([start, stop, step]: Expr[], call: CallSite): Expr {
  if (!start || !stop) return call.fail('type', 'range needs a start and an end');
  if (start.type === 'dynamic' || stop.type === 'dynamic')
    return call.fail('type', 'range needs numbers, dates or timespans');
  const isTime = start.type === 'datetime' || start.type === 'timespan';
  const numeric = (one: Expr) => one.type !== 'datetime' && one.type !== 'timespan' && one.type !== 'dynamic';
  const fits = isTime
    ? stop.type === start.type && (step === undefined || step.type === 'timespan')
    : numeric(stop) && (step === undefined || numeric(step));
  if (!fits)
    return call.fail('type', 'range needs a start and an end of one kind, and a step that can be added to them');
  const by = step?.sql ?? (isTime ? '36000000000' : '1');
  const steps = `(CASE WHEN ${by} <> 0 THEN least(floor((${stop.sql} - ${start.sql}) / (${by}))::BIGINT, 1048575) END)`;
  const element = toJson({
    sql: `(${start.sql} + kql_i * ${by})`,
    type: step?.type === 'real' && !isTime ? 'real' : start.type === 'int' ? 'long' : start.type,
  });
  return {
    sql: `(CASE WHEN ${steps} >= 0 THEN to_json(list_transform(range(0, ${steps} + 1), lambda kql_i: ${element})) ELSE '[]'::JSON END)`,
    type: 'dynamic',
  };
}

function compileZip(args: Expr[], call: CallSite): Expr {
  if (args.length < 2) return call.fail('type', 'zip needs at least two arrays');
  const lists = args.map(
    (arg) => `(CASE WHEN kql_is_array(${toJson(arg)}) THEN ${listOf(arg)} ELSE [${toJson(arg)}] END)`,
  );
  const parts = args.map((_arg, index) => `kql_p[${index + 1}]`).join(', ');
  return { sql: `to_json(list_transform(list_zip(${lists.join(', ')}), lambda kql_p: [${parts}]))`, type: 'dynamic' };
}

export const arrayFunctions: ScalarFunction[] = [
  count('array_length'),
  count('arraylength'),
  array('array_reverse', 1, 1, (list) => `list_reverse(${list})`),
  array('array_slice', 3, 3, (list, [from, to], call) =>
    from && to
      ? `kql_array_slice(${list}, ${long(from)}, ${long(to)})`
      : call.fail('type', 'array_slice needs two indices'),
  ),
  array('array_rotate_left', 2, 2, (list, [by]) => `kql_rotate(${list}, ${by ? long(by) : '0'})`),
  array('array_rotate_right', 2, 2, (list, [by]) => `kql_rotate(${list}, -(${by ? long(by) : '0'}))`),
  array(
    'array_shift_left',
    3,
    2,
    (list, [by, fill]) => `kql_shift(${list}, ${by ? long(by) : '0'}, ${fill ? toJson(fill) : 'NULL::JSON'})`,
  ),
  array(
    'array_shift_right',
    3,
    2,
    (list, [by, fill]) => `kql_shift(${list}, -(${by ? long(by) : '0'}), ${fill ? toJson(fill) : 'NULL::JSON'})`,
  ),
  defineScalar({ name: 'array_concat', arity: [1, 64], prelude: arrayPrelude, compile: compileConcat }),
  defineScalar({ name: 'array_iff', arity: [3, 3], prelude: arrayPrelude, compile: compileIff }),
  defineScalar({ name: 'array_iif', arity: [3, 3], prelude: arrayPrelude, compile: compileIff }),
  defineScalar({ name: 'array_index_of', arity: [2, 5], prelude: arrayPrelude, compile: compileIndexOf }),
  defineScalar({ name: 'array_split', arity: [2, 2], prelude: arrayPrelude, compile: compileSplit }),
  defineScalar({ name: 'range', arity: [2, 3], prelude: arrayPrelude, compile: compileRange }),
  defineScalar({ name: 'zip', arity: [2, 16], prelude: arrayPrelude, compile: compileZip }),
  defineScalar({
    name: 'repeat',
    arity: [2, 2],
    prelude: arrayPrelude,
    compile: ([value, times], call) =>
      value && times
        ? {
            sql: `(CASE WHEN ${long(times)} >= 0 THEN to_json(list_transform(range(0, least(${long(times)}, 1048576)), lambda kql_i: ${toJson(value)})) END)`,
            type: 'dynamic',
          }
        : call.fail('type', 'repeat needs a value and how often'),
  }),
  defineScalar({
    name: 'array_sum',
    arity: [1, 1],
    prelude: arrayPrelude,
    compile: ([value], call) =>
      value
        ? { sql: `list_sum(list_transform(${listOf(value)}, lambda kql_x: kql_dynamic_real(kql_x)))`, type: 'real' }
        : call.fail('type', 'array_sum needs an array'),
  }),
  defineScalar({
    name: 'pack_array',
    arity: [1, 999],
    compile: (args) => ({ sql: `json_array(${args.map(toJson).join(', ')})`, type: 'dynamic' }),
  }),
];
