import type { ScalarFunction } from './define-function';
import { fitLine } from './fit-line';
import { printSeries, realText, seriesNumbers } from './series';
import { defineSeries } from './series-function';

function run(series: unknown): string | null {
  const values = seriesNumbers(series);
  const line = values && fitLine(values);
  if (!line) return null;
  const { line_fit: fitted, ...numbers } = line;
  const members = Object.entries(numbers).map(([key, value]) => `"${key}":${realText(value)}`);
  return `{${members.join(',')},"line_fit":${printSeries(fitted.map(realText))}}`;
}

const line = { arity: [1, 1] satisfies [number, number], parameters: ['VARCHAR' as const], run };

export const fitLineFunctions: ScalarFunction[] = [
  defineSeries({ ...line, name: 'series_fit_line_dynamic' }),
  defineSeries({
    ...line,
    name: 'series_fit_line',
    columns: [
      ['rsquare', 'real'],
      ['slope', 'real'],
      ['variance', 'real'],
      ['rvariance', 'real'],
      ['interception', 'real'],
      ['line_fit', 'dynamic'],
    ],
  }),
];
