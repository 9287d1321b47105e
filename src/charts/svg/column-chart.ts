import { type Svg, svgElement, svgGroup, svgText } from './document';
import { axisNumberText } from './number-text';
import { panel, rest, seriesColour } from './palette';
import { fitText, textWidth } from './text-width';

export interface ColumnChart {
  /** Below the columns, in their order; as many of them are written as there is room for. */
  labels: readonly string[];
  /** One stacked on the other. Values below 0 count as 0; each list is as long as `labels`. */
  series: readonly { name: string; values: readonly (number | null)[]; fill?: string }[];
  width: number;
  height: number;
}

const letters = 13;

/**
 * Columns from plain numbers: for digests, reports and pages of figures. Part of a document, not one: give it its place with
 * `svgGroup`, and a legend of your own where it has several series. For a query’s rows there is `Pictures.chart`.
 */
export function columnChart({ labels, series, width, height }: ColumnChart): Svg {
  const sums = labels.map((_, at) => series.reduce((sum, one) => sum + positive(one.values[at]), 0));
  const top = niceTop(Math.max(0, ...sums));
  const left = Math.max(...[0, top].map((value) => textWidth(axisNumberText(value), letters))) + 8;
  const floor = height - 22;
  const scale = (floor - 8) / top;
  const step = (width - left) / Math.max(1, labels.length);
  return svgElement('g', {}, [
    ...[0, top / 2, top].flatMap((value) => gridLine(value, floor - value * scale, left, width)),
    ...labels.flatMap((_, at) =>
      column(series, at, { x: left + at * step + step * 0.12, width: step * 0.76, floor, scale }),
    ),
    ...labelsBelow(labels, { left, step, y: height - 5 }),
  ]);
}

function positive(value: number | null | undefined): number {
  return value !== null && value !== undefined && value > 0 && Number.isFinite(value) ? value : 0;
}

/** The next number that halves well: 1, 2, 4, 5, 6, 8 or 10 of its magnitude. */
function niceTop(value: number): number {
  if (value <= 2) return 2;
  const magnitude = 10 ** Math.floor(Math.log10(value));
  return ([1, 2, 4, 5, 6, 8].find((step) => step * magnitude >= value) ?? 10) * magnitude;
}

function gridLine(value: number, y: number, left: number, width: number): Svg[] {
  return [
    svgElement('line', { x1: left, y1: y, x2: width, y2: y, stroke: value === 0 ? panel.axis : panel.grid }),
    svgText(left - 6, y + 4.5, axisNumberText(value), { size: letters, fill: panel.subtle, anchor: 'end' }),
  ];
}

function column(
  series: ColumnChart['series'],
  at: number,
  place: { x: number; width: number; floor: number; scale: number },
): Svg[] {
  let y = place.floor;
  return series.flatMap((one, index) => {
    const tall = positive(one.values[at]) * place.scale;
    if (tall === 0) return [];
    y -= tall;
    const fill = one.fill ?? (index < 12 ? seriesColour(index) : rest);
    return [svgElement('rect', { x: place.x, y, width: place.width, height: tall, fill })];
  });
}

/** Every label, or every second, third … where they would touch. */
function labelsBelow(labels: readonly string[], place: { left: number; step: number; y: number }): Svg[] {
  const widest = Math.min(
    90,
    labels.reduce((most, label) => Math.max(most, textWidth(label, letters)), 0),
  );
  const every = Math.max(1, Math.ceil((widest + 8) / place.step));
  const shown = labels.flatMap((label, at) => (at % every === 0 ? [{ label, at }] : []));
  return [
    svgGroup(
      place.left,
      place.y,
      shown.map(({ label, at }) =>
        svgText((at + 0.5) * place.step, 0, fitText(label, 90, letters), {
          size: letters,
          fill: panel.subtle,
          anchor: 'middle',
        }),
      ),
    ),
  ];
}
