import { cleanText } from '../svg/clean-text';
import { axisNumberText, numberText } from '../svg/number-text';
import type { AxesPlot, PiePlot, Plot, PlotSeries } from './plot';

const words = {
  lines: 'Line chart',
  areas: 'Area chart',
  columns: 'Column chart',
  bars: 'Bar chart',
  points: 'Scatter chart',
} as const;

/** What a picture says, for those who do not see it: how much of what, when, the peak, and the largest series. */
export function describePlot(plot: Plot): string {
  if (plot.form === 'card') return plot.facts.map(({ label, value }) => `${short(label)}: ${short(value)}`).join('; ');
  return plot.form === 'pie' ? describePie(plot) : describeAxes(plot);
}

function describePie({ title, slices }: PiePlot): string {
  const total = slices.reduce((sum, { value }) => sum + value, 0);
  const parts = slices
    .slice(0, 4)
    .map(({ name, value }) => `${short(name)} ${numberText(value)} (${shareText(value / total)})`);
  const more = slices.length > parts.length ? `, and ${slices.length - parts.length} more` : '';
  return `Pie chart, ${short(title)}: ${parts.join(', ')}${more}. Total ${numberText(total)}.`;
}

function describeAxes(plot: AxesPlot): string {
  const plain = plot.series.filter(({ role }) => role !== 'alarms');
  const marked = plot.series
    .filter(({ role }) => role === 'alarms')
    .reduce((sum, { points }) => sum + points.length, 0);
  const places = new Set(plain.flatMap(({ points }) => points.map(([x]) => x)));
  const span = spanText(plot, [...places]);
  const peak = peakOf(plain);
  const largest =
    plain.length > 1
      ? `${plain.length} series, the largest ${plain
          .toSorted((a, b) => totalOf(b) - totalOf(a))
          .slice(0, 3)
          .map((one) => short(one.name))
          .join(', ')}. `
      : '';
  const unit = plot.stack === 'full' ? ' %' : '';
  const highest =
    peak === undefined
      ? ''
      : `Highest: ${axisNumberText(peak.y)}${unit} at ${short(placeText(plot, peak.x))}${plain.length > 1 ? ` (${short(peak.name)})` : ''}. `;
  const alarms = marked > 0 ? `${marked} ${marked === 1 ? 'anomaly' : 'anomalies'} marked. ` : '';
  return `${words[plot.form]}, ${short(plot.title)}, ${span}. ${largest}${highest}${alarms}`.trim();
}

function spanText(plot: AxesPlot, places: number[]): string {
  if (plot.x.kind === 'category')
    return `${places.length} ${places.length === 1 ? 'value' : 'values'} of ${short(plot.x.name)}`;
  const first = places.reduce((low, x) => Math.min(low, x), Number.POSITIVE_INFINITY);
  const last = places.reduce((high, x) => Math.max(high, x), Number.NEGATIVE_INFINITY);
  if (first === last) return `one point at ${placeText(plot, first)}`;
  return `${placeText(plot, first)} to ${placeText(plot, last)}`;
}

/** Where on the x axis, in words. */
export function placeText(plot: Pick<AxesPlot, 'x'>, x: number): string {
  if (plot.x.kind === 'category') return plot.x.categories[x] ?? '';
  return plot.x.kind === 'time' ? `${stamp(x)} UTC` : numberText(x);
}

function stamp(x: number): string {
  const time = new Date(x);
  return Number.isNaN(time.getTime()) ? '?' : time.toISOString().slice(0, 16).replace('T', ' ');
}

function peakOf(series: PlotSeries[]): { x: number; y: number; name: string } | undefined {
  let peak: { x: number; y: number; name: string } | undefined;
  for (const { name, points } of series)
    for (const [x, y] of points) if (y !== null && (peak === undefined || y > peak.y)) peak = { x, y, name };
  return peak;
}

function totalOf({ points }: PlotSeries): number {
  return points.reduce((sum, [, y]) => sum + Math.abs(y ?? 0), 0);
}

export function shareText(share: number): string {
  const percent = share * 100;
  return `${percent >= 10 || percent === 0 ? Math.round(percent) : percent < 0.1 ? '<0.1' : percent.toFixed(1)} %`;
}

function short(text: string): string {
  const letters = [...cleanText(text)];
  return letters.length <= 60 ? letters.join('') : `${letters.slice(0, 59).join('')}…`;
}
