import { type Svg, svgDocument, svgElement, svgGroup, svgText } from '../charts/svg/document';
import { letterOn, panel } from '../charts/svg/palette';
import { pictureWidth } from '../charts/svg/picture-width';
import type { Attack, Tactic, Technique } from '../domain/attack';
import { type Coverage, type CoverageView, coverageLevels, standingOf } from '../domain/coverage';
import { levelColours } from './coverage-colours';
import { coverageLegend } from './coverage-legend';
import { wrapWords } from './wrap-words';

const margin = 14;
const gap = 8;
const cellWidth = (pictureWidth - 2 * margin - gap) / 2;
const cellHeight = 58;
const head = 62;
/** In one picture; longer tactics get a second one. */
const most = 30;

/** One tactic with its techniques' ids and names in cells that a phone shows legibly; in parts where they do not fit one picture. */
export function tacticPictures(
  attack: Attack,
  coverage: Coverage,
  tactic: Tactic,
  view: CoverageView,
): { svg: string; alt: string }[] {
  const techniques = attack.techniquesOf(tactic.name);
  const parts = Math.max(1, Math.ceil(techniques.length / most));
  const each = Math.ceil(techniques.length / parts / 2) * 2;
  return Array.from({ length: parts }, (_, part) => {
    const shown = techniques.slice(part * each, (part + 1) * each);
    return {
      svg: draw(attack, coverage, tactic, view, shown, parts === 1 ? '' : ` · ${part + 1} of ${parts}`),
      alt: altOf(coverage, tactic, view, shown),
    };
  });
}

function draw(
  attack: Attack,
  coverage: Coverage,
  tactic: Tactic,
  view: CoverageView,
  shown: readonly Technique[],
  part: string,
): string {
  const legend = coverageLegend(coverageLevels[view], pictureWidth - 2 * margin, false);
  const rows = Math.ceil(shown.length / 2);
  const below = head + rows * (cellHeight + gap);
  const all = attack.techniquesOf(tactic.name);
  const covered = all.filter(({ id }) => standingOf(coverage, id, view).level.covers).length;
  // Down the first column, then down the second: names stay in their order for the eye.
  const cells = shown.map((technique, index) =>
    svgGroup(
      margin + Math.floor(index / rows) * (cellWidth + gap),
      head + (index % rows) * (cellHeight + gap),
      techniqueCell(attack, coverage, technique, view),
    ),
  );
  return svgDocument(pictureWidth, below + legend.height + 10, [
    svgText(margin, 30, `${tactic.title}${part}`, { size: 19, weight: 'bold', width: 290 }),
    svgText(pictureWidth - margin, 30, `${covered} of ${all.length}`, { size: 19, weight: 'bold', anchor: 'end' }),
    svgText(margin, 49, `${tactic.id}, Enterprise ${attack.version}`, { size: 13, fill: panel.subtle }),
    svgText(pictureWidth - margin, 49, 'techniques', { size: 13, fill: panel.subtle, anchor: 'end' }),
    ...cells,
    svgGroup(margin, below + 16, [legend.svg]),
  ]);
}

function techniqueCell(attack: Attack, coverage: Coverage, technique: Technique, view: CoverageView): Svg[] {
  const { level } = standingOf(coverage, technique.id, view);
  const fill = levelColours[level.id];
  const letters = level.id === 'none' ? panel.text : letterOn(fill);
  const subs = attack.subTechniques(technique.id);
  const coveredSubs = subs.filter(({ id }) => standingOf(coverage, id, view).level.covers).length;
  const names = wrapWords(technique.name, cellWidth - 18, 14, 2);
  return [
    svgElement('rect', {
      x: 0.5,
      y: 0.5,
      width: cellWidth - 1,
      height: cellHeight - 1,
      rx: 6,
      fill,
      stroke: level.id === 'none' ? '#b9aea3' : fill,
    }),
    svgText(9, 17, technique.id, { size: 12, weight: 'bold', fill: letters }),
    ...(subs.length > 0
      ? [svgText(cellWidth - 9, 17, `${coveredSubs}/${subs.length} sub`, { size: 12, fill: letters, anchor: 'end' })]
      : []),
    ...names.map((name, index) => svgText(9, 33 + index * 16, name, { size: 14, fill: letters })),
  ];
}

function altOf(coverage: Coverage, tactic: Tactic, view: CoverageView, shown: readonly Technique[]): string {
  const open = shown.filter(({ id }) => !standingOf(coverage, id, view).level.covers);
  const names = open.map(({ id, name }) => `${id} ${name}`).join(', ');
  return `${tactic.title}: ${shown.length - open.length} of ${shown.length} techniques covered. ${open.length === 0 ? 'None is open.' : `Not covered: ${names}.`}`;
}
