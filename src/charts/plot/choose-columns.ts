import type { Cell } from '../../ports/query-engine';
import { numberOf, timeOf } from './cell-values';
import { PlotRefusal } from './plot';
import type { RenderSpec } from './read-render';

interface PlotColumn {
  name: string;
  type: string;
}

/** Which columns are what, as their places in a row. */
export interface ColumnChoice {
  x: number;
  /** The values of these together name the series of a row. */
  series: number[];
  ys: number[];
  /** Of an anomaly chart: what marks points of the others. */
  alarms: number[];
  /** Every row is a series of its own, its x and y columns being lists of equal length, as make-series gives them. */
  lists: boolean;
  xKind: 'time' | 'number' | 'category';
}

const numeric = new Set(['int', 'long', 'real', 'decimal']);
const naming = new Set(['string', 'guid', 'bool']);
const overTime = new Set(['timechart', 'anomalychart']);

/**
 * Follows Kusto's render: what the query names, else the first column is x (of a chart over time the first datetime), every other
 * number is y, and the first text names the series. Throws PlotRefusal. `first` is a row in which lists can be told from values.
 */
export function chooseColumns(
  spec: RenderSpec,
  columns: readonly PlotColumn[],
  first: Cell[],
  notes: string[],
): ColumnChoice {
  const lists = columns.flatMap((column, at) => (column.type === 'dynamic' && Array.isArray(first[at]) ? [at] : []));
  const named = {
    x: spec.xcolumn === undefined ? undefined : placeOf(columns, spec.xcolumn),
    ys: spec.ycolumns?.map((name) => placeOf(columns, name)),
    series: spec.series?.map((name) => placeOf(columns, name)),
    alarms: spec.anomalycolumns?.map((name) => placeOf(columns, name)) ?? [],
  };
  const listX =
    lists.find((at) => listKind(first[at]) === 'time') ??
    (named.x !== undefined && lists.includes(named.x) ? named.x : undefined);
  if (listX !== undefined && (named.x === undefined || lists.includes(named.x))) {
    const x = named.x ?? listX;
    const ys = (named.ys ?? lists.filter((at) => at !== x && listKind(first[at]) === 'number')).filter(
      (at) => !named.alarms.includes(at),
    );
    if (ys.length === 0) throw new PlotRefusal('there is no list of numbers to draw');
    const series = named.series ?? columns.flatMap((column, at) => (naming.has(column.type) ? [at] : []));
    return {
      x,
      ys,
      series,
      alarms: named.alarms,
      lists: true,
      xKind: listKind(first[x]) === 'time' ? 'time' : 'number',
    };
  }

  const x = named.x ?? defaultX(spec, columns, named.series ?? [], notes);
  const ys =
    named.ys ??
    columns.flatMap((_, at) => (at !== x && !named.series?.includes(at) && isNumber(columns, at) ? [at] : []));
  const measured = (ys.length > 0 ? ys : timespans(columns, x)).filter((at) => !named.alarms.includes(at));
  if (measured.length === 0)
    throw new PlotRefusal(`there is no column of numbers to draw over ${columns[x]?.name ?? 'x'}`);
  const texts = columns.flatMap((column, at) =>
    at !== x && !measured.includes(at) && naming.has(column.type) ? [at] : [],
  );
  const series = named.series ?? texts.slice(0, 1);
  if (!named.series && texts.length > 1) {
    const others = texts.slice(1).map((at) => columns[at]?.name ?? '');
    notes.push(
      `One series for each value of ${columns[texts[0] ?? 0]?.name}; not drawn: ${others.join(', ')}. “series=” in render names others.`,
    );
  }
  return { x, ys: measured, series, alarms: named.alarms, lists: false, xKind: kindOf(columns[x]) };
}

function placeOf(columns: readonly PlotColumn[], name: string): number {
  const exact = columns.findIndex((column) => column.name === name);
  const at = exact >= 0 ? exact : columns.findIndex((column) => column.name.toLowerCase() === name.toLowerCase());
  if (at < 0) throw new PlotRefusal(`there is no column “${name.slice(0, 80)}” to draw`);
  return at;
}

function defaultX(spec: RenderSpec, columns: readonly PlotColumn[], series: number[], notes: string[]): number {
  const free = columns.map((_, at) => at).filter((at) => !series.includes(at));
  const [start] = free;
  if (start === undefined || columns.length < 2) throw new PlotRefusal('a chart needs at least two columns');
  if (overTime.has(spec.chart)) {
    const time = free.find((at) => columns[at]?.type === 'datetime');
    if (time !== undefined) return time;
    notes.push(`There is no datetime column: the picture goes along ${columns[start]?.name}.`);
  }
  // The only column of numbers stands first: then what it measures is one of the others.
  const numbers = free.filter((at) => isNumber(columns, at));
  const other = free.find((at) => at !== start && naming.has(columns[at]?.type ?? ''));
  return numbers.length === 1 && numbers[0] === start && other !== undefined && timespans(columns, start).length === 0
    ? other
    : start;
}

function isNumber(columns: readonly PlotColumn[], at: number): boolean {
  return numeric.has(columns[at]?.type ?? '');
}

function timespans(columns: readonly PlotColumn[], x: number): number[] {
  return columns.flatMap((column, at) => (at !== x && column.type === 'timespan' ? [at] : []));
}

function kindOf(column: PlotColumn | undefined): ColumnChoice['xKind'] {
  if (column?.type === 'datetime') return 'time';
  return numeric.has(column?.type ?? '') || column?.type === 'timespan' ? 'number' : 'category';
}

function listKind(cell: Cell | undefined): 'time' | 'number' | 'other' {
  if (!Array.isArray(cell)) return 'other';
  const filled = cell.find((one) => one !== null);
  if (timeOf(filled) !== null) return 'time';
  return filled === undefined || numberOf(filled) !== null ? 'number' : 'other';
}
