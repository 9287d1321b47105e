import type { AxesPlot } from '../plot/plot';

/** Labels of a time axis in UTC, as fine as its span asks for. ECharts sets the first of a day, month or year as its own level. */
export function timeLabels(plot: Pick<AxesPlot, 'series'>): { formatter: Record<string, string> } {
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const { points } of plot.series)
    for (const [x] of points) {
      first = Math.min(first, x);
      last = Math.max(last, x);
    }
  const seconds = last - first < 5 * 60_000;
  const months = last - first > 300 * 86_400_000;
  return {
    formatter: {
      year: months ? '{yyyy}' : '{d} {MMM}',
      month: months ? '{MMM} {yyyy}' : '{d} {MMM}',
      day: '{d} {MMM}',
      hour: '{HH}:{mm}',
      minute: '{HH}:{mm}',
      second: '{HH}:{mm}:{ss}',
      millisecond: seconds ? '{HH}:{mm}:{ss}.{SSS}' : '{HH}:{mm}:{ss}',
      none: '{yyyy}-{MM}-{dd} {HH}:{mm}',
    },
  };
}
