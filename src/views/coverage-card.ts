import type { Block, Button, Card } from '../chat/card';
import type { Attack, Tactic } from '../domain/attack';
import { type Coverage, type CoverageView, coverageViews, standingOf } from '../domain/coverage';
import type { Gaps } from '../domain/coverage-gaps';
import { techniquesCovered } from './coverage-picture';
import { counted } from './wording';

export const viewNames: Record<CoverageView, string> = {
  all: 'Everything',
  hunting: 'Hunting queries',
  rules: 'Rules',
  hunted: 'Hunted',
};

/** Techniques named as gaps in words; the rest is in the picture and in the files. */
const namedGaps = 6;
const optionLength = 75;

export interface CoverageCardParts {
  attack: Attack;
  coverage: Coverage;
  view: CoverageView;
  gaps: Gaps;
  picture: Block[];
}

/** The whole map, with the gaps that matter in words. */
export function coverageCard({ attack, coverage, view, gaps, picture }: CoverageCardParts): Card {
  const { covered, total } = techniquesCovered(attack, coverage, view);
  return {
    title: `ATT&CK: ${covered} of ${total} techniques ${view === 'hunted' ? 'hunted' : 'covered'}`,
    blocks: [
      ...picture,
      ...gapBlocks(gaps),
      {
        type: 'select',
        field: 'tactic',
        label: 'Look at a tactic',
        options: attack.tactics.map(({ name, title }) => ({ value: name, label: title })),
        act: { command: 'coverage', args: { of: view } },
      },
      ...techniqueSelect(
        'Look at a gap',
        [...gaps.open.map(({ technique }) => technique), ...gaps.blocked].slice(0, 25),
      ),
      { type: 'actions', buttons: otherViews(view, {}) },
      ...smallPrint(attack, coverage, gaps),
    ],
  };
}

/** One tactic, with every technique to choose from. */
export function tacticCard({ attack, coverage, view, gaps, picture }: CoverageCardParts, tactic: Tactic): Card {
  const techniques = attack.techniquesOf(tactic.name);
  const covered = techniques.filter(({ id }) => standingOf(coverage, id, view).level.covers).length;
  const here = {
    ...gaps,
    open: gaps.open.filter(({ technique }) => technique.tactics.includes(tactic.name)),
    blocked: gaps.blocked.filter(({ tactics }) => tactics.includes(tactic.name)),
    unseen: 0,
  };
  return {
    title: `${tactic.title}: ${covered} of ${techniques.length} techniques ${view === 'hunted' ? 'hunted' : 'covered'}`,
    blocks: [
      ...picture,
      ...gapBlocks(here, 'tactic'),
      ...techniqueSelect('Look at a technique', techniques),
      { type: 'actions', buttons: [...otherViews(view, { tactic: tactic.name }), wholeMap(view)] },
      ...smallPrint(attack, coverage, here),
    ],
  };
}

function gapBlocks({ open, blocked, unseen }: Gaps, of: 'map' | 'tactic' = 'map'): Block[] {
  const blocks: Block[] = [];
  if (open.length > 0) {
    const shown = open.slice(0, namedGaps);
    const lines = shown.map(({ technique, tactic, subTechniques }) => {
      const about = [
        ...(of === 'map' ? [tactic.title] : []),
        ...(subTechniques > 0 ? [counted(subTechniques, 'sub-technique')] : []),
        ...(technique.uses === undefined ? [] : [`used by ${technique.uses}`]),
      ];
      return `• ${technique.id} ${technique.name}${about.length > 0 ? `: ${about.join(', ')}` : ''}`;
    });
    if (open.length > shown.length) lines.push(`… and ${open.length - shown.length} more`);
    blocks.push({ type: 'heading', text: 'Gaps that your logs could show' }, { type: 'text', text: lines.join('\n') });
  }
  if (blocked.length > 0) {
    const names = blocked.slice(0, namedGaps).map(({ id, name }) => `${id} ${name}`);
    const more = blocked.length > names.length ? ` and ${blocked.length - names.length} more` : '';
    blocks.push({
      type: 'text',
      text: `Covered only by queries that cannot run here: ${names.join(', ')}${more}.`,
    });
  }
  if (unseen > 0)
    blocks.push({
      type: 'note',
      text: `${counted(unseen, 'more technique')} ${unseen === 1 ? 'is' : 'are'} open that no table here could show: before an intrusion, or on platforms without logs.`,
    });
  return blocks;
}

function techniqueSelect(label: string, techniques: readonly { id: string; name: string }[]): Block[] {
  if (techniques.length === 0) return [];
  return [
    {
      type: 'select',
      field: 'technique',
      label,
      options: techniques.map(({ id, name }) => ({ value: id, label: `${id} ${name}`.slice(0, optionLength) })),
      act: { command: 'coverage', args: {} },
    },
  ];
}

function otherViews(view: CoverageView, args: Record<string, string>): Button[] {
  return [
    ...coverageViews
      .filter((one) => one !== view)
      .map((one) => ({
        label: viewNames[one],
        command: 'coverage',
        args: { ...args, of: one },
        opens: 'nothing' as const,
      })),
    {
      label: 'Navigator file',
      command: 'export coverage',
      args: { of: view, format: 'navigator' },
      opens: 'nothing',
    },
  ];
}

function wholeMap(view: CoverageView): Button {
  return { label: 'Whole map', command: 'coverage', args: { of: view }, opens: 'nothing' };
}

function smallPrint(attack: Attack, coverage: Coverage, gaps: Gaps): Block[] {
  const notes: string[] = [];
  if (gaps.open.length > 1)
    notes.push(
      gaps.rankedBy === 'uses'
        ? 'Gaps are ranked by how many groups, campaigns and programs ATT&CK has seen use them.'
        : 'Gaps are ranked by their number of sub-techniques, times the share of the tactic that is open: this ATT&CK data does not say how often a technique is used.',
    );
  if (!coverage.tables) notes.push('The tables of the query engine are not known now, so gaps are not sorted by them.');
  const moved = [...coverage.unknown].filter(([, { today }]) => today !== undefined);
  const gone = [...coverage.unknown].filter(([, { today }]) => today === undefined);
  if (moved.length > 0)
    notes.push(`Counted under their new ids: ${listed(moved.map(([id, { today }]) => `${id} (now ${today})`))}.`);
  if (gone.length > 0)
    notes.push(
      `Not on the map, because ATT&CK ${attack.version} does not know them: ${listed(gone.map(([id, { count }]) => `${id} (named by ${count})`))}.`,
    );
  notes.push(attack.notice);
  return notes.map((text) => ({ type: 'note', text }));
}

function listed(words: string[]): string {
  const shown = words.slice(0, 8);
  return `${shown.join(', ')}${words.length > shown.length ? ` and ${words.length - shown.length} more` : ''}`;
}
