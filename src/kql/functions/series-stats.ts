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

/** Divided by the sum of the filter unless told otherwise, or a factor is negative; what lies outside the series counts as 0. */
function runFir(series: unknown, filter: unknown, normalize: unknown, center: unknown): string | null {
  const x = seriesNumbers(series)?.map((value) => value ?? 0);
  const factors = presentNumbers(seriesNumbers(filter) ?? [], false);
  if (!x || factors.length === 0) return null;
  const isNegative = factors.some((factor) => factor < 0);
  if (normalize === true && isNegative) return null;
  const divisor = (normalize ?? !isNegative) ? factors.reduce((sum, factor) => sum + factor, 0) : 1;
  const ahead = center === true ? Math.floor((factors.length - 1) / 2) : 0;
  const y = x.map(
    (_value, n) => factors.reduce((sum, factor, i) => sum + factor * (x[n + ahead - i] ?? 0), 0) / divisor,
  );
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
  defineScalar({
    name: 'series_fir',
    arity: [2, 4],
    scripts: [
      {
        name: 'kql_series_fir',
        parameters: ['VARCHAR', 'VARCHAR', 'BOOLEAN', 'BOOLEAN'],
        returns: 'VARCHAR',
        run: runFir,
      },
    ],
    compile: ([series, filter, normalize, center], call) =>
      series && filter
        ? {
            sql: `kql_series_fir(${toText(series)}, ${toText(filter)}, ${normalize?.sql ?? 'NULL'}, ${center?.sql ?? 'false'})::JSON`,
            type: 'dynamic',
          }
        : call.fail('type', 'series_fir needs a series and a filter'),
  }),
];
