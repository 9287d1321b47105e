import type { Expr } from '../expr';
import type { CallSite, ScalarFunction } from './define-function';
import { fitLine } from './fit-line';
import { constantText } from './literal';
import { presentNumbers, printSeries, realText, seriesNumbers } from './series';
import { defineSeries } from './series-function';
import { outlierMethod, outlierScores } from './series-outliers';
import { detectPeriods, periodDifference } from './series-periods';

type Series = (number | null)[];

interface Decomposed {
  baseline: number[];
  seasonal: number[];
  trend: number[];
  residual: Series;
}

function median(values: Series): number | undefined {
  const sorted = presentNumbers(values, true).sort((a, b) => a - b);
  if (sorted.length === 0) return undefined;
  const middle = sorted.length / 2;
  return ((sorted[Math.ceil(middle) - 1] ?? 0) + (sorted[Math.floor(middle)] ?? 0)) / 2;
}

/** The medians of the values at each place of the period, repeated over `count` points; zeros where no period is known. */
export function seasonalOf(learned: Series, count: number, period: number | undefined): number[] {
  if (period === undefined || period < 1) return new Array<number>(count).fill(0);
  const phases = Array.from({ length: Math.min(period, count) }, (): Series => []);
  for (const [index, value] of learned.entries()) phases[index % period]?.push(value);
  const medians = phases.map((values) => median(values) ?? 0);
  return Array.from({ length: count }, (_none, index) => medians[index % period] ?? 0);
}

/** The best period where it scores at least `threshold`: of the series, or else of what its straight line leaves over. */
export function detectedPeriod(values: Series, threshold: number): number | undefined {
  const [best] = detectPeriods(values, 0, values.length);
  if (best && best.score >= threshold) return best.length;
  const line = fitLine(values)?.line_fit;
  const level = values.map((value, index) => (value === null ? null : value - (line?.[index] ?? 0)));
  const [second] = detectPeriods(level, 0, values.length);
  return second && second.score >= threshold ? second.length : undefined;
}

function trendOf(learned: Series, count: number, kind: unknown): number[] {
  if (kind === 'none') return new Array<number>(count).fill(0);
  if (kind === 'linefit') {
    const line = fitLine(learned);
    if (line) return Array.from({ length: count }, (_none, x) => line.interception + line.slope * x);
  }
  const numbers = presentNumbers(learned, true);
  const mean = numbers.length === 0 ? 0 : numbers.reduce((sum, value) => sum + value, 0) / numbers.length;
  return new Array<number>(count).fill(mean);
}

/** Season first, then the trend of what is left: learned from all points but the last `test`. */
function decompose(values: Series, period: unknown, trend: unknown, test: unknown, threshold: unknown): Decomposed {
  const tested = Math.min(values.length, Math.max(0, Number(test ?? 0)));
  const learned = values.slice(0, values.length - tested);
  const wanted = typeof period === 'number' ? Math.round(period) : -1;
  const season = wanted < 0 ? detectedPeriod(learned, typeof threshold === 'number' ? threshold : 0.6) : wanted;
  const seasonal = seasonalOf(learned, values.length, season);
  const rest = learned.map((value, index) => (value === null ? null : value - (seasonal[index] ?? 0)));
  const line = trendOf(rest, values.length, trend);
  const baseline = seasonal.map((value, index) => value + (line[index] ?? 0));
  const residual = values.map((value, index) => (value === null ? null : value - (baseline[index] ?? 0)));
  return { baseline, seasonal, trend: line, residual };
}

function printDecomposed(parts: Decomposed): string {
  const members = Object.entries(parts).map(([name, values]) => `"${name}":${printReals(values)}`);
  return `{${members.join(',')}}`;
}

function printReals(values: Series): string {
  return printSeries(values.map(realText));
}

