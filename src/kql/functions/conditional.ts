import type { Expr } from '../expr';
import { commonType, inCommonType } from './common-type';
import { convert } from './convert';
import { type CallSite, defineScalar, type ScalarFunction } from './define-function';

function condition(value: Expr): string {
  return convert(value, 'bool').sql;
}

/** Predicates and values in turn, and the last value. */
function compileCase(args: Expr[], call: CallSite): Expr {
  if (args.length % 2 === 0)
    return call.fail('type', 'case needs pairs of a condition and a value, and one value for the rest');
  const conditions = args.filter((_arg, index) => index % 2 === 0 && index < args.length - 1);
  const values = args.filter((_arg, index) => index % 2 === 1 || index === args.length - 1);
  const { type, values: results } = inCommonType(values, call);
  const branches = conditions.map((predicate, index) => `WHEN ${condition(predicate)} THEN ${results[index]}`);
  return { sql: `(CASE ${branches.join(' ')} ELSE ${results.at(-1)} END)`, type };
}

function coalesceOf(args: Expr[], call: CallSite): Expr {
  const { type, values } = inCommonType(args, call);
  if (type !== 'string') return { sql: `coalesce(${values.join(', ')})`, type };
  const candidates = values.map((value) => `nullif(${value}, '')`);
  return { sql: `coalesce(${candidates.join(', ')}, '')`, type };
}

function extreme(name: string, sqlName: string): ScalarFunction {
  return defineScalar({
    name,
    arity: [1, 64],
    compile(args, call) {
      const { type, values } = inCommonType(args, call);
      if (type === 'dynamic') return call.fail('type', `${name} cannot compare dynamic values: convert them first`, 0);
      return { sql: `${sqlName}(${values.join(', ')})`, type };
    },
  });
}

/** Three numbers or timespans of one type; around a datetime the distance is a timespan. */
function placesOf(args: Expr[], call: CallSite): string[] {
  const dated = args.some((arg) => arg.type === 'datetime');
  const type = dated ? 'datetime' : commonType(args, call);
  if (!['datetime', 'timespan', 'int', 'long', 'real', 'decimal'].includes(type))
    return call.fail('type', `around takes numbers, datetimes and timespans, not a ${type}`);
  const wanted = [type, type, dated ? 'timespan' : type] as const;
  return args.map((arg, i) => {
    const to = wanted[i] ?? type;
    if (dated && arg.type !== to && arg.type !== 'dynamic')
      return call.fail('type', `around needs a ${to} here, not a ${arg.type}`, i);
    return convert(arg, to).sql;
  });
}

export const conditionalFunctions: ScalarFunction[] = [
  defineScalar({ name: 'iff', arity: [3, 3], compile: compileCase }),
  defineScalar({ name: 'iif', arity: [3, 3], compile: compileCase }),
  defineScalar({ name: 'case', arity: [3, 999], compile: compileCase }),
  defineScalar({ name: 'coalesce', arity: [1, 64], compile: coalesceOf }),
  extreme('max_of', 'greatest'),
  extreme('min_of', 'least'),
  defineScalar({
    name: 'not',
    arity: [1, 1],
    compile([value], call) {
      if (!value) return call.fail('type', 'not needs a condition');
      return { sql: `(NOT ${condition(value)})`, type: 'bool' };
    },
  }),
  defineScalar({
    name: 'assert',
    arity: [2, 2],
    compile([value, message], call) {
      if (!value || !message) return call.fail('type', 'assert needs a condition and a message');
      const known = value.constant?.value;
      if (known === true) return value;
      if (known === false) return call.fail('type', `assert failed: ${String(message.constant?.value ?? '')}`);
      return {
        sql: `(CASE WHEN ${condition(value)} THEN true ELSE error('assert failed: ' || ${message.sql}) END)`,
        type: 'bool',
      };
    },
  }),
  defineScalar({
    name: 'around',
    arity: [3, 3],
    compile([value, center, delta], call) {
      if (!value || !center || !delta) return call.fail('type', 'around needs a value, a center and a distance');
      const [at, middle, distance] = placesOf([value, center, delta], call);
      return { sql: `(${at} BETWEEN ${middle} - ${distance} AND ${middle} + ${distance})`, type: 'bool' };
    },
  }),
];
