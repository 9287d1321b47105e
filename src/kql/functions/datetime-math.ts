import type { Expr } from '../expr';
import { convert } from './convert';
import { partName, ticksOf } from './datetime-parts';
import { type CallSite, defineScalar, type ScalarFunction } from './define-function';
import { timeZoneFunctions } from './time-zone';

/** Ticks of each unit whose length is fixed. */
const fixed: Record<string, string> = {
  week: '6048000000000',
  day: '864000000000',
  hour: '36000000000',
  minute: '600000000',
  second: '10000000',
  millisecond: '10000',
  microsecond: '10',
};
const inMonths: Record<string, number> = { year: 12, quarter: 3, month: 1 };
const units = { ...inMonths, ...fixed, nanosecond: 0 };

const datetimeMathPrelude = [
  'CREATE OR REPLACE MACRO kql_add_months(t, n) AS kql_checked_datetime(kql_ticks(kql_timestamp(t) + to_months(n::INTEGER)) + t % 10)',
  'CREATE OR REPLACE MACRO kql_month_number(t) AS year(kql_timestamp(t)) * 12 + month(kql_timestamp(t)) - 1',
  'CREATE OR REPLACE MACRO kql_week_start(t) AS t - t % 864000000000 - (t // 864000000000 + 1) % 7 * 864000000000',
  `CREATE OR REPLACE MACRO kql_month_start(t) AS kql_ticks(date_trunc('month', kql_timestamp(t)))`,
  `CREATE OR REPLACE MACRO kql_year_start(t) AS kql_ticks(date_trunc('year', kql_timestamp(t)))`,
];

function compileAdd([unit, amount, value]: Expr[], call: CallSite): Expr {
  if (!unit || !amount || !value) return call.fail('type', 'datetime_add needs a unit, a number and a datetime');
  const name = partName(unit, units, call);
  const count = convert(amount, 'long').sql;
  const ticks = ticksOf(value);
  const months = inMonths[name];
  if (months) return { sql: `kql_add_months(${ticks}, ${count} * ${months})`, type: 'datetime' };
  if (name === 'nanosecond') return { sql: `kql_checked_datetime(${ticks} + ${count} // 100)`, type: 'datetime' };
  return { sql: `kql_checked_datetime(${ticks} + ${count} * ${fixed[name]})`, type: 'datetime' };
}

/** Counts the borders of the unit between the two, as Kusto does: a week begins on Sunday. */
function compileDiff([unit, later, earlier]: Expr[], call: CallSite): Expr {
  if (!unit || !later || !earlier) return call.fail('type', 'datetime_diff needs a unit and two datetimes');
  const name = partName(unit, units, call);
  const [a, b] = [ticksOf(later), ticksOf(earlier)];
  if (name === 'nanosecond') return { sql: `((${a} - ${b}) * 100)`, type: 'long' };
  if (name === 'year') return { sql: `(year(kql_timestamp(${a})) - year(kql_timestamp(${b})))`, type: 'long' };
  const months = inMonths[name];
  if (months)
    return { sql: `(kql_month_number(${a}) // ${months} - kql_month_number(${b}) // ${months})`, type: 'long' };
  if (name === 'week') {
    return { sql: `((kql_week_start(${a}) - kql_week_start(${b})) // ${fixed.week})`, type: 'long' };
  }
  return { sql: `(${a} // ${fixed[name]} - ${b} // ${fixed[name]})`, type: 'long' };
}

type Period = 'day' | 'week' | 'month' | 'year';

function startOf(period: Period, ticks: string, offset: string): string {
  if (period === 'month') return `kql_add_months(kql_month_start(${ticks}), ${offset})`;
  if (period === 'year') return `kql_add_months(kql_year_start(${ticks}), (${offset}) * 12)`;
  if (period === 'week') return `(kql_week_start(${ticks}) + (${offset}) * ${fixed.week})`;
  return `(${ticks} - ${ticks} % ${fixed.day} + (${offset}) * ${fixed.day})`;
}

function border(side: 'startof' | 'endof', period: Period): ScalarFunction {
  return defineScalar({
    name: `${side}${period}`,
    arity: [1, 2],
    prelude: datetimeMathPrelude,
    compile([value, offset], call) {
      if (!value) return call.fail('type', `${side}${period} needs a datetime`);
      const by = offset ? convert(offset, 'long').sql : '0';
      const ticks = ticksOf(value);
      if (side === 'startof') return { sql: startOf(period, ticks, by), type: 'datetime' };
      return { sql: `(${startOf(period, ticks, `${by} + 1`)} - 1)`, type: 'datetime' };
    },
  });
}

function fromUnix(name: string, ticksPerUnit: string): ScalarFunction {
  return defineScalar({
    name,
    arity: [1, 1],
    compile([value], call) {
      if (!value) return call.fail('type', `${name} needs a number`);
      const isWhole = value.type === 'long' || value.type === 'int';
      const number = isWhole
        ? `(${value.sql})::HUGEINT`
        : `(${convert(value, value.type === 'dynamic' ? 'real' : value.type).sql})`;
      const ticks = ticksPerUnit.startsWith('/')
        ? `${number} ${isWhole ? '//' : '/'} 100`
        : `${number} * ${ticksPerUnit}`;
      const whole = isWhole ? ticks : `try_cast(round(${ticks}) AS HUGEINT)`;
      return { sql: `kql_checked_datetime(${whole} + 621355968000000000)`, type: 'datetime' };
    },
  });
}

export const datetimeMath: ScalarFunction[] = [
  defineScalar({ name: 'datetime_add', arity: [3, 3], compile: compileAdd, prelude: datetimeMathPrelude }),
  defineScalar({ name: 'datetime_diff', arity: [3, 3], compile: compileDiff, prelude: datetimeMathPrelude }),
  border('startof', 'day'),
  border('startof', 'week'),
  border('startof', 'month'),
  border('startof', 'year'),
  border('endof', 'day'),
  border('endof', 'week'),
  border('endof', 'month'),
  border('endof', 'year'),
  fromUnix('unixtime_seconds_todatetime', '10000000'),
  fromUnix('unixtime_milliseconds_todatetime', '10000'),
  fromUnix('unixtime_microseconds_todatetime', '10'),
  fromUnix('unixtime_nanoseconds_todatetime', '/100'),
  ...timeZoneFunctions,
  defineScalar({
    name: 'datetime_list_timezones',
    arity: [0, 0],
    difference: 'the zones that this engine knows, by the names of the IANA database',
    compile: () => ({
      sql: '(SELECT to_json(list(DISTINCT name ORDER BY name)) FROM pg_timezone_names())',
      type: 'dynamic',
    }),
  }),
];
