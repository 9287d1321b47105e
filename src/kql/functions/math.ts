import type { Expr } from '../expr';
import { convert, isNumber } from './convert';
import { type CallSite, defineScalar, type ScalarFunction } from './define-function';

function real(value: Expr): string {
  return convert(value, 'real').sql;
}

function onReals(
  name: string,
  count: number,
  sqlOf: (...numbers: string[]) => string,
  type: 'real' | 'bool' = 'real',
): ScalarFunction {
  return defineScalar({
    name,
    arity: [count, count],
    compile: (args) => ({ sql: sqlOf(...args.map(real)), type }),
  });
}

/** `beyond` where the function has no value and DuckDB would stop the query with an error. */
function within(
  condition: (x: string) => string,
  sqlOf: (x: string) => string,
  beyond: 'NaN' | 'null' = 'NaN',
): (x: string) => string {
  const other = (x: string) => (beyond === 'NaN' ? ` WHEN ${x} IS NOT NULL THEN 'NaN'::DOUBLE` : '');
  return (x) => `(CASE WHEN ${condition(x)} THEN ${sqlOf(x)}${other(x)} END)`;
}

function log(sqlName: string): (x: string) => string {
  return (x) => `(CASE WHEN ${x} > 0 THEN ${sqlName}(${x}) WHEN ${x} = 0 THEN '-Infinity'::DOUBLE END)`;
}

function compileAbs([value]: Expr[], call: CallSite): Expr {
  if (!value) return call.fail('type', 'abs needs a number');
  if (value.type === 'int') return { sql: `abs((${value.sql})::BIGINT)`, type: 'long' };
  if (isNumber(value.type) || value.type === 'timespan') return { sql: `abs(${value.sql})`, type: value.type };
  return { sql: `abs(${real(value)})`, type: 'real' };
}

function compileRound([value, precision]: Expr[], call: CallSite): Expr {
  if (!value) return call.fail('type', 'round needs a number');
  const type = isNumber(value.type) ? value.type : 'real';
  const number = convert(value, type).sql;
  const digits = precision ? `(${convert(precision, 'long').sql})::INTEGER` : '0';
  if (type === 'decimal') return { sql: `round(${number}, ${digits})::DECIMAL(38,18)`, type };
  if (type === 'real') return { sql: `round(${number}, ${digits})`, type };
  return { sql: `round((${number})::BIGINT, ${digits})::${type === 'int' ? 'INTEGER' : 'BIGINT'}`, type };
}

function compileCeiling([value]: Expr[], call: CallSite): Expr {
  if (!value) return call.fail('type', 'ceiling needs a number');
  if (value.type === 'int' || value.type === 'long') return value;
  if (value.type === 'decimal') return { sql: `ceil(${value.sql})::DECIMAL(38,18)`, type: 'decimal' };
  return { sql: `ceil(${real(value)})`, type: 'real' };
}

export const mathFunctions: ScalarFunction[] = [
  defineScalar({ name: 'abs', arity: [1, 1], compile: compileAbs }),
  defineScalar({ name: 'round', arity: [1, 2], compile: compileRound }),
  defineScalar({ name: 'ceiling', arity: [1, 1], compile: compileCeiling }),
  onReals(
    'sqrt',
    1,
    within(
      (x) => `${x} >= 0`,
      (x) => `sqrt(${x})`,
      'null',
    ),
  ),
  onReals('exp', 1, (x) => `exp(${x})`),
  onReals('exp2', 1, (x) => `pow(2.0::DOUBLE, ${x})`),
  onReals('exp10', 1, (x) => `pow(10.0::DOUBLE, ${x})`),
  onReals('log', 1, log('ln')),
  onReals('log2', 1, log('log2')),
  onReals('log10', 1, log('log10')),
  onReals('pow', 2, (x, y) => `pow(${x}, ${y})`),
  onReals('sign', 1, (x) => `sign(${x})::DOUBLE`),
  onReals(
    'sin',
    1,
    within(
      (x) => `isfinite(${x})`,
      (x) => `sin(${x})`,
    ),
  ),
  onReals(
    'cos',
    1,
    within(
      (x) => `isfinite(${x})`,
      (x) => `cos(${x})`,
    ),
  ),
  onReals(
    'tan',
    1,
    within(
      (x) => `isfinite(${x})`,
      (x) => `tan(${x})`,
    ),
  ),
  onReals(
    'cot',
    1,
    within(
      (x) => `isfinite(${x}) AND ${x} <> 0`,
      (x) => `cot(${x})`,
    ),
  ),
  onReals(
    'asin',
    1,
    within(
      (x) => `abs(${x}) <= 1`,
      (x) => `asin(${x})`,
      'null',
    ),
  ),
  onReals(
    'acos',
    1,
    within(
      (x) => `abs(${x}) <= 1`,
      (x) => `acos(${x})`,
      'null',
    ),
  ),
  onReals('atan', 1, (x) => `atan(${x})`),
  onReals('atan2', 2, (y, x) => `atan2(${y}, ${x})`),
  onReals('degrees', 1, (x) => `degrees(${x})`),
  onReals('radians', 1, (x) => `radians(${x})`),
  onReals(
    'gamma',
    1,
    within(
      (x) => `${x} > 0`,
      (x) => `gamma(${x})`,
    ),
  ),
  onReals(
    'loggamma',
    1,
    within(
      (x) => `${x} > 0`,
      (x) => `lgamma(${x})`,
    ),
  ),
  defineScalar({ name: 'pi', arity: [0, 0], compile: () => ({ sql: 'pi()', type: 'real' }) }),
  onReals('isnan', 1, (x) => `coalesce(isnan(${x}), false)`, 'bool'),
  onReals('isinf', 1, (x) => `coalesce(isinf(${x}), false)`, 'bool'),
  onReals('isfinite', 1, (x) => `coalesce(isfinite(${x}), false)`, 'bool'),
  defineScalar({
    name: 'rand',
    arity: [0, 1],
    volatile: true,
    difference: 'random: another answer at every run',
    compile([limit], call) {
      call.note('rand() gives another value at every run, so this answer cannot be repeated.');
      if (!limit) return { sql: 'random()', type: 'real' };
      const most = convert(limit, 'long').sql;
      return { sql: `(CASE WHEN ${most} > 1 THEN floor(random() * ${most}) ELSE random() END)`, type: 'real' };
    },
  }),
  defineScalar({
    name: 'new_guid',
    arity: [0, 0],
    volatile: true,
    difference: 'random: another answer at every run',
    compile: () => ({ sql: 'uuid()', type: 'guid' }),
  }),
];
