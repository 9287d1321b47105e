import type { Expr } from '../expr';
import { convert } from './convert';
import { type CallSite, defineScalar, type ScalarFunction } from './define-function';
import { constantInteger, literal } from './literal';

/** `now()` plus or minus a span: one constant where the span is known, so that scans can be cut by it. */
function fromNow(span: Expr | undefined, sign: 1n | -1n, call: CallSite): Expr {
  if (!span) return literal(call.now, 'datetime');
  const ticks = convert(span, 'timespan');
  const known = constantInteger(ticks);
  if (known !== undefined) return literal(call.now + sign * known, 'datetime');
  return { sql: `kql_checked_datetime(${call.now} ${sign < 0n ? '-' : '+'} ${ticks.sql})`, type: 'datetime' };
}

export const clockFunctions: ScalarFunction[] = [
  defineScalar({ name: 'now', arity: [0, 1], compile: ([offset], call) => fromNow(offset, 1n, call) }),
  defineScalar({ name: 'ago', arity: [1, 1], compile: ([span], call) => fromNow(span, -1n, call) }),
];
