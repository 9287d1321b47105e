import type { ScalarFunction } from './define-function';
import { fitLine, type Line } from './fit-line';
import { printSeries, realText, seriesNumbers } from './series';
import { defineSeries } from './series-function';

interface TwoLines {
  rsquare: number;
  split: number;
  variance: number;
  rvariance: number;
  left: Line;
  right: Line;
}

/** Each side of the split has at least two points. */
const fewest = 2;

/** What a line through the first n values leaves over, in squares, for each n. One pass: running sums around the first value. */
function restsOfPrefixes(values: number[]): number[] {
  const rests: number[] = [];
  let [count, meanX, meanY, sxx, sxy, syy] = [0, 0, 0, 0, 0, 0];
  for (const [x, y] of values.entries()) {
    count++;
    const [dx, dy] = [x - meanX, y - meanY];
    meanX += dx / count;
    meanY += dy / count;
    sxx += dx * (x - meanX);
    sxy += dx * (y - meanY);
    syy += dy * (y - meanY);
    rests.push(sxx === 0 ? 0 : Math.max(0, syy - (sxy * sxy) / sxx));
  }
  return rests;
}

function fitTwoLines(values: number[]): TwoLines | undefined {
  const count = values.length;
  if (count < 2 * fewest) return undefined;
  const ahead = restsOfPrefixes(values);
  const behind = restsOfPrefixes(values.toReversed()).reverse();
  let best = { split: fewest, rest: Number.POSITIVE_INFINITY };
  for (let split = fewest; split <= count - fewest; split++) {
    const rest = (ahead[split - 1] ?? 0) + (behind[split] ?? 0);
    if (rest < best.rest) best = { split, rest };
  }
  const [left, right] = [fitLine(values.slice(0, best.split)), fitLine(values.slice(best.split))];
  if (!left || !right) return undefined;
  const mean = values.reduce((sum, value) => sum + value, 0) / count;
  const total = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const fitted = [...left.line_fit, ...right.line_fit];
  const rest = values.reduce((sum, value, index) => sum + (value - (fitted[index] ?? 0)) ** 2, 0);
  return {
    rsquare: total === 0 ? 1 : 1 - rest / total,
    split: best.split,
    variance: total / (count - 1),
    rvariance: rest / (count - 1),
    left,
    right,
  };
}

function membersOf({ rsquare, slope, interception, variance, rvariance }: Line): [string, string][] {
  return Object.entries({ rsquare, slope, interception, variance, rvariance }).map(([key, value]) => [
    key,
    realText(value),
  ]);
}

function printMembers(members: [string, string][]): string {
  return `{${members.map(([key, text]) => `"${key}":${text}`).join(',')}}`;
}

/** A series with a gap is not fitted: which points are neighbours would not be known. */
function fitted(series: unknown): { shared: [string, string][]; lines: TwoLines } | undefined {
  const values = seriesNumbers(series);
  const numbers = values?.filter((value) => value !== null).filter(Number.isFinite);
  if (!values || !numbers || numbers.length < values.length) return undefined;
  const lines = fitTwoLines(numbers);
  if (!lines) return undefined;
  const shared: [string, string][] = [
    ['rsquare', realText(lines.rsquare)],
    ['split_idx', String(lines.split)],
    ['variance', realText(lines.variance)],
    ['rvariance', realText(lines.rvariance)],
    ['line_fit', printSeries([...lines.left.line_fit, ...lines.right.line_fit].map(realText))],
  ];
  return { shared, lines };
}

function runDynamic(series: unknown): string | null {
  const found = fitted(series);
  if (!found) return null;
  const sides: [string, string][] = [
    ['right', printMembers(membersOf(found.lines.right))],
    ['left', printMembers(membersOf(found.lines.left))],
  ];
  return printMembers([...found.shared, ...sides]);
}

function runColumns(series: unknown): string | null {
  const found = fitted(series);
  if (!found) return null;
  const prefixed = (side: string, line: Line) =>
    membersOf(line).map(([key, text]): [string, string] => [`${side}_${key}`, text]);
  return printMembers([
    ...found.shared,
    ...prefixed('right', found.lines.right),
    ...prefixed('left', found.lines.left),
  ]);
}

const sideParts = ['rsquare', 'slope', 'interception', 'variance', 'rvariance'];

const difference =
  'split_idx is the place of the first point of the right line, and the interception of the right line is its value there; of a series with a null nothing is fitted';

export const fitTwoLinesFunctions: ScalarFunction[] = [
  defineSeries({
    name: 'series_fit_2lines',
    arity: [1, 1],
    parameters: ['VARCHAR'],
    run: runColumns,
    columns: [
      ['rsquare', 'real'],
      ['split_idx', 'long'],
      ['variance', 'real'],
      ['rvariance', 'real'],
      ['line_fit', 'dynamic'],
      ...['right', 'left'].flatMap((side) => sideParts.map((part): [string, 'real'] => [`${side}_${part}`, 'real'])),
    ],
    difference,
  }),
  defineSeries({
    name: 'series_fit_2lines_dynamic',
    arity: [1, 1],
    parameters: ['VARCHAR'],
    run: runDynamic,
    difference,
  }),
];
