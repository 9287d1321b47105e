import type { PlotFacts } from './build-pie';
import type { Gathered } from './gather-points';
import { limitSeries } from './limit-series';
import { type AxesPlot, type PlotPoint, PlotRefusal, type PlotSeries } from './plot';
import type { ChartName } from './read-render';
import { stackSeries } from './stack-series';
import { accumulated, addedUp, inOrder, thinnedBars, thinnedClouds, thinnedLine } from './thin-points';

const forms: Record<Exclude<ChartName, 'piechart' | 'card'>, AxesPlot['form']> = {
  timechart: 'lines',
  anomalychart: 'lines',
  linechart: 'lines',
  areachart: 'areas',
  stackedareachart: 'areas',
  barchart: 'bars',
  columnchart: 'columns',
  scatterchart: 'points',
};

/** Names beside each other that a picture of a phone's width can still tell. */
const mostCategories = { bars: 18, columns: 24, lines: 60, areas: 60, points: 60 } as const;
const mostPanels = 5;
const linePoints = 1000;
const barPoints = 120;
const cloudPoints = 4000;

/** Throws PlotRefusal where there is no value at all. */
export function buildAxesPlot(facts: PlotFacts): AxesPlot {
  const { spec, choice, names } = facts;
  const form = spec.chart === 'piechart' || spec.chart === 'card' ? 'lines' : forms[spec.chart];
  const gathered = choice.xKind === 'category' ? fewerCategories(facts, form) : facts.gathered;
  const panels = spec.panels && choice.ys.length > 1 ? Math.min(mostPanels, choice.ys.length) : 1;
  if (spec.panels && choice.ys.length > mostPanels)
    spec.notes.push(
      `The picture has ${mostPanels} panels, for the first ${mostPanels} of ${choice.ys.length} columns.`,
    );
  const xs = {
    name: spec.xtitle ?? names[choice.x] ?? '',
    log: spec.xlog && choice.xKind === 'number' && form !== 'bars' && form !== 'columns',
  };

  const several = choice.ys.length > 1;
  const raw = gathered.series
    .filter((one) => panels === 1 || one.y < panels)
    .map((one): PlotSeries & { alarms: PlotPoint[] } => {
      const measure = names[choice.ys[one.y] ?? 0] ?? '';
      const name = choice.series.length === 0 ? measure : several && panels === 1 ? `${one.key}: ${measure}` : one.key;
      return {
        name,
        panel: panels === 1 ? 0 : one.y,
        role: 'plain',
        points: one.points,
        alarms: one.points.filter((_, at) => one.alarms.has(at)),
      };
    });
  const usable = raw
    .map((one) => ({ ...one, points: shaped(form, spec, one.points) }))
    .filter((one) => one.points.some(([, y]) => y !== null));
  if (usable.length === 0)
    throw new PlotRefusal(`there is no value of ${choice.ys.map((at) => names[at]).join(' or ')} to draw`);
  const limited = limitSeries(
    usable,
    { add: !several || panels > 1, form, panels, stacked: spec.stack !== 'none' },
    spec.notes,
  );
  const stacked =
    spec.stack === 'none' ? limited : stackSeries(limited, spec.stack, form === 'areas' ? 300 : barPoints);
  const drawn = withoutUndrawable(stacked, { x: xs.log, y: spec.ylog }, spec.notes);
  const alarms = usable.filter((one) => one.alarms.length > 0 && drawn.some((kept) => kept.name === one.name));
  const thinned = spec.stack === 'none' ? thin(form, drawn, choice.xKind) : drawn;
  const places = new Set(spec.stack === 'none' ? [] : limited.flatMap((one) => one.points.map(([x]) => x)));
  if (spec.stack === 'none') sayThinned(form, countOf(drawn), countOf(thinned), spec.notes);
  else sayThinned(form, places.size, drawn[0]?.points.length ?? 0, spec.notes);

  return {
    form,
    title: spec.title ?? titleOf(facts),
    x: { ...xs, kind: choice.xKind, categories: gathered.categories },
    y: Array.from({ length: panels }, (_, panel) => ({
      name:
        spec.ytitle && panels === 1
          ? spec.ytitle
          : panels > 1
            ? (names[choice.ys[panel] ?? 0] ?? '')
            : choice.ys.map((at) => names[at]).join(', '),
      log: spec.ylog && spec.stack !== 'full',
      ...(spec.ymin === undefined ? {} : { min: spec.ymin }),
      ...(spec.ymax === undefined ? {} : { max: spec.ymax }),
    })),
    stack: spec.stack,
    legend: spec.legend,
    series: [
      ...thinned,
      ...alarms.map((one) => ({
        name: `Anomalies of ${one.name}`,
        points: one.alarms,
        panel: one.panel,
        role: 'alarms' as const,
      })),
    ],
    notes: spec.notes,
  };
}

