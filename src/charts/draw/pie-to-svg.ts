import { shareText } from '../plot/describe-plot';
import type { PiePlot } from '../plot/plot';
import { type Svg, svgDocument, svgElement, svgGroup, svgText } from '../svg/document';
import { axisNumberText } from '../svg/number-text';
import { panel, rest, seriesColour } from '../svg/palette';
import { pictureWidth } from '../svg/picture-width';

const width = pictureWidth;
const margin = 16;
const row = 24;
const radius = 78;

/** A ring beside its slices in words and numbers: names around a pie would not fit a phone. */
export function pieToSvg(pie: PiePlot): string {
  const total = pie.slices.reduce((sum, { value }) => sum + value, 0);
  const titled = pie.title === '' ? 0 : 34;
  const lines = pie.legend ? pie.slices.length * row : 0;
  const body = Math.max(2 * radius + 8, lines);
  const height = margin * 2 + titled + body;
  const middle = margin + titled + body / 2;
  const [across, left] = pie.legend ? [margin + radius, margin + 2 * radius + 18] : [width / 2, 0];
  return svgDocument(width, height, [
    ...(titled > 0
      ? [svgText(margin, margin + 15, pie.title, { size: 18, weight: 'bold', width: width - 2 * margin })]
      : []),
    svgGroup(across, middle, [...ring(pie, total), ...centre(total)]),
    ...(pie.legend ? [svgGroup(left, middle - lines / 2, words(pie, total, width - margin - left))] : []),
  ]);
}

function ring(pie: PiePlot, total: number): Svg[] {
  let from = -Math.PI / 2;
  return pie.slices.map((slice, index) => {
    const to = from + (slice.value / total) * 2 * Math.PI;
    const drawn = arc(from, to, slice.role === 'rest' ? rest : seriesColour(index), pie.slices.length > 1);
    from = to;
    return drawn;
  });
}

/** A part of the ring; a whole one stops a hair before its end, because an arc that ends where it began is none. */
function arc(from: number, to: number, fill: string, parted: boolean): Svg {
  const end = Math.min(to, from + 2 * Math.PI - 1e-4);
  const large = end - from > Math.PI ? 1 : 0;
  const at = (angle: number, distance: number) =>
    `${(Math.cos(angle) * distance).toFixed(3)} ${(Math.sin(angle) * distance).toFixed(3)}`;
  const inner = radius * 0.58;
  const d = `M${at(from, radius)}A${radius} ${radius} 0 ${large} 1 ${at(end, radius)}L${at(end, inner)}A${inner} ${inner} 0 ${large} 0 ${at(from, inner)}Z`;
  return svgElement('path', { d, fill, stroke: parted ? panel.background : fill, 'stroke-width': parted ? 1.5 : 0.5 });
}

function centre(total: number): Svg[] {
  const style = { anchor: 'middle', width: radius * 1.05 } as const;
  return [
    svgText(0, 4, axisNumberText(total), { ...style, size: 19, weight: 'bold' }),
    svgText(0, 23, 'in all', { ...style, size: 13, fill: panel.subtle }),
  ];
}

function words(pie: PiePlot, total: number, room: number): Svg[] {
  return pie.slices.flatMap((slice, index) => {
    const y = index * row + 16;
    const value = `${axisNumberText(slice.value)} · ${shareText(slice.value / total)}`;
    const colour = slice.role === 'rest' ? rest : seriesColour(index);
    return [
      svgElement('rect', { x: 0, y: y - 11, width: 12, height: 12, rx: 2.5, fill: colour }),
      svgText(18, y, slice.name, { size: 14, width: room - 18 - 106 }),
      svgText(room, y, value, { size: 14, anchor: 'end', fill: panel.subtle, width: 104 }),
    ];
  });
}
