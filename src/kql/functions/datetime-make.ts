import type { Expr } from '../expr';
import { convert } from './convert';
import { type CallSite, defineScalar, type ScalarFunction } from './define-function';

const makePrelude = [
  `CREATE OR REPLACE MACRO kql_make_datetime(y, mo, d, h, mi, s) AS CASE
    WHEN y BETWEEN 1 AND 9999 AND mo BETWEEN 1 AND 12 AND d BETWEEN 1 AND 31 AND h BETWEEN 0 AND 23 AND mi BETWEEN 0 AND 59 AND s >= 0 AND s < 60
    THEN kql_ticks(try_cast(lpad(y::VARCHAR, 4, '0') || '-' || mo::VARCHAR || '-' || d::VARCHAR AS TIMESTAMP)) + h * 36000000000 + mi * 600000000 + round(s * 10000000)::BIGINT END`,
];

function compileDatetime(args: Expr[], call: CallSite): Expr {
  const [first] = args;
  if (!first) return call.fail('type', 'make_datetime needs a year, a month and a day');
  if (args.length === 1) return convert(first, 'datetime');
  if (args.length === 2) return call.fail('type', 'make_datetime needs a year, a month and a day');
  const numbers = [0, 1, 2, 3, 4].map((index) => {
    const arg = args[index];
    return arg ? convert(arg, 'long').sql : '0';
  });
  const second = args[5] ? convert(args[5], 'real').sql : '0';
  return { sql: `kql_make_datetime(${numbers.join(', ')}, ${second})`, type: 'datetime' };
}

/** hours, minutes [, seconds], or days in front of all three. */
function compileTimespan(args: Expr[], call: CallSite): Expr {
  const [first] = args;
  if (!first) return call.fail('type', 'make_timespan needs hours and minutes');
  if (args.length === 1) return convert(first, 'timespan');
  const [days, hours, minutes, seconds] = args.length === 4 ? args : [undefined, ...args];
  const long = (arg: Expr | undefined) => (arg ? convert(arg, 'long').sql : '0');
  const second = seconds ? `round((${convert(seconds, 'real').sql}) * 10000000)::BIGINT` : '0';
  return {
    sql: `(${long(days)} * 864000000000 + ${long(hours)} * 36000000000 + ${long(minutes)} * 600000000 + ${second})`,
    type: 'timespan',
  };
}

export const datetimeMake: ScalarFunction[] = [
  defineScalar({ name: 'make_datetime', arity: [1, 6], compile: compileDatetime, prelude: makePrelude }),
  defineScalar({ name: 'make_timespan', arity: [1, 4], compile: compileTimespan }),
];
