import { convert, toText } from './convert';
import { defineScalar, type ScalarFunction, type ScriptFunction } from './define-function';

const digits = '0123456789bcdefghjkmnpqrstuvwxyz';
/** The finest cell that Kusto knows. */
const longest = 18;
/** Used where a call says no accuracy. */
const usual = 5;

interface Cell {
  west: number;
  east: number;
  south: number;
  north: number;
}

function encode(longitude: number, latitude: number, length: number): string {
  const cell: Cell = { west: -180, east: 180, south: -90, north: 90 };
  let text = '';
  for (let place = 0; place < length; place++) {
    let digit = 0;
    for (let bit = 0; bit < 5; bit++) {
      const isEast = (place * 5 + bit) % 2 === 0;
      const middle = isEast ? (cell.west + cell.east) / 2 : (cell.south + cell.north) / 2;
      const isUpper = (isEast ? longitude : latitude) >= middle;
      cell[isEast ? (isUpper ? 'west' : 'east') : isUpper ? 'south' : 'north'] = middle;
      digit = digit * 2 + (isUpper ? 1 : 0);
    }
    text += digits[digit];
  }
  return text;
}

function decode(text: unknown): Cell | undefined {
  if (typeof text !== 'string' || text.length < 1 || text.length > longest) return undefined;
  const cell: Cell = { west: -180, east: 180, south: -90, north: 90 };
  for (const [place, letter] of [...text.toLowerCase()].entries()) {
    const digit = digits.indexOf(letter);
    if (digit < 0) return undefined;
    for (let bit = 0; bit < 5; bit++) {
      const isUpper = (digit >> (4 - bit)) & 1;
      if ((place * 5 + bit) % 2 === 0) cell[isUpper ? 'west' : 'east'] = (cell.west + cell.east) / 2;
      else cell[isUpper ? 'south' : 'north'] = (cell.south + cell.north) / 2;
    }
  }
  return cell;
}

function runEncode(longitude: unknown, latitude: unknown, accuracy: unknown): string {
  if (typeof longitude !== 'number' || typeof latitude !== 'number' || accuracy === null) return '';
  const length = Number(accuracy);
  const isPlace = Math.abs(longitude) <= 180 && Math.abs(latitude) <= 90;
  return isPlace && length >= 1 && length <= longest ? encode(longitude, latitude, length) : '';
}

function runCentre(text: unknown): string | null {
  const cell = decode(text);
  if (!cell) return null;
  return `{"type":"Point","coordinates":[${(cell.west + cell.east) / 2},${(cell.south + cell.north) / 2}]}`;
}

function runPolygon(text: unknown): string | null {
  const cell = decode(text);
  if (!cell) return null;
  const { west, east, south, north } = cell;
  const ring = [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ];
  return `{"type":"Polygon","coordinates":[[${ring.map((point) => `[${point.join(',')}]`).join(',')}]]}`;
}

/** Cells of the same size around, in the order of the documentation; fewer at the poles. */
function runNeighbors(text: unknown): string | null {
  const cell = decode(text);
  if (!cell || typeof text !== 'string') return null;
  const [width, height] = [cell.east - cell.west, cell.north - cell.south];
  const [x, y] = [cell.west + width / 2, cell.south + height / 2];
  const around = [
    [-1, -1],
    [-1, 1],
    [1, -1],
    [0, 1],
    [-1, 0],
    [1, 1],
    [1, 0],
    [0, -1],
  ] as const;
  const names = around.flatMap(([east, north]) => {
    const latitude = y + north * height;
    if (Math.abs(latitude) > 90) return [];
    const longitude = ((((x + east * width + 180) % 360) + 360) % 360) - 180;
    return [JSON.stringify(encode(longitude, latitude, text.length))];
  });
  return `[${[...new Set(names)].join(',')}]`;
}

function ofGeohash(name: string, run: ScriptFunction['run']): ScalarFunction {
  return defineScalar({
    name,
    arity: [1, 1],
    scripts: [{ name: `kql_${name}`, parameters: ['VARCHAR'], returns: 'VARCHAR', run }],
    compile: ([text], call) =>
      text
        ? { sql: `kql_${name}(${toText(text)})::JSON`, type: 'dynamic' }
        : call.fail('type', `${name} needs a geohash`),
  });
}

export const geoHashFunctions: ScalarFunction[] = [
  defineScalar({
    name: 'geo_point_to_geohash',
    arity: [2, 3],
    scripts: [{ name: 'kql_geohash', parameters: ['DOUBLE', 'DOUBLE', 'BIGINT'], returns: 'VARCHAR', run: runEncode }],
    compile([longitude, latitude, accuracy], call) {
      if (!longitude || !latitude) return call.fail('type', 'geo_point_to_geohash needs a longitude and a latitude');
      const place = [longitude, latitude].map((one) => convert(one, 'real').sql).join(', ');
      const length = accuracy ? convert(accuracy, 'long').sql : String(usual);
      return { sql: `kql_geohash(${place}, ${length})`, type: 'string' };
    },
  }),
  ofGeohash('geo_geohash_to_central_point', runCentre),
  ofGeohash('geo_geohash_to_polygon', runPolygon),
  ofGeohash('geo_geohash_neighbors', runNeighbors),
];