function titleOf({ choice, names }: PlotFacts): string {
  const measures = choice.ys.map((at) => names[at] ?? '');
  const what = measures.length > 3 ? `${measures.slice(0, 3).join(', ')} …` : measures.join(', ');
  const by = [...(choice.xKind === 'category' ? [choice.x] : []), ...choice.series];
  return by.length === 0 ? what : `${what} by ${by.map((at) => names[at]).join(' and ')}`;
}

/** In the order that the form is drawn in; bars and areas have one value at each place. */
function shaped(form: AxesPlot['form'], spec: PlotFacts['spec'], points: PlotPoint[]): PlotPoint[] {
  const ordered = form === 'points' ? points : inOrder(points);
  const single = form === 'points' || form === 'lines' ? ordered : addedUp(ordered);
  return spec.accumulate ? accumulated(single) : single;
}

/** The largest categories, in the order of the rows. */
function fewerCategories({ spec, choice, gathered, names }: PlotFacts, form: AxesPlot['form']): Gathered {
  // Long names stand slanted under columns, and need the room of two.
  const long = form === 'columns' && gathered.categories.some((name) => name.length > 8);
  const most = long ? 16 : mostCategories[form];
  if (gathered.categories.length <= most) return gathered;
  const sizes = new Map<number, number>();
  for (const { points } of gathered.series)
    for (const [x, y] of points) sizes.set(x, (sizes.get(x) ?? 0) + Math.abs(y ?? 0));
  const kept = [...sizes]
    .toSorted((a, b) => b[1] - a[1] || a[0] - b[0])
    .slice(0, most)
    .map(([x]) => x)
    .sort((a, b) => a - b);
  const places = new Map(kept.map((x, place) => [x, place]));
  spec.notes.push(
    `The picture shows the ${most} largest of ${gathered.categories.length.toLocaleString('en-US')} values of ${names[choice.x] ?? 'x'}.`,
  );
  return {
    ...gathered,
    categories: kept.map((x) => gathered.categories[x] ?? ''),
    series: gathered.series.map((one) => ({
      ...one,
      alarms: new Set<number>(),
      points: one.points.flatMap(([x, y]): PlotPoint[] => {
        const place = places.get(x);
        return place === undefined ? [] : [[place, y]];
      }),
    })),
  };
}

/** A logarithmic axis has no place for 0 and below. */
function withoutUndrawable(series: PlotSeries[], log: { x: boolean; y: boolean }, notes: string[]): PlotSeries[] {
  if (!log.x && !log.y) return series;
  let lost = 0;
  const kept = series.map((one) => ({
    ...one,
    points: one.points.filter(([x, y]) => {
      const fits = (!log.x || x > 0) && (!log.y || y === null || y > 0);
      if (!fits) lost += 1;
      return fits;
    }),
  }));
  if (lost > 0)
    notes.push(`A logarithmic axis has no place for 0 and less: ${lost.toLocaleString('en-US')} values are not drawn.`);
  const left = kept.filter((one) => one.points.length > 0);
  if (left.length === 0) throw new PlotRefusal('a logarithmic axis has no place for any of the values');
  return left;
}

function thin(form: AxesPlot['form'], series: PlotSeries[], kind: AxesPlot['x']['kind']): PlotSeries[] {
  if (form === 'points') {
    const clouds = thinnedClouds(
      series.map((one) => one.points),
      cloudPoints,
    );
    return series.map((one, index) => ({ ...one, points: clouds[index] ?? [] }));
  }
  const bars = Math.max(12, Math.floor(barPoints / series.length));
  return series.map((one) => ({ ...one, points: thinnedFor(form, one.points, kind, bars) }));
}

function thinnedFor(
  form: AxesPlot['form'],
  points: PlotPoint[],
  kind: AxesPlot['x']['kind'],
  bars: number,
): PlotPoint[] {
  if (form === 'lines' || form === 'areas') return thinnedLine(points, linePoints);
  return kind === 'category' ? points : thinnedBars(points, bars);
}

function sayThinned(form: AxesPlot['form'], before: number, after: number, notes: string[]): void {
  if (after >= before) return;
  const which = form === 'lines' || form === 'areas' ? 'lowest and the highest' : 'highest';
  const how = form === 'points' ? 'one where several lie together' : `in each stretch the ${which}`;
  notes.push(`Of ${before.toLocaleString('en-US')} points the picture shows ${after.toLocaleString('en-US')}: ${how}.`);
}

function countOf(series: readonly PlotSeries[]): number {
  return series.reduce((sum, one) => sum + one.points.length, 0);
}
