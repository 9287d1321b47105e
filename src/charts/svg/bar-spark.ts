import { type Svg, svgElement } from './document';
import { accent, alarm, panel } from './palette';

/**
 * A row of little bars over a base line, as wide and high as it is told: how something went, beside its name. Negative and missing
 * values are drawn as nothing. `mark` is the place of a bar that shall be seen first.
 */
export function barSpark(
  values: readonly (number | null)[],
  size: { width: number; height: number; fill?: string; mark?: number },
): Svg {
  const { width, height, fill = accent, mark } = size;
  const high = values.reduce<number>((most, value) => Math.max(most, value ?? 0), 0);
  const step = width / Math.max(1, values.length);
  const bars = values.flatMap((value, index) => {
    if (value === null || !(value > 0) || !Number.isFinite(value)) return [];
    // The smallest is seen too.
    const tall = Math.max(1.5, (value / high) * (height - 2));
    const colour = index === mark ? alarm : fill;
    return [
      svgElement('rect', {
        x: index * step + step * 0.1,
        y: height - 1 - tall,
        width: step * 0.8,
        height: tall,
        fill: colour,
      }),
    ];
  });
  const base = svgElement('line', { x1: 0, y1: height - 0.5, x2: width, y2: height - 0.5, stroke: panel.axis });
  return svgElement('g', {}, [...bars, base]);
}
