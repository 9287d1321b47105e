import { PlotRefusal } from './plot';

/** What `render` asks for, read and checked. */
export interface RenderSpec {
  chart: ChartName;
  stack: 'none' | 'stacked' | 'full';
  title: string | undefined;
  xtitle: string | undefined;
  ytitle: string | undefined;
  xcolumn: string | undefined;
  ycolumns: string[] | undefined;
  series: string[] | undefined;
  anomalycolumns: string[] | undefined;
  legend: boolean;
  xlog: boolean;
  ylog: boolean;
  ymin: number | undefined;
  ymax: number | undefined;
  panels: boolean;
  accumulate: boolean;
  notes: string[];
}

const charts = [
  'timechart',
  'linechart',
  'areachart',
  'stackedareachart',
  'barchart',
  'columnchart',
  'scatterchart',
  'piechart',
  'anomalychart',
  'card',
] as const;
export type ChartName = (typeof charts)[number];

const stacks = { default: 'none', unstacked: 'none', stacked: 'stacked', stacked100: 'full' } as const;
const stackable = new Set<ChartName>(['areachart', 'stackedareachart', 'barchart', 'columnchart']);

/** Properties that change nothing in a still picture. */
const silent = new Set(['visualization', 'querylanguage', 'isquerysorted', 'xaxismin', 'xaxismax', 'anomalycolumns']);

/** Throws PlotRefusal; null where a table is asked for. Property names in any case, as Kusto takes them. */
export function readRender(render: { chart: string; properties: Record<string, string> }): RenderSpec | null {
  const name = render.chart.trim().toLowerCase();
  if (name === 'table') return null;
  const chart = charts.find((one) => one === name);
  if (!chart) throw new PlotRefusal(`“render ${name}” is not drawn here`);
  const given = new Map(Object.entries(render.properties).map(([key, value]) => [key.toLowerCase(), value.trim()]));
  const take = (key: string) => {
    const value = given.get(key);
    given.delete(key);
    return value === undefined || value === '' ? undefined : value;
  };
  const notes: string[] = [];
  const spec: RenderSpec = {
    chart,
    stack: readStack(chart, take('kind'), notes),
    title: take('title'),
    xtitle: take('xtitle'),
    ytitle: take('ytitle'),
    xcolumn: readNames(take('xcolumn'))?.[0],
    ycolumns: readNames(take('ycolumns')),
    series: readNames(take('series')),
    anomalycolumns: readNames(take('anomalycolumns')),
    legend: take('legend')?.toLowerCase() !== 'hidden',
    xlog: take('xaxis')?.toLowerCase() === 'log',
    ylog: take('yaxis')?.toLowerCase() === 'log',
    ymin: readNumber('ymin', take('ymin'), notes),
    ymax: readNumber('ymax', take('ymax'), notes),
    panels: readSplit(take('ysplit'), notes),
    accumulate: take('accumulate')?.toLowerCase() === 'true',
    notes,
  };
  for (const key of given.keys()) {
    if (!silent.has(key) && given.get(key)) notes.push(`The picture leaves the property “${key}” aside.`);
  }
  if (spec.ymin !== undefined && spec.ymax !== undefined && spec.ymin >= spec.ymax)
    throw new PlotRefusal(`ymin (${spec.ymin}) is not below ymax (${spec.ymax})`);
  return spec;
}

function readStack(chart: ChartName, kind: string | undefined, notes: string[]): RenderSpec['stack'] {
  const asked = kind?.toLowerCase();
  if (asked === 'map') throw new PlotRefusal('maps are not drawn here');
  const plain = chart === 'stackedareachart' ? 'stacked' : 'none';
  if (asked === undefined || !stackable.has(chart)) return plain;
  const known = Object.entries(stacks).find(([one]) => one === asked);
  if (known) return known[1] === 'none' ? plain : known[1];
  notes.push(`There is no kind “${asked}” of ${chart}: it is drawn as the default one.`);
  return plain;
}

function readSplit(value: string | undefined, notes: string[]): boolean {
  const asked = value?.toLowerCase();
  if (asked === undefined || asked === 'none') return false;
  // Axes beside each other leave a phone no room for what they measure.
  if (asked === 'axes') notes.push('ysplit=axes is drawn as panels, each with an axis of its own.');
  return asked === 'axes' || asked === 'panels';
}

function readNumber(name: string, value: string | undefined, notes: string[]): number | undefined {
  if (value === undefined || /^nan$/i.test(value)) return undefined;
  const number = Number(value);
  if (Number.isFinite(number)) return number;
  notes.push(`${name} is no number: the picture leaves it aside.`);
  return undefined;
}

/** `a, b`, `["a b"], ['c']`, or the JSON list that the services in Azure answer with. */
function readNames(value: string | undefined): string[] | undefined {
  if (value === undefined || value === 'null' || value === '[]') return undefined;
  const pieces = value.match(/\[?\s*'[^']*'\s*\]?|\[?\s*"[^"]*"\s*\]?|[^,]+/g) ?? [];
  const names = pieces.map((piece) =>
    piece
      .trim()
      .replace(/^\[\s*/, '')
      .replace(/\s*\]$/, '')
      .replace(/^(["'])(.*)\1$/, '$2')
      .trim(),
  );
  const filled = names.filter((name) => name !== '' && name !== ',');
  return filled.length === 0 ? undefined : filled;
}
