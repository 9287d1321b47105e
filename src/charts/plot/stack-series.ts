import type { PlotPoint, PlotSeries } from './plot';

/**
 * Every series at the same places, 0 where it has nothing: what is stacked must stand on something. `full` as shares of 100. Of more
 * than `most` places, in each stretch the one where all of them together are largest.
 */
export function stackSeries(series: PlotSeries[], stack: 'stacked' | 'full', most: number): PlotSeries[] {
  return [...new Set(series.map((one) => one.panel))].flatMap((panel) => {
    const own = series.filter((one) => one.panel === panel);
    const values = own.map((one) => new Map(one.points));
    const all = [...new Set(own.flatMap((one) => one.points.map(([x]) => x)))].sort((a, b) => a - b);
    const sums = new Map(all.map((x) => [x, values.reduce((sum, at) => sum + Math.abs(at.get(x) ?? 0), 0)]));
    const xs = thinned(all, sums, most);
    return own.map((one, index) => ({
      ...one,
      points: xs.map((x): PlotPoint => {
        const value = values[index]?.get(x) ?? 0;
        return [x, stack === 'full' ? (value / (sums.get(x) || 1)) * 100 : value];
      }),
    }));
  });
}

function thinned(xs: number[], sums: Map<number, number>, most: number): number[] {
  if (xs.length <= most) return xs;
  const stretch = Math.ceil(xs.length / most);
  return Array.from({ length: Math.ceil(xs.length / stretch) }, (_, at) =>
    xs.slice(at * stretch, (at + 1) * stretch),
  ).flatMap((part) => part.reduce((best, x) => ((sums.get(x) ?? 0) > (sums.get(best) ?? 0) ? x : best), part[0] ?? 0));
}
