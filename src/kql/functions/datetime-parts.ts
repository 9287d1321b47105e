import type { ColumnType } from '../../ports/query-engine';
import type { Expr } from '../expr';
import { convert } from './convert';
import { type CallSite, defineScalar, type ScalarFunction } from './define-function';
import { constantText } from './literal';

const stamp = (t: string) => `kql_timestamp(${t})`;

/** A part of a datetime as a number, by the names that datetime_part takes. */
const parts: Record<string, (ticks: string) => string> = {
  year: (t) => `year(${stamp(t)})`,
  quarter: (t) => `quarter(${stamp(t)})`,
  month: (t) => `month(${stamp(t)})`,
  week_of_year: (t) => `week(${stamp(t)})`,
  weekofyear: (t) => `week(${stamp(t)})`,
  day: (t) => `day(${stamp(t)})`,
  dayofyear: (t) => `dayofyear(${stamp(t)})`,
  hour: (t) => `(${t} // 36000000000 % 24)`,
  minute: (t) => `(${t} // 600000000 % 60)`,
  second: (t) => `(${t} // 10000000 % 60)`,
  millisecond: (t) => `(${t} // 10000 % 1000)`,
  microsecond: (t) => `(${t} // 10 % 1000000)`,
  nanosecond: (t) => `(${t} % 10000000 * 100)`,
};

export function ticksOf(value: Expr): string {
  return convert(value, 'datetime').sql;
}

/** The name of a part given as a constant text, in lower case. */
export function partName(arg: Expr, known: Record<string, unknown>, call: CallSite): string {
  const text = constantText(arg);
  if (text === undefined) return call.fail('unsupported', 'the part must be a plain text such as "day"', 0);
  const name = text.toLowerCase();
  if (!Object.hasOwn(known, name))
    return call.fail('type', `there is no part "${text}": one of ${Object.keys(known).join(', ')}`, 0);
  return name;
}

function part(name: string, key: string, type: ColumnType = 'int'): ScalarFunction {
  return defineScalar({
    name,
    arity: [1, 1],
    compile([value], call) {
      if (!value) return call.fail('type', `${name} needs a datetime`);
      return { sql: `(${parts[key]?.(ticksOf(value))})::INTEGER`, type };
    },
  });
}

function compilePart([name, value]: Expr[], call: CallSite): Expr {
  if (!name || !value) return call.fail('type', 'datetime_part needs a part and a datetime');
  const key = partName(name, parts, call);
  return { sql: `(${parts[key]?.(ticksOf(value))})::INTEGER`, type: 'int' };
}

export const datetimeParts: ScalarFunction[] = [
  part('getyear', 'year'),
  part('getmonth', 'month'),
  part('monthofyear', 'month'),
  part('dayofmonth', 'day'),
  part('dayofyear', 'dayofyear'),
  part('hourofday', 'hour'),
  part('week_of_year', 'week_of_year'),
  part('weekofyear', 'week_of_year'),
  defineScalar({ name: 'datetime_part', arity: [2, 2], compile: compilePart }),
  defineScalar({ name: 'datepart', arity: [2, 2], compile: compilePart }),
  defineScalar({
    name: 'dayofweek',
    arity: [1, 1],
    compile: ([value], call) =>
      value
        ? { sql: `((${ticksOf(value)} // 864000000000 + 1) % 7 * 864000000000)`, type: 'timespan' }
        : call.fail('type', 'dayofweek needs a datetime'),
  }),
];
