/** A direction from the middle of the sphere, of length 1. */
export type Vector = readonly [x: number, y: number, z: number];
/** In degrees, as GeoJSON writes it. */
export type Coordinate = readonly [longitude: number, latitude: number];

/** In metres: the sphere that Kusto measures on, by its documentation's figures. */
export const earthRadius = 6_371_010;

export function toVector([longitude, latitude]: Coordinate): Vector {
  const [l, p] = [(longitude * Math.PI) / 180, (latitude * Math.PI) / 180];
  return [Math.cos(p) * Math.cos(l), Math.cos(p) * Math.sin(l), Math.sin(p)];
}

export function toCoordinate([x, y, z]: Vector): Coordinate {
  return [(Math.atan2(y, x) * 180) / Math.PI, (Math.atan2(z, Math.hypot(x, y)) * 180) / Math.PI];
}

export function cross(a: Vector, b: Vector): Vector {
  return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
}

export function dot(a: Vector, b: Vector): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

export function scaled(a: Vector, factor: number): Vector {
  return [a[0] * factor, a[1] * factor, a[2] * factor];
}

export function added(a: Vector, b: Vector): Vector {
  return [a[0] + b[0], a[1] + b[1], a[2] + b[2]];
}

export function unit(a: Vector): Vector {
  return scaled(a, 1 / (Math.hypot(...a) || 1));
}

/** In radians. */
export function angleBetween(a: Vector, b: Vector): number {
  return Math.atan2(Math.hypot(...cross(a, b)), dot(a, b));
}

/** The point of the shortest arc between two points that is nearest to a third. */
export function nearestOnArc(point: Vector, from: Vector, to: Vector): Vector {
  const normal = cross(from, to);
  const isBeside = dot(cross(normal, from), point) > 0 && dot(cross(to, normal), point) > 0;
  if (!isBeside) return angleBetween(point, from) <= angleBetween(point, to) ? from : to;
  const axis = unit(normal);
  return unit(added(point, scaled(axis, -dot(point, axis))));
}

/** Whether two arcs cross at a point inside both. */
export function arcsCross(a: Vector, b: Vector, c: Vector, d: Vector): boolean {
  const [ab, cd] = [cross(a, b), cross(c, d)];
  const [acb, bda] = [-dot(ab, c), dot(ab, d)];
  const [cbd, dac] = [-dot(cd, b), dot(cd, a)];
  return acb * bda > 0 && bda * cbd > 0 && cbd * dac > 0;
}

/** The signed area of a ring in steradians: positive where it runs counterclockwise. Of rings smaller than half of the sphere. */
export function signedArea(ring: Vector[]): number {
  const [first, ...rest] = ring;
  if (!first) return 0;
  return rest.slice(1).reduce((sum, c, index) => {
    const b = rest[index] ?? first;
    return sum + 2 * Math.atan2(dot(first, cross(b, c)), 1 + dot(first, b) + dot(b, c) + dot(c, first));
  }, 0);
}

/** How often the ring runs round the point, counterclockwise; the other way for a point opposite of its inside. */
export function windings(point: Vector, ring: Vector[]): number {
  const turned = ring.reduce((sum, b, index) => {
    const a = ring.at(index - 1) ?? b;
    return sum + Math.atan2(dot(point, cross(a, b)), dot(a, b) - dot(a, point) * dot(b, point));
  }, 0);
  return Math.round(turned / (2 * Math.PI));
}
