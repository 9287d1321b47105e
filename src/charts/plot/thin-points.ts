import type { PlotPoint } from './plot';

/** Points in order of x; those of equal x keep theirs. */
export function inOrder(points: readonly PlotPoint[]): PlotPoint[] {
  return points.toSorted((a, b) => a[0] - b[0]);
}

/** Equal x put together by adding up; null only where nothing else was there. */
export function addedUp(points: readonly PlotPoint[]): PlotPoint[] {
  const sums = new Map<number, number | null>();
  for (const [x, y] of points) {
    const before = sums.get(x);
    sums.set(x, before === undefined || before === null ? y : y === null ? before : before + y);
  }
  return [...sums];
}

/** Each value with all before it added. */
export function accumulated(points: readonly PlotPoint[]): PlotPoint[] {
  let sum = 0;
  return points.map(([x, y]) => {
    sum += y ?? 0;
    return [x, sum];
  });
}

/**
 * A line of at most about `most` points that looks the same: of each stretch the lowest and the highest, in their order, and the
 * first and last of all. No peak is lost. Points must be in order.
 */
export function thinnedLine(points: PlotPoint[], most: number): PlotPoint[] {
  if (points.length <= most) return points;
  const stretch = Math.ceil(points.length / Math.max(1, Math.floor(most / 2)));
  const kept: PlotPoint[] = [];
  for (let from = 0; from < points.length; from += stretch) {
    let low = from;
    let high = from;
    const end = Math.min(points.length, from + stretch);
    for (let at = from; at < end; at += 1) {
      const y = points[at]?.[1] ?? null;
      if (y === null) continue;
      if (y < (points[low]?.[1] ?? Number.POSITIVE_INFINITY)) low = at;
      if (y > (points[high]?.[1] ?? Number.NEGATIVE_INFINITY)) high = at;
    }
    const ends = [from === 0 ? 0 : low, low, high, end === points.length ? end - 1 : high];
    for (const at of [...new Set(ends)].sort((a, b) => a - b)) {
      const point = points[at];
      if (point) kept.push(point);
    }
  }
  return kept;
}

/** Of each stretch of bars the highest (or, of negative ones, the lowest). */
export function thinnedBars(points: PlotPoint[], most: number): PlotPoint[] {
  if (points.length <= most) return points;
  const stretch = Math.ceil(points.length / most);
  const kept: PlotPoint[] = [];
  for (let from = 0; from < points.length; from += stretch) {
    const part = points.slice(from, from + stretch);
    const highest = part.reduce((best, one) => (Math.abs(one[1] ?? 0) > Math.abs(best[1] ?? 0) ? one : best));
    kept.push(highest);
  }
  return kept;
}

/** Of points that would cover each other, one: clouds of at most about `most` points in all, on the same raster. */
export function thinnedClouds(clouds: PlotPoint[][], most: number): PlotPoint[][] {
  const all = clouds.flat();
  if (all.length <= most) return clouds;
  const xs = rangeOf(all.map(([x]) => x));
  const ys = rangeOf(all.flatMap(([, y]) => (y === null ? [] : [y])));
  for (let across = 240; ; across = Math.floor(across * 0.8)) {
    const thinned = clouds.map((points) => firstOfEach(points, across, xs, ys));
    if (across < 20 || thinned.reduce((sum, one) => sum + one.length, 0) <= most) return thinned;
  }
}

type Range = ReturnType<typeof rangeOf>;

function firstOfEach(points: PlotPoint[], across: number, xs: Range, ys: Range): PlotPoint[] {
  const seen = new Set<number>();
  return points.filter(([x, y]) => {
    if (y === null) return false;
    const [column, row] = [
      Math.round(((x - xs.low) / xs.span) * across),
      Math.round(((y - ys.low) / ys.span) * across),
    ];
    const place = column * (across + 1) + row;
    if (seen.has(place)) return false;
    seen.add(place);
    return true;
  });
}

/** Lowest value and, never 0, how far the highest is from it. */
export function rangeOf(values: readonly number[]): { low: number; high: number; span: number } {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return { low, high, span: high - low || 1 };
}
