import type { ColumnType } from '../../ports/query-engine';
import { convert, toText } from './convert';
import { defineScalar, type ScalarFunction, type ScriptFunction } from './define-function';
import { shapeOf } from './geo-json';
import {
  added,
  angleBetween,
  type Coordinate,
  cross,
  earthRadius,
  nearestOnArc,
  scaled,
  signedArea,
  toCoordinate,
  toVector,
  unit,
  type Vector,
  windings,
} from './geo-sphere';

function placeOf(longitude: unknown, latitude: unknown): Coordinate | undefined {
  if (typeof longitude !== 'number' || typeof latitude !== 'number') return undefined;
  return Math.abs(longitude) <= 180 && Math.abs(latitude) <= 90 ? [longitude, latitude] : undefined;
}

function linesOf(text: unknown): Coordinate[][] | undefined {
  const shape = shapeOf(text);
  return shape?.kind === 'lines' ? shape.lines : undefined;
}

function polygonsOf(text: unknown): Vector[][][] | undefined {
  const shape = shapeOf(text);
  return shape?.kind === 'polygons' ? shape.polygons : undefined;
}

function lengthOf(points: Vector[]): number {
  return points.slice(1).reduce((sum, point, index) => sum + angleBetween(points[index] ?? point, point), 0);
}

function isInside(point: Vector, rings: Vector[][]): boolean {
  const [shell, ...holes] = rings.map((ring) => windings(point, ring) === Math.sign(signedArea(ring)));
  return shell === true && !holes.includes(true);
}

/** Only where shapes cannot overlap. */
function single(polygons: Vector[][][], name: string): Vector[][] {
  const [only, second] = polygons;
  if (!only || second)
    throw new Error(`${name}: a multipolygon of several polygons is not supported; ask for each polygon`);
  return only;
}

/** The points of a line nearest to a place, the first of them first; points of the line itself keep their digits. */
function nearestOnLines(point: Vector, lines: Coordinate[][]): { place: Coordinate; angle: number } | undefined {
  let best: { place: Coordinate; angle: number } | undefined;
  for (const line of lines) {
    for (const [index, end] of line.slice(1).entries()) {
      const start = line[index] ?? end;
      const [from, to] = [toVector(start), toVector(end)];
      const found = nearestOnArc(point, from, to);
      const angle = angleBetween(point, found);
      if (best && angle >= best.angle) continue;
      best = { angle, place: found === from ? start : found === to ? end : toCoordinate(found) };
    }
  }
  return best;
}

function closed(ring: Vector[]): Vector[] {
  return [...ring, ...ring.slice(0, 1)];
}

function printPoint([longitude, latitude]: Coordinate): string {
  return `{"type":"Point","coordinates":[${longitude},${latitude}]}`;
}

