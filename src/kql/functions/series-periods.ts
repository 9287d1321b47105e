import type { ScalarFunction } from './define-function';
import { transform } from './fourier';
import { presentNumbers, printSeries, realText, seriesNumbers } from './series';
import { defineSeries } from './series-function';

export interface Period {
  length: number;
  /** Between 0 and 1. */
  score: number;
}

/** No period has fewer points. */
const shortest = 4;

/** How alike the series is to itself `lag` points later, from -1 to 1, for lags up to half of its length; undefined for a flat series. */
function autocorrelation(values: (number | null)[]): Float64Array | undefined {
  const numbers = presentNumbers(values, true);
  const count = values.length;
  if (count < 2 * shortest || numbers.length === 0) return undefined;
  const mean = numbers.reduce((sum, value) => sum + value, 0) / numbers.length;
  const padded = 2 ** Math.ceil(Math.log2(2 * count));
  const real = new Float64Array(padded);
  for (const [index, value] of values.entries())
    real[index] = value === null || !Number.isFinite(value) ? 0 : value - mean;
  const spectrum = transform({ real, imag: new Float64Array(padded) }, false);
  const power = spectrum.real.map((value, index) => value ** 2 + (spectrum.imag[index] ?? 0) ** 2);
  const sums = transform({ real: power, imag: new Float64Array(padded) }, true).real;
  const whole = sums[0] ?? 0;
  const isFlat = whole / padded <= 1e-18 * count * (1 + mean ** 2);
  if (isFlat) return undefined;
  return Float64Array.from(
    { length: Math.floor(count / 2) + 1 },
    (_none, lag) => ((sums[lag] ?? 0) / whole) * (count / (count - lag)),
  );
}

/** A period is as good as the worse of itself and its double, where the double lies within half of the series. */
function scoreOf(alike: Float64Array, length: number): number {
  return Math.max(0, Math.min(1, alike[length] ?? 0, alike[2 * length] ?? 1));
}

/** Higher than both neighbours, and than everything a quarter of the length around. */
function isPeak(alike: Float64Array, length: number): boolean {
  const here = alike[length] ?? 0;
  if (length + 1 >= alike.length || here <= (alike[length - 1] ?? 0)) return false;
  const around = alike.subarray(Math.ceil(length * 0.75), Math.floor(length * 1.25) + 1);
  return around.every((value) => value <= here);
}

/** A repetition of a shorter period is a period of its own only where the series is clearly more alike there. */
const clearly = 0.05;

/** The periods of a series, the best first. */
export function detectPeriods(values: (number | null)[], from: number, to: number): Period[] {
  const alike = autocorrelation(values);
  if (!alike) return [];
  const found: Period[] = [];
  for (let length = Math.max(shortest, Math.ceil(from)); length < alike.length && length <= to; length++) {
    const score = isPeak(alike, length) ? scoreOf(alike, length) : 0;
    if (score === 0) continue;
    const isRepetition = found.some((one) => length % one.length === 0 && score < one.score + clearly);
    if (!isRepetition) found.push({ length, score });
  }
  return found.sort((a, b) => b.score - a.score || a.length - b.length);
}

function printPeriods(periods: Period[]): string {
  const lengths = printSeries(periods.map(({ length }) => realText(length)));
  return `{"periods":${lengths},"scores":${printSeries(periods.map(({ score }) => realText(score)))}}`;
}

/** The most periods that one call gives: an array of more would be full of zeros. */
const mostPeriods = 1000;

function runDetect(series: unknown, from: unknown, to: unknown, wanted: unknown): string | null {
  const values = seriesNumbers(series);
  if (!values) return null;
  const count = Math.min(mostPeriods, Math.max(0, Number(wanted)));
  const best = detectPeriods(values, Number(from), Number(to)).slice(0, count);
  return printPeriods(Array.from({ length: count }, (_none, index) => best[index] ?? { length: 0, score: 0 }));
}

function runValidate(series: unknown, ...lengths: unknown[]): string | null {
  const values = seriesNumbers(series);
  if (!values) return null;
  const alike = autocorrelation(values);
  const periods = lengths.filter((length) => typeof length === 'number');
  return printPeriods(
    periods.map((length) => {
      const isPossible = alike && length >= shortest && length <= values.length / 2;
      return { length, score: isPossible ? scoreOf(alike, Math.round(length)) : 0 };
    }),
  );
}

export const periodDifference =
  'Kusto does not publish how it finds and scores periods: here by autocorrelation, a period scores as the worse of itself and its double. This gives the periods of the documentation’s examples and their scores to the two digits shown there; other scores may differ';

const columns: [string, 'dynamic'][] = [
  ['periods', 'dynamic'],
  ['scores', 'dynamic'],
];

export const periodFunctions: ScalarFunction[] = [
  defineSeries({
    name: 'series_periods_detect',
    arity: [4, 4],
    parameters: ['VARCHAR', 'DOUBLE', 'DOUBLE', 'BIGINT'],
    run: runDetect,
    columns,
    difference: periodDifference,
  }),
  defineSeries({
    name: 'series_periods_validate',
    arity: [2, 17],
    parameters: ['VARCHAR', ...Array.from({ length: 16 }, () => 'DOUBLE' as const)],
    run: runValidate,
    columns,
    difference: periodDifference,
  }),
];
