import type { Expr } from '../expr';
import { convert } from './convert';
import { type CallSite, defineScalar, type ScalarFunction } from './define-function';

function long(value: Expr): string {
  return `(${convert(value, 'long').sql})::BIGINT`;
}

function binary(name: string, count: number, sqlOf: (a: string, b: string) => string): ScalarFunction {
  return defineScalar({
    name,
    arity: [count, count],
    prelude: binaryPrelude,
    compile([a, b]: Expr[], call: CallSite) {
      if (!a || (count === 2 && !b)) return call.fail('type', `${name} needs whole numbers`);
      return { sql: sqlOf(long(a), b ? long(b) : ''), type: 'long' };
    },
  });
}

/** Bits that leave a long at the top are lost without an error, and a shift by n is one by n modulo 64. */
const binaryPrelude = [
  `CREATE OR REPLACE MACRO kql_wrap(x) AS (CASE WHEN x % 18446744073709551616 >= 9223372036854775808 THEN x % 18446744073709551616 - 18446744073709551616
    WHEN x % 18446744073709551616 < -9223372036854775808 THEN x % 18446744073709551616 + 18446744073709551616 ELSE x % 18446744073709551616 END)::BIGINT`,
  'CREATE OR REPLACE MACRO kql_shift_left(x, n) AS CASE WHEN n % 64 = 0 THEN x WHEN n % 64 = 63 THEN (x & 1) * -9223372036854775808::HUGEINT ELSE kql_wrap((x & ((1::BIGINT << (63 - (n % 64))::BIGINT) - 1))::HUGEINT * pow(2, n % 64)::HUGEINT + ((x >> (63 - (n % 64))::BIGINT) & 1)::HUGEINT * -9223372036854775808::HUGEINT) END::BIGINT',
];

export const binaryFunctions: ScalarFunction[] = [
  binary('binary_and', 2, (a, b) => `(${a} & ${b})`),
  binary('binary_or', 2, (a, b) => `(${a} | ${b})`),
  binary('binary_xor', 2, (a, b) => `xor(${a}, ${b})`),
  binary('binary_not', 1, (a) => `(~${a})`),
  binary('binary_shift_left', 2, (a, b) => `(CASE WHEN ${b} >= 0 THEN kql_shift_left(${a}, ${b}) END)`),
  binary('binary_shift_right', 2, (a, b) => `(CASE WHEN ${b} >= 0 THEN ${a} >> (${b} % 64) END)`),
  binary('bitset_count_ones', 1, (a) => `bit_count(${a})::BIGINT`),
];
