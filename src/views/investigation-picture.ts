import { type Svg, svgDocument, svgElement, svgText } from '../charts/svg/document';
import { entityIcon } from '../charts/svg/entity-icon';
import { fitMiddle } from '../charts/svg/fit-middle';
import { accent, alarm, panel } from '../charts/svg/palette';
import { pictureWidth } from '../charts/svg/picture-width';
import { type Finding, type Investigation, strongestThings, type Thing, tiesByThing } from '../domain/investigation';
import { inertName } from './inert-name';
import { counted } from './wording';

const mostFindings = 10;
const mostThings = 17;
const mostAlone = 5;
/** Rows on the right, those of groups too: more would not fit the height of a picture. */
const mostRows = 27;
const top = 66;
const rowHeight = 34;
const left = { x: 14, width: 150 };
const right = { x: pictureWidth - 14 - 168, width: 168 };

interface Row {
  key: string;
  type: string;
  label: string;
  small: string;
  strong: boolean;
  /** Of a group: how many things it stands for. */
  more: number;
}

export interface DrawnInvestigation {
  svg: string;
  alt: string;
  /** What found no place of its own. */
  hidden: { findings: number; things: number };
}

/** Findings on the left in time order, what they name on the right by type, and what ties them together in between. */
export function investigationPicture(data: Investigation): DrawnInvestigation {
  const findings = chosenFindings(data);
  const things = strongestThings(data);
  const shown = chosenThings(data, things);
  const placeOf = new Map(findings.map((one, at) => [one.id, at]));
  const rows = rightRows(
    data,
    shown,
    things.filter((one) => !shown.includes(one)),
    placeOf,
  );
  const leftRows = findings.map((one) => ({ key: one.id, label: one.name, kind: one.kind }));
  const hiddenFindings = data.findings.length - findings.length;
  const count = Math.max(leftRows.length + (hiddenFindings > 0 ? 1 : 0), rows.length, 1);
  const height = top + count * rowHeight + 18;
  const gap = (total: number) => ((count - total) * rowHeight) / Math.max(1, total);
  const y = (at: number, total: number) => top + at * (rowHeight + gap(total)) + gap(total) / 2;
  const leftY = new Map(leftRows.map((row, at) => [row.key, y(at, leftRows.length + (hiddenFindings > 0 ? 1 : 0))]));
  const rightY = new Map(rows.map((row, at) => [row.key, y(at, rows.length)]));
  const edges = drawEdges(data, leftY, rightY);
  const size = `${counted(data.findings.length, 'finding')}, ${counted(data.things.length, 'entity', 'entities')}`;
  const svg = svgDocument(pictureWidth, height, [
    svgText(14, 28, data.title, { size: 17, weight: 'bold', width: pictureWidth - 28 }),
    svgText(14, 48, `${size}; lines are rows in common`, { size: 13, fill: panel.subtle, width: pictureWidth - 28 }),
    ...edges,
    ...leftRows.flatMap((row) => drawFinding(row, leftY.get(row.key) ?? 0)),
    ...(hiddenFindings > 0
      ? [
          svgText(left.x + 24, y(leftRows.length, leftRows.length + 1) + 20, `and ${hiddenFindings} more`, {
            size: 13,
            fill: panel.subtle,
          }),
        ]
      : []),
    ...rows.flatMap((row) => drawThing(row, rightY.get(row.key) ?? 0)),
  ]);
  return {
    svg,
    alt: `${data.title}: ${size}. ${connections(data).join(' ')}`.slice(0, 900),
    hidden: { findings: hiddenFindings, things: things.length - shown.length },
  };
}

/** What holds findings together first; of what hangs on one finding alone, a few of each type. */
function chosenThings(data: Investigation, things: readonly Thing[]): Thing[] {
  const byThing = tiesByThing(data.ties);
  const ofType = new Map<string, number>();
  const chosen = things.filter((thing) => {
    const alone = !thing.indicator && (byThing.get(thing.id) ?? []).length < 2;
    const before = ofType.get(thing.type) ?? 0;
    if (alone && before >= mostAlone) return false;
    ofType.set(thing.type, before + 1);
    return true;
  });
  return chosen.slice(0, mostThings);
}

function chosenFindings(data: Investigation): Finding[] {
  const counts = new Map<string, number>();
  for (const tie of data.ties) counts.set(tie.finding, (counts.get(tie.finding) ?? 0) + 1);
  const tied = (one: Finding) => counts.get(one.id) ?? 0;
  const chosen = [...data.findings].sort((a, b) => tied(b) - tied(a) || compare(a.id, b.id)).slice(0, mostFindings);
  const first = (one: Finding) =>
    one.moments.reduce((least, at) => Math.min(least, at.getTime()), Number.MAX_SAFE_INTEGER);
  return chosen.sort((a, b) => first(a) - first(b) || compare(a.id, b.id));
}

