import { type Svg, svgDocument, svgElement, svgText } from '../charts/svg/document';
import { fitMiddle } from '../charts/svg/fit-middle';
import { alarm, panel, seriesColour } from '../charts/svg/palette';
import { pictureWidth } from '../charts/svg/picture-width';
import type { Investigation } from '../domain/investigation';
import { counted } from './wording';

const mostLanes = 12;
/** Lanes that fit the height of a picture. */
const mostShown = 18;
const laneHeight = 44;
const top = 64;
const inner = { x: 18, width: pictureWidth - 36 };
const bin = 14;
const breakWidth = 16;

interface Lane {
  name: string;
  moments: number[];
}

interface Segment {
  from: number;
  to: number;
  x: number;
  width: number;
}

/** Bookmarked rows over time, a lane for each finding or, where those are many, for each tactic; long silences are cut out and marked. Null where no row carries a time. */
export function eventsPicture(data: Investigation): { svg: string; alt: string } | null {
  const all = data.findings.flatMap((one) => one.moments.map((at) => at.getTime())).sort((a, b) => a - b);
  const [first] = all;
  const last = all.at(-1);
  if (first === undefined || last === undefined) return null;
  const lanes = lanesOf(data);
  const segments = segmentsOf(all);
  const height = top + lanes.length * laneHeight + 40;
  const place = (moment: number) => {
    const segment = segments.find((one) => moment >= one.from && moment <= one.to) ?? segments[0];
    if (!segment) return inner.x;
    const share = segment.to === segment.from ? 0.5 : (moment - segment.from) / (segment.to - segment.from);
    return segment.x + share * segment.width;
  };
  const svg = svgDocument(pictureWidth, height, [
    svgText(14, 28, data.title, { size: 17, weight: 'bold', width: pictureWidth - 28 }),
    svgText(14, 48, `${counted(all.length, 'bookmarked row')}, ${yearsOf(first, last)}, UTC`, {
      size: 13,
      fill: panel.subtle,
    }),
    ...lanes.flatMap((lane, at) => drawLane(lane, at, place, segments)),
    ...drawAxis(segments, top + lanes.length * laneHeight),
  ]);
  return {
    svg,
    alt: `${data.title}: ${all.length} bookmarked rows from ${text(first)} to ${text(last)} UTC. ${lanes.map((lane) => `${lane.name}: ${lane.moments.length}`).join('; ')}`.slice(
      0,
      900,
    ),
  };
}

function lanesOf(data: Investigation): Lane[] {
  const timed = data.findings.filter((one) => one.moments.length > 0);
  const byFinding = timed.map((one) => ({
    name: `${one.id} ${one.name}`,
    moments: one.moments.map((at) => at.getTime()),
  }));
  const byTactic = new Map<string, number[]>();
  for (const one of timed) {
    const tactic = one.tactic ?? 'no tactic';
    const lane = byTactic.get(tactic) ?? [];
    for (const at of one.moments) lane.push(at.getTime());
    byTactic.set(tactic, lane);
  }
  const lanes = byFinding.length <= mostLanes ? byFinding : [...byTactic].map(([name, moments]) => ({ name, moments }));
  const first = (lane: Lane) => lane.moments.reduce((least, at) => Math.min(least, at), Number.MAX_SAFE_INTEGER);
  const inOrder = lanes.map((lane) => ({ lane, at: first(lane) })).sort((a, b) => a.at - b.at);
  return together(inOrder.map(({ lane }) => lane));
}

/** What finds no lane of its own shares the last one. */
function together(lanes: Lane[]): Lane[] {
  if (lanes.length <= mostShown) return lanes;
  const rest = lanes.slice(mostShown - 1);
  const moments: number[] = [];
  for (const lane of rest) for (const at of lane.moments) moments.push(at);
  return [...lanes.slice(0, mostShown - 1), { name: `${rest.length} others`, moments }];
}

/** A silence of more than a fifth of the whole time is left out. */
function segmentsOf(all: readonly number[]): Segment[] {
  const first = all[0] ?? 0;
  const span = (all.at(-1) ?? 0) - first;
  const ranges: { from: number; to: number }[] = [];
  for (const moment of all) {
    const open = ranges.at(-1);
    if (open && (span === 0 || moment - open.to <= span / 5)) open.to = moment;
    else ranges.push({ from: moment, to: moment });
  }
  const free = inner.width - (ranges.length - 1) * breakWidth;
  const total = ranges.reduce((sum, one) => sum + (one.to - one.from), 0);
  const least = 60;
  const spare = free - ranges.length * least;
  let x = inner.x;
  return ranges.map(({ from, to }) => {
    const width = least + (total === 0 ? spare / ranges.length : (spare * (to - from)) / total);
    const segment = { from, to, x, width };
    x += width + breakWidth;
    return segment;
  });
}

function drawLane(lane: Lane, at: number, place: (moment: number) => number, segments: Segment[]): Svg[] {
  const y = top + at * laneHeight;
  const colour = seriesColour(at);
  const bins = new Map<number, number>();
  for (const moment of lane.moments) {
    const key = Math.floor((place(moment) - inner.x) / bin);
    bins.set(key, (bins.get(key) ?? 0) + 1);
  }
  const centre = (key: number) => Math.min(inner.x + inner.width, inner.x + (key + 0.5) * bin);
  return [
    svgText(inner.x, y + 13, fitMiddle(lane.name, inner.width, 13), { size: 13 }),
    ...segments.map((segment) =>
      svgElement('line', {
        x1: segment.x,
        y1: y + 29,
        x2: segment.x + segment.width,
        y2: y + 29,
        stroke: panel.grid,
        'stroke-width': 2,
      }),
    ),
    ...[...bins].flatMap(([key, count]) => [
      svgElement('circle', {
        cx: centre(key),
        cy: y + 29,
        r: Math.min(11, 4 + Math.log2(count) * 1.8),
        fill: colour,
        'fill-opacity': 0.85,
      }),
      ...(count > 3
        ? [
            svgText(centre(key), y + 33, count > 99 ? '99+' : String(count), {
              size: 10,
              fill: '#ffffff',
              anchor: 'middle' as const,
            }),
          ]
        : []),
    ]),
  ];
}

function drawAxis(segments: Segment[], y: number): Svg[] {
  return segments.flatMap((segment, at) => [
    svgElement('line', { x1: segment.x, y1: y + 2, x2: segment.x + segment.width, y2: y + 2, stroke: panel.axis }),
    svgText(segment.x, y + 18, text(segment.from), { size: 11, fill: panel.subtle }),
    ...(segment.width > 190 && segment.to > segment.from
      ? [
          svgText(segment.x + segment.width, y + 18, text(segment.to), {
            size: 11,
            fill: panel.subtle,
            anchor: 'end' as const,
          }),
        ]
      : []),
    ...(at > 0
      ? [
          svgElement('path', {
            d: `M${segment.x - breakWidth + 4} ${y - 3}l3 10M${segment.x - breakWidth + 9} ${y - 3}l3 10`,
            stroke: alarm,
            'stroke-width': 1.5,
            fill: 'none',
          }),
        ]
      : []),
  ]);
}

function yearsOf(first: number, last: number): string {
  const [from, to] = [first, last].map((at) => new Date(at).getUTCFullYear());
  return from === to ? String(from) : `${from} to ${to}`;
}

function text(moment: number): string {
  return new Date(moment).toISOString().slice(5, 16).replace('T', ' ');
}
