import { type Attack, parentOf } from '../domain/attack';
import { type Coverage, type CoverageView, standingOf } from '../domain/coverage';
import { csvLine } from './csv-line';

const columns = [
  'Technique',
  'Name',
  'SubTechniqueOf',
  'Tactics',
  'Platforms',
  'Level',
  'Covered',
  'OnlySubTechniques',
  'Queries',
  'QueriesThatCannotRun',
  'ActiveRules',
  'RuleTemplates',
  'Hunts',
  'ValidatedHunts',
  'QueryKeys',
  'HuntKeys',
];

/** Every technique and sub-technique with its numbers; a technique's include those of its sub-techniques. */
export function coverageCsv(attack: Attack, coverage: Coverage, view: CoverageView): string {
  const lines = attack.techniques.map(({ id, name, tactics, platforms }) => {
    const { level, onlySubTechniques } = standingOf(coverage, id, view);
    const found = coverage.techniques.get(id)?.whole;
    const hunts = [...(found?.hunts ?? [])];
    return csvLine([
      id,
      name,
      parentOf(id) ?? '',
      tactics.join('; '),
      platforms.join('; '),
      level.label,
      level.covers,
      onlySubTechniques,
      found?.queries.size ?? 0,
      found?.blocked.size ?? 0,
      found?.rules.size ?? 0,
      found?.templates.size ?? 0,
      hunts.length,
      hunts.filter(([, verdict]) => verdict === 'Validated').length,
      [...(found?.queries ?? []), ...(found?.blocked ?? [])].join('; '),
      hunts.map(([key]) => key).join('; '),
    ]);
  });
  return csvLine(columns) + lines.join('');
}
