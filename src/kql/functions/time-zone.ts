import type { Expr } from '../expr';
import { toText } from './convert';
import { ticksOf } from './datetime-parts';
import { type CallSite, defineScalar, type ScalarFunction } from './define-function';
import { constantText, literal } from './literal';

/** A local time that the clocks jump over counts as one after the jump, as in Kusto; one that comes twice as the later. */
const zonePrelude = [
  `CREATE OR REPLACE MACRO kql_zone_local(t, z) AS kql_ticks((kql_timestamp(t) AT TIME ZONE 'UTC') AT TIME ZONE z) + t % 10`,
  `CREATE OR REPLACE MACRO kql_zone_guess(t, z) AS kql_ticks((kql_timestamp(t) AT TIME ZONE z) AT TIME ZONE 'UTC') + t % 10`,
  'CREATE OR REPLACE MACRO kql_zone_utc(t, z) AS kql_zone_guess(t, z) - (kql_zone_local(kql_zone_guess(t, z), z) - t)',
];

const formats = new Map<string, Intl.DateTimeFormat | undefined>();

function formatOf(zone: string): Intl.DateTimeFormat | undefined {
  if (!formats.has(zone)) formats.set(zone, makeFormat(zone));
  return formats.get(zone);
}

function makeFormat(zone: string): Intl.DateTimeFormat | undefined {
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone: zone });
  } catch {
    return undefined;
  }
}

/** The zone's name where there is one of that name, else the empty text. */
function knownZone(zone: unknown): string {
  return typeof zone === 'string' && formats.size < 10_000 && formatOf(zone) ? zone : '';
}

function zoneChange(name: string, macro: string): ScalarFunction {
  return defineScalar({
    name,
    arity: [2, 2],
    prelude: zonePrelude,
    scripts: [{ name: 'kql_known_zone', parameters: ['VARCHAR'], returns: 'VARCHAR', run: knownZone }],
    compile([value, zone], call) {
      if (!value || !zone) return call.fail('type', `${name} needs a datetime and the name of a time zone`);
      return { sql: `${macro}(${ticksOf(value)}, ${zoneSql(zone, call)})`, type: 'datetime' };
    },
  });
}

function zoneSql(zone: Expr, call: CallSite): string {
  const known = constantText(zone);
  if (known === undefined) return `nullif(kql_known_zone(${toText(zone)}), '')`;
  if (!makeFormat(known)) return call.fail('type', `there is no time zone "${known}"`, 1);
  return literal(known, 'string').sql;
}

export const timeZoneFunctions: ScalarFunction[] = [
  zoneChange('datetime_utc_to_local', 'kql_zone_local'),
  zoneChange('datetime_local_to_utc', 'kql_zone_utc'),
];
