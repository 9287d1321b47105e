import { type Svg, svgDocument, svgGroup, svgText } from '../charts/svg/document';
import { panel } from '../charts/svg/palette';
import { pictureWidth } from '../charts/svg/picture-width';
import type { Attack } from '../domain/attack';
import { type Coverage, type CoverageView, coverageLevels, standingOf } from '../domain/coverage';
import { type TacticStanding, tacticStandings } from '../domain/coverage-gaps';
import { coverageLegend, levelCell } from './coverage-legend';

const margin = 16;
const inner = pictureWidth - 2 * margin;
const head = 62;
const legendGap = 12;

const titles: Record<CoverageView, string> = {
  all: 'ATT&CK coverage',
  hunting: 'Covered by hunting queries',
  rules: 'Covered by analytics rules',
  hunted: 'Hunted so far',
};

/**
 * The whole matrix for a phone: a row for each tactic with a cell for each of its techniques, in the matrix's order. Cells have one size, so
 * that the length of a row shows how much there is to know.
 */
export function coveragePicture(attack: Attack, coverage: Coverage, view: CoverageView): string {
  const standings = tacticStandings(attack, coverage, view);
  const levels = coverageLevels[view];
  const longest = Math.max(...standings.map(({ techniques }) => techniques), 1);
  const step = Math.min(20, inner / longest);
  const legend = coverageLegend(levels, inner, true);
  // What a picture may be high, and what is comfortable.
  const row = Math.min(49, (1024 - head - legend.height - legendGap - margin) / standings.length);
  const height = head + row * standings.length + legendGap + legend.height + 4;
  const rows = standings.map((standing, index) =>
    svgGroup(margin, head + index * row, tacticRow(attack, coverage, view, standing, { step, row })),
  );
  const { covered, total } = techniquesCovered(attack, coverage, view);
  return svgDocument(pictureWidth, Math.ceil(height), [
    svgText(margin, 30, titles[view], { size: 19, weight: 'bold' }),
    svgText(pictureWidth - margin, 30, `${covered} of ${total}`, { size: 19, weight: 'bold', anchor: 'end' }),
    svgText(margin, 49, `Enterprise ${attack.version}`, { size: 13, fill: panel.subtle }),
    svgText(pictureWidth - margin, 49, 'techniques', { size: 13, fill: panel.subtle, anchor: 'end' }),
    ...rows,
    svgGroup(margin, head + row * standings.length + legendGap + 12, [legend.svg]),
  ]);
}

function tacticRow(
  attack: Attack,
  coverage: Coverage,
  view: CoverageView,
  { tactic, covered, techniques }: TacticStanding,
  { step, row }: { step: number; row: number },
): Svg[] {
  const cell = { y: 22, width: step - 1.2, height: row - 31 };
  return [
    svgText(0, 16, tactic.title, { size: 15, weight: 'bold' }),
    svgText(inner, 16, `${covered} of ${techniques}`, {
      size: 15,
      anchor: 'end',
      fill: covered === 0 ? panel.subtle : panel.text,
    }),
    ...attack.techniquesOf(tactic.name).map(({ id }, index) => {
      const { level, onlySubTechniques } = standingOf(coverage, id, view);
      return levelCell({ ...cell, x: index * step }, level, onlySubTechniques);
    }),
  ];
}

/** Of all techniques, each counted once however many tactics it serves. */
export function techniquesCovered(
  attack: Attack,
  coverage: Coverage,
  view: CoverageView,
): { covered: number; total: number } {
  const tops = attack.techniques.filter(({ id }) => !id.includes('.'));
  return {
    covered: tops.filter(({ id }) => standingOf(coverage, id, view).level.covers).length,
    total: tops.length,
  };
}

/** The same in words, for those who do not see it. */
export function coverageAlt(attack: Attack, coverage: Coverage, view: CoverageView): string {
  const { covered, total } = techniquesCovered(attack, coverage, view);
  const rows = tacticStandings(attack, coverage, view).map(
    ({ tactic, covered: some, techniques }) => `${tactic.title} ${some} of ${techniques}`,
  );
  return `${titles[view]}, ATT&CK Enterprise ${attack.version}: ${covered} of ${total} techniques. ${rows.join(', ')}.`;
}
