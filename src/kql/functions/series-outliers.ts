import type { ScalarFunction } from './define-function';
import { constantText } from './literal';
import { presentNumbers, printSeries, realText, seriesNumbers } from './series';
import { defineSeries } from './series-function';

/** The value below which `percent` of the sorted values lie, between two values in proportion. */
function percentileOf(sorted: number[], percent: number): number {
  const place = ((sorted.length - 1) * percent) / 100;
  const below = sorted[Math.floor(place)] ?? 0;
  return below + ((sorted[Math.ceil(place)] ?? 0) - below) * (place - Math.floor(place));
}

/** The quantile of the normal distribution (Acklam's approximation: to nine digits). */
function normalQuantile(p: number): number {
  const [a, b] = [
    [
      -39.69683028665376, 220.9460984245205, -275.9285104469687, 138.357751867269, -30.66479806614716,
      2.506628277459239,
    ],
    [-54.47609879822406, 161.5858368580409, -155.6989798598866, 66.80131188771972, -13.28068155288572, 1],
  ];
  const [c, d] = [
    [
      -0.007784894002430293, -0.3223964580411365, -2.400758277161838, -2.549732539343734, 4.374664141464968,
      2.938163982698783,
    ],
    [0.007784695709041462, 0.3224671290700398, 2.445134137142996, 3.754408661907416, 1],
  ];
  const along = (factors: number[] | undefined, x: number) =>
    (factors ?? []).reduce((sum, factor) => sum * x + factor, 0);
  if (p > 0.5) return -normalQuantile(1 - p);
  if (p < 0.02425) {
    const q = Math.sqrt(-2 * Math.log(p));
    return along(c, q) / along(d, q);
  }
  const q = p - 0.5;
  return (along(a, q * q) * q) / along(b, q * q);
}

const upperQuartile = 0.6744897501960817;
/** Makes a score of 1.5 mean the same as with quartiles. Kusto's own figure for its default percentiles, 10 and 90. */
const defaultFactor = 2.772605605507915;

/** On normally distributed values the fence of 1.5 between quartiles scores 1.5 between other percentiles too. */
function factorOf(percentile: number, otherPercentile: number): number {
  if (percentile === 25) return 1;
  if (percentile === 10 && otherPercentile === 10) return defaultFactor;
  const [near, far] = [-normalQuantile(percentile / 100), -normalQuantile(otherPercentile / 100)];
  const room = 4 * upperQuartile - near;
  return room > 0 ? (1.5 * (near + far)) / room : 1;
}

/**
 * How far each value lies outside the range between two percentiles, in widths of that range: 0 inside and for what is no
 * number. Where both percentiles are equal any other value scores an infinity.
 */
export function outlierScores(values: (number | null)[], low: number, high: number): number[] {
  const sorted = presentNumbers(values, true).sort((a, b) => a - b);
  if (sorted.length === 0) return values.map(() => 0);
  const [from, to] = [percentileOf(sorted, low), percentileOf(sorted, high)];
  const quartiles = low === 25 && high === 75;
  const [below, above] = quartiles ? [1, 1] : [factorOf(low, 100 - high), factorOf(100 - high, low)];
  return values.map((value) => {
    if (value === null || !Number.isFinite(value)) return 0;
    if (value > to) return ((value - to) / (to - from)) * above;
    return value < from ? ((value - from) / (to - from)) * below : 0;
  });
}

export const outlierMethods = { tukey: [25, 75], ctukey: [10, 90] } satisfies Record<string, [number, number]>;

export function outlierMethod(name: unknown): [low: number, high: number] | undefined {
  return Object.entries(outlierMethods).find(([method]) => method === name)?.[1];
}

function run(series: unknown, kind: unknown, ignored: unknown, low: unknown, high: unknown): string | null {
  const values = seriesNumbers(series);
  if (!values) return null;
  const percentiles = outlierMethod(kind || 'ctukey') ?? [10, 90];
  if (kind !== 'tukey' && typeof low === 'number') percentiles[0] = clamp(low);
  if (kind !== 'tukey' && typeof high === 'number') percentiles[1] = clamp(high);
  const kept = values.map((value) => (value === ignored ? null : value));
  return printSeries(outlierScores(kept, percentiles[0], percentiles[1]).map(realText));
}

function clamp(percentile: number): number {
  return Math.min(98, Math.max(2, percentile));
}

export const outlierFunctions: ScalarFunction[] = [
  defineSeries({
    name: 'series_outliers',
    arity: [1, 5],
    parameters: ['VARCHAR', 'VARCHAR', 'DOUBLE', 'DOUBLE', 'DOUBLE'],
    run,
    check(args, call) {
      if (args[1] && !outlierMethod(constantText(args[1])))
        call.fail('unsupported', 'series_outliers knows the kinds "tukey" and "ctukey", written as a constant', 1);
      for (const at of [3, 4]) {
        const percentile = args[at]?.constant?.value;
        if (percentile !== undefined && percentile !== null && !(Number(percentile) >= 2 && Number(percentile) <= 98))
          call.fail('type', 'the percentiles of series_outliers lie between 2 and 98', at);
      }
    },
    difference:
      'the scores are Kusto’s for its default percentiles 10 and 90 and for "tukey"; with other percentiles they may differ by a few per cent. Where both percentiles are the same value, any other value scores an infinity',
  }),
];