/** By type, types and things in them in the order of what they hang on, so that few lines cross. */
function rightRows(data: Investigation, shown: Thing[], others: Thing[], placeOf: ReadonlyMap<string, number>): Row[] {
  const byThing = tiesByThing(data.ties);
  const centre = (thing: Thing) => {
    const places = (byThing.get(thing.id) ?? []).flatMap((tie) => placeOf.get(tie.finding) ?? []);
    return places.length === 0 ? 99 : places.reduce((sum, place) => sum + place, 0) / places.length;
  };
  const types = [...new Set([...shown, ...others].map((thing) => thing.type))];
  const mean = (type: string) => {
    const of = shown.filter((thing) => thing.type === type).map(centre);
    return of.length === 0 ? 99 : of.reduce((sum, one) => sum + one, 0) / of.length;
  };
  const rows = types
    .sort((a, b) => mean(a) - mean(b) || compare(a, b))
    .flatMap((type) => {
      const own = shown
        .filter((thing) => thing.type === type)
        .sort((a, b) => centre(a) - centre(b) || compare(a.id, b.id));
      const left = others.filter((thing) => thing.type === type).length;
      return [
        ...own.map((thing) => ({
          key: thing.id,
          type,
          label: inertName(thing.name),
          small: `${thing.id} ${type}${thing.indicator ? ', indicator' : ''}${thing.elsewhere ? ', other hunts too' : ''}`,
          strong: thing.indicator,
          more: 0,
        })),
        ...(left > 0
          ? [{ key: `more ${type}`, type, label: `+${left} more`, small: type, strong: false, more: left }]
          : []),
      ];
    });
  return withinHeight(rows);
}

/** Groups that find no row of their own become one. */
function withinHeight(rows: Row[]): Row[] {
  const over = rows.length - mostRows;
  if (over <= 0) return rows;
  const groups = rows.filter((row) => row.more > 0).sort((a, b) => a.more - b.more);
  const joined = new Set(groups.slice(0, over + 1));
  const more = [...joined].reduce((sum, row) => sum + row.more, 0);
  const small = `of ${joined.size} further types`;
  return [
    ...rows.filter((row) => !joined.has(row)),
    { key: 'more of all', type: '', label: `+${more} more`, small, strong: false, more },
  ];
}

function drawEdges(
  data: Investigation,
  leftY: ReadonlyMap<string, number>,
  rightY: ReadonlyMap<string, number>,
): Svg[] {
  const typeOf = new Map(data.things.map((thing) => [thing.id, thing]));
  const drawn = new Map<string, { from: number; to: number; rows: number; strong: boolean }>();
  for (const tie of data.ties) {
    const thing = typeOf.get(tie.thing);
    const group = `more ${thing?.type ?? ''}`;
    const key = [tie.thing, group].find((one) => rightY.has(one)) ?? 'more of all';
    const from = leftY.get(tie.finding);
    const to = rightY.get(key);
    if (from === undefined || to === undefined) continue;
    const id = `${tie.finding} ${key}`;
    const known = drawn.get(id);
    drawn.set(id, {
      from,
      to,
      rows: (known?.rows ?? 0) + tie.rows,
      strong: (known?.strong || thing?.indicator) ?? false,
    });
  }
  const x1 = left.x + left.width;
  const x2 = right.x - 4;
  const middle = (x1 + x2) / 2;
  return [...drawn.values()].map(({ from, to, rows, strong }) =>
    svgElement('path', {
      d: `M${x1} ${from + 15} C${middle} ${from + 15} ${middle} ${to + 15} ${x2} ${to + 15}`,
      fill: 'none',
      stroke: strong ? alarm : accent,
      'stroke-width': Math.min(5, 1 + Math.log2(rows)),
      'stroke-opacity': 0.45,
    }),
  );
}

function drawFinding(row: { key: string; label: string; kind: Finding['kind'] }, y: number): Svg[] {
  return [
    entityIcon(row.kind, left.x, y + 7, accent),
    svgText(left.x + 22, y + 14, fitMiddle(row.label, left.width - 26, 13), { size: 13 }),
    svgText(left.x + 22, y + 27, row.kind === 'alert' ? 'alert' : row.key, { size: 11, fill: panel.subtle }),
  ];
}

function drawThing(row: Row, y: number): Svg[] {
  const colour = row.strong ? alarm : panel.subtle;
  return [
    entityIcon(row.type, right.x, y + 7, colour),
    svgText(right.x + 22, y + 14, fitMiddle(row.label, right.width - 24, 13), {
      size: 13,
      ...(row.strong ? { fill: alarm } : {}),
    }),
    svgText(right.x + 22, y + 27, row.small, { size: 11, fill: panel.subtle, width: right.width - 24 }),
  ];
}

/** The three things that hold most together, in words. */
export function connections(data: Investigation): string[] {
  const byThing = tiesByThing(data.ties);
  return strongestThings(data)
    .slice(0, 3)
    .map((thing) => {
      const own = byThing.get(thing.id) ?? [];
      const rows = own.reduce((sum, tie) => sum + tie.rows, 0);
      const keys = own.map((tie) => tie.finding);
      const where = keys.length > 6 ? `${keys.slice(0, 6).join(', ')} and ${keys.length - 6} more` : keys.join(', ');
      return `${thing.type} ${inertName(thing.name).slice(0, 120)} is in ${own.length} of ${data.findings.length} (${where}), ${rows} ${rows === 1 ? 'row' : 'rows'}.`;
    });
}

function compare(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true });
}
