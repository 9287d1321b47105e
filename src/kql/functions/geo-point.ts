import type { Expr } from '../expr';
import { convert } from './convert';
import { type CallSite, defineScalar, type ScalarFunction } from './define-function';
import { earthRadius } from './geo-sphere';

/** Angles in radians from the north, clockwise; NULL where a place is none, or where two are one or opposite. */
const prelude = [
  'CREATE OR REPLACE MACRO kql_is_place(lng, lat) AS abs(lng) <= 180 AND abs(lat) <= 90',
  'CREATE OR REPLACE MACRO kql_haversine(lng1, lat1, lng2, lat2) AS sin(radians(lat2 - lat1) / 2) ** 2 + cos(radians(lat1)) * cos(radians(lat2)) * sin(radians(lng2 - lng1) / 2) ** 2',
  `CREATE OR REPLACE MACRO kql_metres(lng1, lat1, lng2, lat2) AS CASE WHEN kql_is_place(lng1, lat1) AND kql_is_place(lng2, lat2) THEN 2 * ${earthRadius} * asin(sqrt(least(1, kql_haversine(lng1, lat1, lng2, lat2)))) END`,
  'CREATE OR REPLACE MACRO kql_turn(x) AS CASE WHEN x < 0 THEN x + 2 * pi() ELSE x END',
  `CREATE OR REPLACE MACRO kql_azimuth(lng1, lat1, lng2, lat2) AS CASE WHEN kql_is_place(lng1, lat1) AND kql_is_place(lng2, lat2) AND kql_haversine(lng1, lat1, lng2, lat2) BETWEEN 1e-30 AND 1 - 1e-15
    THEN kql_turn(atan2(sin(radians(lng2 - lng1)) * cos(radians(lat2)), cos(radians(lat1)) * sin(radians(lat2)) - sin(radians(lat1)) * cos(radians(lat2)) * cos(radians(lng2 - lng1)))) END`,
];

function reals(args: Expr[], count: number, call: CallSite): string[] {
  const numbers = args.slice(0, count).map((arg) => convert(arg, 'real').sql);
  return numbers.length === count ? numbers : call.fail('type', `${count} coordinates are needed`);
}

export const geoPointFunctions: ScalarFunction[] = [
  defineScalar({
    name: 'geo_distance_2points',
    arity: [4, 5],
    prelude,
    difference: 'on the sphere: with use_spheroid = true it is refused',
    compile(args, call) {
      const spheroid = args[4];
      if (spheroid && spheroid.constant?.value !== false)
        return call.fail('unsupported', 'geo_distance_2points measures on the sphere only: leave use_spheroid out', 4);
      return { sql: `kql_metres(${reals(args, 4, call).join(', ')})`, type: 'real' };
    },
  }),
  defineScalar({
    name: 'geo_point_in_circle',
    arity: [5, 5],
    prelude,
    compile(args, call) {
      const [lng1, lat1, lng2, lat2, radius] = reals(args, 5, call);
      const metres = `kql_metres(${[lng1, lat1, lng2, lat2].join(', ')})`;
      return { sql: `(CASE WHEN ${radius} >= 0 THEN ${metres} <= ${radius} END)`, type: 'bool' };
    },
  }),
  defineScalar({
    name: 'geo_azimuth',
    arity: [4, 4],
    prelude,
    compile: (args, call) => ({ sql: `kql_azimuth(${reals(args, 4, call).join(', ')})`, type: 'real' }),
  }),
  defineScalar({
    name: 'geo_angle',
    arity: [6, 6],
    prelude,
    compile(args, call) {
      const [lng1, lat1, lng2, lat2, lng3, lat3] = reals(args, 6, call);
      const [back, on] = [`${lng2}, ${lat2}, ${lng1}, ${lat1}`, `${lng2}, ${lat2}, ${lng3}, ${lat3}`];
      return { sql: `kql_turn(kql_azimuth(${on}) - kql_azimuth(${back}))`, type: 'real' };
    },
  }),
];
