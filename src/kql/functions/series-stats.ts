import type { Expr, NamedExpr } from '../expr';
import { toJson, toText } from './convert';
import { type CallSite, defineScalar, type ScalarFunction, type ScriptFunction } from './define-function';
import { presentNumbers, printSeries, realText, seriesNumbers, statisticsOf } from './series';

const statsScript: ScriptFunction = {
  name: 'kql_series_stats',
  parameters: ['VARCHAR', 'BOOLEAN'],
  returns: 'VARCHAR',
  run(series, finiteOnly) {
    const values = seriesNumbers(series);
    const found = values && statisticsOf(values, finiteOnly === true);
    if (!found) return null;
    const members = Object.entries(found).map(([key, value]) => {
      const isCount = key.endsWith('_idx') || key === 'len';
      return `"${key}":${isCount ? value : realText(value)}`;
    });
    return `{${members.join(',')}}`;
  },
};

function statsSql([series, ignore]: Expr[], call: CallSite): string {
  if (!series) return call.fail('type', 'a series is needed');
  return `kql_series_stats((${toJson(series)})::VARCHAR, ${ignore ? ignore.sql : 'false'})::JSON`;
}

const statistics = ['min', 'min_idx', 'max', 'max_idx', 'avg', 'stdev', 'variance'];

function statsColumns(args: Expr[], call: CallSite): NamedExpr[] {
  const source = statsSql(args, call);
  const column = call.columnNames?.[0] ?? '';
  return statistics.map((statistic) => {
    const type = statistic.endsWith('_idx') ? ('long' as const) : ('real' as const);
    const macro = type === 'long' ? 'kql_dynamic_long' : 'kql_dynamic_real';
    return {
      name: `series_stats_${column}_${statistic}`,
      expr: { sql: `${macro}(${source}->'$.${statistic}')`, type },
    };
  });
}

interface Line {
  rsquare: number;
  slope: number;
  variance: number;
  rvariance: number;
  interception: number;
  line_fit: number[];
}

/** Least squares over the numbers at their places in the series. */
function fitLine(values: (number | null)[]): Line | undefined {
  const points = values.flatMap((y, x) => (y === null || !Number.isFinite(y) ? [] : [{ x, y }]));
  if (points.length < 2) return undefined;
  const count = points.length;
  const meanX = points.reduce((sum, { x }) => sum + x, 0) / count;
  const meanY = points.reduce((sum, { y }) => sum + y, 0) / count;
  const sxx = points.reduce((sum, { x }) => sum + (x - meanX) ** 2, 0);
  const sxy = points.reduce((sum, { x, y }) => sum + (x - meanX) * (y - meanY), 0);
  const slope = sxy / sxx;
  const interception = meanY - slope * meanX;
  const total = points.reduce((sum, { y }) => sum + (y - meanY) ** 2, 0);
  const rest = points.reduce((sum, { x, y }) => sum + (y - interception - slope * x) ** 2, 0);
  return {
    rsquare: total === 0 ? 1 : 1 - rest / total,
    slope,
    variance: total / (count - 1),
    rvariance: rest / (count - 1),
    interception,
    line_fit: values.map((_value, x) => interception + slope * x),
  };
}

const lineScript: ScriptFunction = {
  name: 'kql_series_fit_line',
  parameters: ['VARCHAR'],
  returns: 'VARCHAR',
  run(series) {
    const values = seriesNumbers(series);
    const line = values && fitLine(values);
    if (!line) return null;
    const { line_fit: fitted, ...numbers } = line;
    const members = Object.entries(numbers).map(([key, value]) => `"${key}":${realText(value)}`);
    return `{${members.join(',')},"line_fit":${printSeries(fitted.map(realText))}}`;
  },
};

function lineColumns([series]: Expr[], call: CallSite): NamedExpr[] {
  if (!series) return call.fail('type', 'a series is needed');
  const source = `kql_series_fit_line((${toJson(series)})::VARCHAR)::JSON`;
  const column = call.columnNames?.[0] ?? '';
  const name = (part: string) => `series_fit_line_${column}_${part}`;
  const numbers = ['rsquare', 'slope', 'variance', 'rvariance', 'interception'].map((part) => ({
    name: name(part),
    expr: { sql: `kql_dynamic_real(${source}->'$.${part}')`, type: 'real' as const },
  }));
  return [...numbers, { name: name('line_fit'), expr: { sql: `(${source}->'$.line_fit')`, type: 'dynamic' } }];
}

function first(columns: NamedExpr[], call: CallSite): Expr {
  return columns[0]?.expr ?? call.fail('type', 'a series is needed');
}

/** The filter y[n] = (Σ b[i]·x[n-i] − Σ a[i]·y[n-i]) / a[0]. */
function runIir(series: unknown, numerators: unknown, denominators: unknown): string | null {
  const x = seriesNumbers(series)?.map((value) => value ?? 0);
  const b = presentNumbers(seriesNumbers(numerators) ?? [], false);
  const a = presentNumbers(seriesNumbers(denominators) ?? [], false);
  if (!x || b.length === 0 || a.length === 0) return null;
  const y: number[] = [];
  for (let n = 0; n < x.length; n++) {
    const ahead = b.reduce((sum, factor, i) => sum + factor * (x[n - i] ?? 0), 0);
    const back = a.slice(1).reduce((sum, factor, i) => sum + factor * (y[n - i - 1] ?? 0), 0);
    y.push((ahead - back) / (a[0] ?? 1));
  }
  return printSeries(y.map(realText));
}

export const seriesStatsFunctions: ScalarFunction[] = [
  defineScalar({
    name: 'series_stats',
    arity: [1, 2],
    scripts: [statsScript],
    compileColumns: statsColumns,
    compile: (args, call) => first(statsColumns(args, call), call),
  }),
  defineScalar({
    name: 'series_stats_dynamic',
    arity: [1, 2],
    scripts: [statsScript],
    compile: (args, call) => ({ sql: statsSql(args, call), type: 'dynamic' }),
  }),
  defineScalar({
    name: 'series_fit_line',
    arity: [1, 1],
    scripts: [lineScript],
    compileColumns: lineColumns,
    compile: (args, call) => first(lineColumns(args, call), call),
  }),
  defineScalar({
    name: 'series_fit_line_dynamic',
    arity: [1, 1],
    scripts: [lineScript],
    compile: ([series], call) =>
      series
        ? { sql: `kql_series_fit_line((${toJson(series)})::VARCHAR)::JSON`, type: 'dynamic' }
        : call.fail('type', 'a series is needed'),
  }),
  defineScalar({
    name: 'series_iir',
    arity: [3, 3],
    scripts: [
      { name: 'kql_series_iir', parameters: ['VARCHAR', 'VARCHAR', 'VARCHAR'], returns: 'VARCHAR', run: runIir },
    ],
    compile: ([series, numerators, denominators], call) =>
      series && numerators && denominators
        ? {
            sql: `kql_series_iir(${[series, numerators, denominators].map(toText).join(', ')})::JSON`,
            type: 'dynamic',
          }
        : call.fail('type', 'series_iir needs a series and two arrays'),
  }),
];
