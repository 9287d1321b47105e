import type { ScalarFunction } from './define-function';
import { constantInteger } from './literal';
import { printSeries, realText, seriesNumbers } from './series';
import { defineSeries } from './series-function';

/** Higher degrees say nothing any more in double precision. */
const highestDegree = 20;

interface Point {
  x: number;
  y: number;
}

/**
 * The polynomial of the degree with the least squares, its coefficients from the constant up, in u = (x - centre) / width.
 * By orthogonal columns, which keeps its digits where the normal equations lose them.
 */
function fit(points: Point[], degree: number): number[] | undefined {
  const columns = Array.from({ length: degree + 1 }, (_none, power) => points.map(({ x }) => x ** power));
  const factors = columns.map(() => new Array<number>(degree + 1).fill(0));
  const aims = new Array<number>(degree + 1).fill(0);
  let rest = points.map(({ y }) => y);
  for (const [at, column] of columns.entries()) {
    const norm = Math.sqrt(dot(column, column));
    if (norm < 1e-9 * Math.sqrt(points.length)) return undefined;
    const unit = column.map((value) => value / norm);
    for (let later = at + 1; later <= degree; later++) {
      const other = columns[later] ?? [];
      const share = dot(unit, other);
      (factors[at] ?? [])[later] = share;
      columns[later] = other.map((value, i) => value - share * (unit[i] ?? 0));
    }
    (factors[at] ?? [])[at] = norm;
    const share = dot(unit, rest);
    aims[at] = share;
    rest = rest.map((value, i) => value - share * (unit[i] ?? 0));
  }
  const solved = new Array<number>(degree + 1).fill(0);
  for (let at = degree; at >= 0; at--) {
    const row = factors[at] ?? [];
    const known = solved.reduce((sum, value, later) => (later > at ? sum + value * (row[later] ?? 0) : sum), 0);
    solved[at] = ((aims[at] ?? 0) - known) / (row[at] ?? 1);
  }
  return solved;
}

function dot(a: number[], b: number[]): number {
  return a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0);
}

function valueAt(coefficients: number[], x: number): number {
  return coefficients.reduceRight((sum, factor) => sum * x + factor, 0);
}

/** The same polynomial in x itself. */
function inX(coefficients: number[], centre: number, width: number): number[] {
  return coefficients
    .reduceRight<number[]>((sum, factor) => {
      const next = new Array<number>(sum.length + 1).fill(0);
      for (const [power, value] of sum.entries()) {
        next[power] = (next[power] ?? 0) - (value * centre) / width;
        next[power + 1] = (next[power + 1] ?? 0) + value / width;
      }
      next[0] = (next[0] ?? 0) + factor;
      return next;
    }, [])
    .slice(0, coefficients.length);
}

function run(ySeries: unknown, xSeries: unknown, wanted: unknown): string | null {
  const ys = seriesNumbers(ySeries);
  if (!ys) return null;
  const given = seriesNumbers(xSeries);
  const xs = ys.map((_y, index) => (given ? (given[index] ?? null) : index + 1));
  const degree = Math.min(highestDegree, Math.max(1, Number(wanted ?? 1)));
  const known = ys.flatMap((y, index) => {
    const x = xs[index] ?? null;
    return y === null || x === null || !Number.isFinite(x * y) ? [] : [{ x, y }];
  });
  if (known.length <= degree) return null;
  const [low, high] = known.reduce(([a, b], { x }) => [Math.min(a, x), Math.max(b, x)], [Infinity, -Infinity]);
  const [centre, width] = [(low + high) / 2, (high - low) / 2 || 1];
  const scaled = (x: number) => (x - centre) / width;
  const found = fit(
    known.map(({ x, y }) => ({ x: scaled(x), y })),
    degree,
  );
  if (!found) return null;
  const mean = known.reduce((sum, { y }) => sum + y, 0) / known.length;
  const total = known.reduce((sum, { y }) => sum + (y - mean) ** 2, 0);
  const rest = known.reduce((sum, { x, y }) => sum + (y - valueAt(found, scaled(x))) ** 2, 0);
  const numbers = {
    rsquare: total === 0 ? 1 : 1 - rest / total,
    variance: total / (known.length - 1),
    rvariance: rest / (known.length - 1),
  };
  const fitted = xs.map((x) => (x === null ? null : valueAt(found, scaled(x))));
  const members = [
    ...Object.entries(numbers).map(([key, value]) => `"${key}":${realText(value)}`),
    `"coefficients":${printSeries(inX(found, centre, width).reverse().map(realText))}`,
    `"poly_fit":${printSeries(fitted.map(realText))}`,
  ];
  return `{${members.join(',')}}`;
}

export const fitPolyFunctions: ScalarFunction[] = [
  defineSeries({
    name: 'series_fit_poly',
    arity: [1, 3],
    parameters: ['VARCHAR', 'VARCHAR', 'BIGINT'],
    run,
    columns: [
      ['rsquare', 'real'],
      ['coefficients', 'dynamic'],
      ['variance', 'real'],
      ['rvariance', 'real'],
      ['poly_fit', 'dynamic'],
    ],
    check(args, call) {
      const degree = args[2] && constantInteger(args[2]);
      if (degree !== undefined && (degree < 1n || degree > BigInt(highestDegree)))
        call.fail('unsupported', `series_fit_poly fits polynomials of the degrees 1 to ${highestDegree}`, 2);
    },
    difference: 'polynomials of the degrees 1 to 20; the last digits of the numbers may differ',
  }),
];