function runAnomalies(
  series: unknown,
  limit: unknown,
  period: unknown,
  trend: unknown,
  test: unknown,
  method: unknown,
  threshold: unknown,
): string | null {
  const values = seriesNumbers(series);
  if (!values) return null;
  const { baseline, residual } = decompose(values, period, trend, test, threshold);
  const [low, high] = outlierMethod(method || 'ctukey') ?? [10, 90];
  const scores = outlierScores(settled(residual, baseline), low, high);
  const fence = typeof limit === 'number' ? limit : 1.5;
  const flags = scores.map((score) => (score > fence ? '1' : score < -fence ? '-1' : '0'));
  return `{"ad_flag":${printSeries(flags)},"ad_score":${printReals(scores)},"baseline":${printReals(baseline)}}`;
}

/** Residuals as small as the rounding of their baseline are none: they would stand out where all others are 0. */
function settled(residual: Series, baseline: number[]): Series {
  return residual.map((value, index) =>
    value !== null && Math.abs(value) <= 1e-12 * Math.abs(baseline[index] ?? 0) ? 0 : value,
  );
}

/** The known trends, and the methods where the call has one, must be written as constants. */
function checkWords(name: string, trendAt: number, methodAt?: number) {
  return (args: Expr[], call: CallSite) => {
    const trend = args[trendAt];
    if (trend && !['avg', 'linefit', 'none'].includes(constantText(trend) ?? ''))
      call.fail('unsupported', `${name} knows the trends "avg", "linefit" and "none", written as a constant`, trendAt);
    const method = methodAt === undefined ? undefined : args[methodAt];
    if (method && !outlierMethod(constantText(method)))
      call.fail('unsupported', `${name} knows the methods "tukey" and "ctukey", written as a constant`, methodAt);
  };
}

const decomposedColumns: [string, 'dynamic'][] = [
  ['baseline', 'dynamic'],
  ['seasonal', 'dynamic'],
  ['trend', 'dynamic'],
  ['residual', 'dynamic'],
];

const detected = `where the season is detected: ${periodDifference}`;

export const decomposeFunctions: ScalarFunction[] = [
  defineSeries({
    name: 'series_decompose',
    arity: [1, 5],
    parameters: ['VARCHAR', 'DOUBLE', 'VARCHAR', 'BIGINT', 'DOUBLE'],
    run(series, period, trend, test, threshold) {
      const values = seriesNumbers(series);
      return values ? printDecomposed(decompose(values, period, trend, test, threshold)) : null;
    },
    columns: decomposedColumns,
    check: checkWords('series_decompose', 2),
    difference: detected,
  }),
  defineSeries({
    name: 'series_decompose_forecast',
    arity: [2, 5],
    parameters: ['VARCHAR', 'BIGINT', 'DOUBLE', 'VARCHAR', 'DOUBLE'],
    run(series, test, period, trend, threshold) {
      const values = seriesNumbers(series);
      return values ? printDecomposed(decompose(values, period, trend, test, threshold)) : null;
    },
    columns: decomposedColumns,
    check: checkWords('series_decompose_forecast', 3),
    difference: detected,
  }),
  defineSeries({
    name: 'series_decompose_anomalies',
    arity: [1, 7],
    parameters: ['VARCHAR', 'DOUBLE', 'DOUBLE', 'VARCHAR', 'BIGINT', 'VARCHAR', 'DOUBLE'],
    run: runAnomalies,
    columns: [
      ['ad_flag', 'dynamic'],
      ['ad_score', 'dynamic'],
      ['baseline', 'dynamic'],
    ],
    check: checkWords('series_decompose_anomalies', 3, 5),
    difference: `${detected}. Where nearly all residuals are equal, any other value is an anomaly with an infinite score`,
  }),
  defineSeries({
    name: 'series_seasonal',
    arity: [1, 3],
    parameters: ['VARCHAR', 'DOUBLE', 'BIGINT'],
    run(series, period, test) {
      const values = seriesNumbers(series);
      if (!values) return null;
      const learned = values.slice(0, Math.max(0, values.length - Number(test ?? 0)));
      const given = typeof period === 'number' && period !== -1 ? Math.round(period) : detectedPeriod(learned, 0.7);
      return printReals(seasonalOf(learned, values.length, given));
    },
    difference: detected,
  }),
];
