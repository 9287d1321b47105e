import type { ColumnType } from '../../ports/query-engine';
import type { Expr } from '../expr';
import { convert, isNumber } from './convert';
import { type CallSite, defineScalar, type ScalarFunction } from './define-function';
import { constantInteger } from './literal';

const binPrelude = [
  'CREATE OR REPLACE MACRO kql_bin_whole(x, n) AS CASE WHEN n > 0 THEN x - ((x % n) + n) % n END',
  'CREATE OR REPLACE MACRO kql_bin_real(x, n) AS CASE WHEN n > 0 THEN floor(x / n) * n END',
];

/** Down to the next multiple, of negative values too; null where the step is not positive. A datetime counts from 0001-01-01. */
function compileBin([value, step]: Expr[], call: CallSite): Expr {
  if (!value || !step) return call.fail('type', 'bin needs a value and a step');
  if (value.type === 'datetime') {
    if (step.type !== 'timespan' && step.type !== 'datetime')
      return call.fail('type', 'a datetime is binned by a timespan', 1);
    const known = constantInteger(step);
    if (known !== undefined && known > 0n) return { sql: `(${value.sql} - ${value.sql} % ${known})`, type: 'datetime' };
    return { sql: `kql_bin_whole(${value.sql}, ${step.sql})`, type: 'datetime' };
  }
  if (value.type === 'timespan') {
    if (step.type !== 'timespan') return call.fail('type', 'a timespan is binned by a timespan', 1);
    return { sql: `kql_bin_whole(${value.sql}, ${step.sql})`, type: 'timespan' };
  }
  const { numbers, type, macro } = inOneNumber([value, step], call);
  return { sql: `${macro}(${numbers.join(', ')})`, type };
}

function inOneNumber(args: Expr[], call: CallSite): { numbers: string[]; type: ColumnType; macro: string } {
  const order: ColumnType[] = ['int', 'long', 'real', 'decimal'];
  let widest = 0;
  for (const [index, arg] of args.entries()) {
    const type = arg.type === 'dynamic' ? 'real' : arg.type;
    if (!isNumber(type)) return call.fail('type', `a number is needed, not ${arg.type}`, index);
    widest = Math.max(widest, order.indexOf(type));
  }
  const type = order[widest] ?? 'real';
  const numbers = args.map((arg) => convert(arg, type).sql);
  return { numbers, type, macro: type === 'int' || type === 'long' ? 'kql_bin_whole' : 'kql_bin_real' };
}

function compileBinAt([value, step, fixed]: Expr[], call: CallSite): Expr {
  if (!value || !step || !fixed) return call.fail('type', 'bin_at needs a value, a step and a fixed point');
  if (value.type === 'datetime' || value.type === 'timespan') {
    if (step.type !== 'timespan') return call.fail('type', `a ${value.type} is binned by a timespan`, 1);
    return { sql: `(${fixed.sql} + kql_bin_whole(${value.sql} - ${fixed.sql}, ${step.sql}))`, type: value.type };
  }
  const { numbers, type, macro } = inOneNumber([value, step, fixed], call);
  const [x, n, at] = numbers;
  return { sql: `(${at} + ${macro}(${x} - ${at}, ${n}))`, type };
}

/** The step and the fixed point come from `set query_bin_auto_size = …` and `set query_bin_auto_at = …`. */
function compileBinAuto([value]: Expr[], call: CallSite): Expr {
  const step = call.setting?.('query_bin_auto_size');
  if (!value) return call.fail('type', 'bin_auto needs a value');
  if (!step) return call.fail('type', 'bin_auto needs its step: write set query_bin_auto_size = 1h; before the query');
  const fixed = call.setting?.('query_bin_auto_at');
  return fixed ? compileBinAt([value, step, fixed], call) : compileBin([value, step], call);
}

export const binFunctions: ScalarFunction[] = [
  defineScalar({ name: 'bin', arity: [2, 2], compile: compileBin, prelude: binPrelude }),
  defineScalar({ name: 'floor', arity: [2, 2], compile: compileBin, prelude: binPrelude }),
  defineScalar({ name: 'bin_at', arity: [3, 3], compile: compileBinAt, prelude: binPrelude }),
  defineScalar({ name: 'bin_auto', arity: [1, 1], compile: compileBinAuto, prelude: binPrelude }),
];
