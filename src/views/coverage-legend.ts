import { type Svg, svgElement, svgGroup, svgText } from '../charts/svg/document';
import { panel } from '../charts/svg/palette';
import { textWidth } from '../charts/svg/text-width';
import type { Level } from '../domain/coverage';
import { levelColours } from './coverage-colours';

const size = 13;
const line = 22;

/** One cell of a map: hollow for nothing; where only sub-techniques have it, the lower half alone is filled. */
export function levelCell(
  place: { x: number; y: number; width: number; height: number },
  level: Level,
  half: boolean,
): Svg {
  const { x, y, width, height } = place;
  const rx = Math.min(3, width / 4);
  const outline = svgElement('rect', {
    x: x + 0.5,
    y: y + 0.5,
    width: width - 1,
    height: height - 1,
    rx,
    fill: level.id === 'none' || half ? panel.background : levelColours[level.id],
    stroke: level.id === 'none' ? '#b9aea3' : levelColours[level.id],
  });
  if (!half || level.id === 'none') return outline;
  const filled = svgElement('rect', {
    x: x + 0.5,
    y: y + height / 2,
    width: width - 1,
    height: height / 2 - 0.5,
    fill: levelColours[level.id],
  });
  return svgElement('g', {}, [outline, filled]);
}

/** The levels as swatches with words, in as many lines as they need; `height` is what they take. */
export function coverageLegend(levels: readonly Level[], width: number, halves: boolean): { svg: Svg; height: number } {
  const entries = [
    ...levels.map((level) => ({
      label: level.label,
      cell: levelCell({ x: 0, y: -12, width: 14, height: 14 }, level, false),
    })),
    ...(halves && levels[2]
      ? [
          {
            label: 'half filled: sub-techniques alone',
            cell: levelCell({ x: 0, y: -12, width: 14, height: 14 }, levels[2], true),
          },
        ]
      : []),
  ];
  const parts: Svg[] = [];
  let x = 0;
  let y = 0;
  for (const { label, cell } of entries) {
    const wide = 20 + textWidth(label, size);
    if (x > 0 && x + wide > width) {
      x = 0;
      y += line;
    }
    parts.push(svgGroup(x, y, [cell, svgText(20, 0, label, { size, fill: panel.text })]));
    x += wide + 16;
  }
  return { svg: svgElement('g', {}, parts), height: y + line };
}
