import { arcsCross, type Coordinate, toVector, type Vector } from './geo-sphere';

/** Lines by their points. */
export interface Lines {
  kind: 'lines';
  lines: Coordinate[][];
}

/** Each polygon's shell and then its holes, without the last point, which repeats the first. */
export interface Polygons {
  kind: 'polygons';
  polygons: Vector[][][];
}

/** More points than this are not looked at. */
const most = 100_000;

/** Polygons whose edges are compared with each other: the work grows with the square. */
const mostChecked = 3000;

function coordinateOf(value: unknown): Coordinate | undefined {
  if (!Array.isArray(value)) return undefined;
  const [longitude, latitude]: unknown[] = value;
  if (typeof longitude !== 'number' || typeof latitude !== 'number') return undefined;
  return Math.abs(longitude) <= 180 && Math.abs(latitude) <= 90 ? [longitude, latitude] : undefined;
}

function pathOf(value: unknown, least: number): Coordinate[] | undefined {
  if (!Array.isArray(value) || value.length < least || value.length > most) return undefined;
  const points = value.map(coordinateOf).filter((point) => point !== undefined);
  return points.length === value.length ? points : undefined;
}

function all<T>(values: unknown, read: (value: unknown) => T | undefined): T[] | undefined {
  if (!Array.isArray(values) || values.length === 0) return undefined;
  const found = values.map(read).filter((one) => one !== undefined);
  return found.length === values.length ? found : undefined;
}

function ringOf(value: unknown): Vector[] | undefined {
  const path = pathOf(value, 4);
  const [first, last] = [path?.[0], path?.at(-1)];
  if (!path || String(first) !== String(last)) return undefined;
  const points = path.slice(0, -1);
  if (new Set(points.map(String)).size < points.length) return undefined;
  const ring = points.map(toVector);
  return crossesItself(ring) ? undefined : ring;
}

/** Edges that meet at a point of the ring do not cross there, whatever the last digits say. */
function crossesItself(ring: Vector[]): boolean {
  const count = ring.length;
  if (count > mostChecked) return false;
  return ring.some((a, i) => {
    const b = ring[(i + 1) % count] ?? a;
    const others = ring.slice(i + 2, i === 0 ? count - 1 : count);
    return others.some((c, j) => arcsCross(a, b, c, ring[(i + j + 3) % count] ?? c));
  });
}

/** The GeoJSON of lines or polygons, or undefined where it is none or not valid. */
export function parseShape(text: string): Lines | Polygons | undefined {
  const value: unknown = parsed(text);
  if (typeof value !== 'object' || value === null) return undefined;
  const [type, coordinates]: unknown[] = [Reflect.get(value, 'type'), Reflect.get(value, 'coordinates')];
  const polygon = (rings: unknown) => all(rings, ringOf);
  if (type === 'LineString') return linesOf(all([coordinates], (path) => pathOf(path, 2)));
  if (type === 'MultiLineString') return linesOf(all(coordinates, (path) => pathOf(path, 2)));
  if (type === 'Polygon') return polygonsOf(all([coordinates], polygon));
  return type === 'MultiPolygon' ? polygonsOf(all(coordinates, polygon)) : undefined;
}

function linesOf(lines: Coordinate[][] | undefined): Lines | undefined {
  return lines && { kind: 'lines', lines };
}

function polygonsOf(polygons: Vector[][][] | undefined): Polygons | undefined {
  return polygons && { kind: 'polygons', polygons };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

let last: { text: string; shape: Lines | Polygons | undefined } | undefined;

/** As parseShape; the last text is kept, because a query mostly asks about one shape. */
export function shapeOf(text: unknown): Lines | Polygons | undefined {
  if (typeof text !== 'string' || text === '') return undefined;
  if (last?.text !== text) last = { text, shape: parseShape(text) };
  return last.shape;
}
