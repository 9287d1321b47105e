import type { Attack, Technique } from '../domain/attack';
import { type Coverage, type CoverageView, type Covering, coverageLevels, standingOf } from '../domain/coverage';
import { viewNames } from './coverage-card';
import { levelColours } from './coverage-colours';
import { counted } from './wording';

/** What Navigator must be at least to read a layer of version 4.5. */
const navigatorVersion = '5.2.0';

/**
 * A layer of ATT&CK Navigator, format 4.5: a score from 0 to 100 in equal steps over the view's levels, each technique's colour as in the
 * picture, and what covers it as metadata. Every technique is listed, so that the layer shows gaps too; sub-techniques of those that
 * anything names unfold.
 */
export function navigatorLayer(attack: Attack, coverage: Coverage, view: CoverageView, at: Date): string {
  const levels = coverageLevels[view];
  const scoreOf = (id: string) => {
    const { level } = standingOf(coverage, id, view);
    return Math.round((levels.findIndex((one) => one.id === level.id) / (levels.length - 1)) * 100);
  };
  const layer = {
    name: `Talbot coverage: ${viewNames[view].toLowerCase()}`,
    versions: { attack: attack.version, navigator: navigatorVersion, layer: '4.5' },
    domain: 'enterprise-attack',
    description: `As of ${at.toISOString()}. ${attack.notice}`,
    sorting: 0,
    layout: {
      layout: 'side',
      showID: true,
      showName: true,
      showAggregateScores: false,
      countUnscored: false,
      aggregateFunction: 'max',
      expandedSubtechniques: 'none',
    },
    hideDisabled: false,
    techniques: attack.techniques.flatMap((technique) => entries(attack, coverage, view, technique, scoreOf)),
    gradient: {
      colors: levels.map(({ id }) => (id === 'none' ? '#ffffff' : levelColours[id])),
      minValue: 0,
      maxValue: 100,
    },
    legendItems: levels.map(({ id, label }) => ({ label, color: id === 'none' ? '#ffffff' : levelColours[id] })),
    showTacticRowBackground: false,
    selectTechniquesAcrossTactics: true,
    selectSubtechniquesWithParent: false,
    selectVisibleTechniques: false,
    metadata: [{ name: 'Made by', value: 'Talbot' }],
  };
  return `${JSON.stringify(layer, null, 1)}\n`;
}

/** One for each tactic that the technique serves, as Navigator keeps them. */
function entries(
  attack: Attack,
  coverage: Coverage,
  view: CoverageView,
  technique: Technique,
  scoreOf: (id: string) => number,
): object[] {
  const { level, onlySubTechniques } = standingOf(coverage, technique.id, view);
  const covering = coverage.techniques.get(technique.id)?.whole;
  const subs = attack.subTechniques(technique.id);
  const named = covering !== undefined && subs.some(({ id }) => coverage.techniques.has(id));
  return attack.tactics
    .filter(({ name }) => technique.tactics.includes(name))
    .map(({ slug }) => ({
      techniqueID: technique.id,
      tactic: slug,
      score: scoreOf(technique.id),
      ...(level.id === 'none' ? {} : { color: levelColours[level.id] }),
      comment: level.id === 'none' ? '' : `${level.label}${onlySubTechniques ? ', by sub-techniques alone' : ''}`,
      enabled: true,
      metadata: covering ? metadataOf(covering) : [],
      ...(subs.length > 0 ? { showSubtechniques: named } : {}),
    }));
}

const keysShown = 20;

function metadataOf({ queries, blocked, templates, rules, hunts }: Covering): { name: string; value: string }[] {
  const keys = (set: Iterable<string>) => {
    const all = [...set];
    const more = all.length - keysShown;
    return `${all.slice(0, keysShown).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
  };
  return [
    ...(queries.size > 0 ? [{ name: 'Hunting queries', value: keys(queries) }] : []),
    ...(blocked.size > 0 ? [{ name: 'Queries that cannot run', value: keys(blocked) }] : []),
    ...(rules.size > 0 ? [{ name: 'Active rules', value: counted(rules.size, 'rule') }] : []),
    ...(templates.size > 0 ? [{ name: 'Rule templates', value: counted(templates.size, 'template') }] : []),
    ...(hunts.size > 0
      ? [{ name: 'Hunts', value: keys([...hunts].map(([key, verdict]) => `${key} (${verdict})`)) }]
      : []),
  ];
}