const runs = {
  geo_point_in_polygon(longitude, latitude, shape) {
    const [place, polygons] = [placeOf(longitude, latitude), polygonsOf(shape)];
    if (!place || !polygons) return null;
    return polygons.some((rings) => isInside(toVector(place), rings));
  },
  geo_line_length(shape) {
    const lines = linesOf(shape);
    return lines ? lines.reduce((sum, line) => sum + lengthOf(line.map(toVector)), 0) * earthRadius : null;
  },
  geo_polygon_area(shape) {
    const polygons = polygonsOf(shape);
    if (!polygons) return null;
    const [shell = 0, ...holes] = single(polygons, 'geo_polygon_area').map((ring) => Math.abs(signedArea(ring)));
    return holes.reduce((sum, hole) => sum - hole, shell) * earthRadius ** 2;
  },
  geo_polygon_perimeter(shape) {
    const polygons = polygonsOf(shape);
    if (!polygons) return null;
    const rings = single(polygons, 'geo_polygon_perimeter');
    return rings.reduce((sum, ring) => sum + lengthOf(closed(ring)), 0) * earthRadius;
  },
  geo_distance_point_to_line(longitude, latitude, shape) {
    const [place, lines] = [placeOf(longitude, latitude), linesOf(shape)];
    const nearest = place && lines && nearestOnLines(toVector(place), lines);
    return nearest ? nearest.angle * earthRadius : null;
  },
  geo_closest_point_on_line(longitude, latitude, shape) {
    const [place, lines] = [placeOf(longitude, latitude), linesOf(shape)];
    const nearest = place && lines && nearestOnLines(toVector(place), lines);
    return nearest ? printPoint(nearest.place) : null;
  },
  geo_distance_point_to_polygon(longitude, latitude, shape) {
    const [place, polygons] = [placeOf(longitude, latitude), polygonsOf(shape)];
    if (!place || !polygons) return null;
    const point = toVector(place);
    if (polygons.some((rings) => isInside(point, rings))) return 0;
    const angles = polygons.flat().map((ring) =>
      ring.reduce((least, to, index) => {
        const nearest = nearestOnArc(point, ring.at(index - 1) ?? to, to);
        return Math.min(least, angleBetween(point, nearest));
      }, Math.PI),
    );
    return angles.reduce((least, angle) => Math.min(least, angle), Math.PI) * earthRadius;
  },
  geo_line_interpolate_point(shape, fraction) {
    const [line, second] = linesOf(shape) ?? [];
    if (!line || second || typeof fraction !== 'number' || !(fraction >= 0 && fraction <= 1)) return null;
    const points = line.map(toVector);
    let rest = lengthOf(points) * fraction;
    for (const [index, to] of points.slice(1).entries()) {
      const from = points[index] ?? to;
      const length = angleBetween(from, to);
      if (rest <= length && length > 0) return printPoint(toCoordinate(along(from, to, rest)));
      rest -= length;
    }
    return printPoint(line.at(-1) ?? [0, 0]);
  },
} satisfies Record<string, ScriptFunction['run']>;

/** The point at an angle from the first on the arc to the second. */
function along(from: Vector, to: Vector, angle: number): Vector {
  const ahead = unit(cross(cross(from, to), from));
  return added(scaled(from, Math.cos(angle)), scaled(ahead, Math.sin(angle)));
}

const several = 'of a multipolygon of several polygons it is refused';

function shapeFunction(
  name: keyof typeof runs,
  parameters: ScriptFunction['parameters'],
  type: ColumnType & ('bool' | 'real' | 'dynamic'),
  difference?: string,
): ScalarFunction {
  const returns = type === 'bool' ? 'BOOLEAN' : type === 'real' ? 'DOUBLE' : 'VARCHAR';
  const count = parameters.length;
  return defineScalar({
    name,
    arity: [count, count],
    scripts: [{ name: `kql_${name}`, parameters, returns, run: runs[name] }],
    ...(difference === undefined ? {} : { difference }),
    compile(args, call) {
      const [shape] = args;
      if (difference === several && shape?.constant && polygonsOf(JSON.stringify(shape.constant.value))?.[1])
        return call.fail('unsupported', `${name} of several polygons is not supported: ask for each polygon`, 0);
      const given = args.map((arg, i) => (parameters[i] === 'VARCHAR' ? toText(arg) : convert(arg, 'real').sql));
      const sql = `kql_${name}(${given.join(', ')})`;
      return { sql: type === 'dynamic' ? `${sql}::JSON` : sql, type };
    },
  });
}

const point = ['DOUBLE' as const, 'DOUBLE' as const];

export const geoShapeFunctions: ScalarFunction[] = [
  shapeFunction('geo_point_in_polygon', [...point, 'VARCHAR'], 'bool', 'a point on an edge may fall to the other side'),
  shapeFunction('geo_line_length', ['VARCHAR'], 'real', 'lines of a multiline that overlap are each counted'),
  shapeFunction('geo_polygon_area', ['VARCHAR'], 'real', several),
  shapeFunction('geo_polygon_perimeter', ['VARCHAR'], 'real', several),
  shapeFunction('geo_distance_point_to_line', [...point, 'VARCHAR'], 'real'),
  shapeFunction('geo_closest_point_on_line', [...point, 'VARCHAR'], 'dynamic', 'the last digits may differ'),
  shapeFunction('geo_distance_point_to_polygon', [...point, 'VARCHAR'], 'real'),
  shapeFunction('geo_line_interpolate_point', ['VARCHAR', 'DOUBLE'], 'dynamic', 'the last digits may differ'),
];
