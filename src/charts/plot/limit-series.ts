import { axisNumberText } from '../svg/number-text';
import type { AxesPlot, PlotPoint, PlotSeries } from './plot';

/** As many as colours can be told apart. */
const mostSeries = 12;

/** The largest series by what they add up to; the others become one, where adding up means something. */
export function limitSeries<S extends PlotSeries>(
  series: S[],
  how: { add: boolean; form: AxesPlot['form']; panels: number; stacked: boolean },
  notes: string[],
): PlotSeries[] {
  return Array.from({ length: how.panels }, (_, panel) => series.filter((one) => one.panel === panel)).flatMap(
    (own) => {
      if (own.length <= mostSeries) return own;
      const bySize = own.toSorted((a, b) => sizeOf(b) - sizeOf(a));
      const kept = new Set(bySize.slice(0, how.add ? mostSeries - 1 : mostSeries));
      const others = own.filter((one) => !kept.has(one));
      const count = others.length.toLocaleString('en-US');
      const shown = own.filter((one) => kept.has(one));
      if (!how.add) {
        notes.push(`The picture shows the ${mostSeries} largest of ${own.length.toLocaleString('en-US')} series.`);
        return shown;
      }
      const added = together(others, how.form);
      const [high, peak] = [peakOf(added), Math.max(...shown.map((one) => peakOf(one.points)))];
      if (!how.stacked && how.form !== 'points' && high > 2 * peak) {
        notes.push(
          `The picture shows the ${shown.length} largest series; ${count} more, which together reach ${axisNumberText(high)}, would press them flat.`,
        );
        return shown;
      }
      notes.push(
        `The picture shows the ${shown.length} largest series; ${count} more are ${how.form === 'points' ? 'in one colour' : 'added up as one'}.`,
      );
      return [
        ...shown,
        {
          name: `${count} more`,
          panel: shown[0]?.panel ?? 0,
          role: 'rest' as const,
          points: added,
        },
      ];
    },
  );
}

function peakOf(points: PlotPoint[]): number {
  return points.reduce((peak, [, y]) => Math.max(peak, Math.abs(y ?? 0)), 0);
}

function sizeOf(series: PlotSeries): number {
  return series.points.reduce((sum, [, y]) => sum + Math.abs(y ?? 0), 0);
}

function together(series: PlotSeries[], form: AxesPlot['form']): PlotPoint[] {
  const all = series.flatMap((one) => one.points);
  if (form === 'points') return all;
  const sums = new Map<number, number>();
  for (const [x, y] of all) sums.set(x, (sums.get(x) ?? 0) + (y ?? 0));
  return [...sums].sort((a, b) => a[0] - b[0]);
}
