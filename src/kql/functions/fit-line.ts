export interface Line {
  rsquare: number;
  slope: number;
  variance: number;
  rvariance: number;
  interception: number;
  line_fit: number[];
}

/** Least squares over the numbers at their places in the series. */
export function fitLine(values: (number | null)[]): Line | undefined {
  const points = values.flatMap((y, x) => (y === null || !Number.isFinite(y) ? [] : [{ x, y }]));
  if (points.length < 2) return undefined;
  const count = points.length;
  const meanX = points.reduce((sum, { x }) => sum + x, 0) / count;
  const meanY = points.reduce((sum, { y }) => sum + y, 0) / count;
  const sxx = points.reduce((sum, { x }) => sum + (x - meanX) ** 2, 0);
  const sxy = points.reduce((sum, { x, y }) => sum + (x - meanX) * (y - meanY), 0);
  const slope = sxy / sxx;
  const interception = meanY - slope * meanX;
  const total = points.reduce((sum, { y }) => sum + (y - meanY) ** 2, 0);
  const rest = points.reduce((sum, { x, y }) => sum + (y - interception - slope * x) ** 2, 0);
  return {
    rsquare: total === 0 ? 1 : 1 - rest / total,
    slope,
    variance: total / (count - 1),
    rvariance: rest / (count - 1),
    interception,
    line_fit: values.map((_value, x) => interception + slope * x),
  };
}
