import type { HypothesisStatus } from './hunt';

/** What covers a technique, by key, so that a technique and its sub-techniques together count nothing twice. */
export interface Covering {
  /** Hunting queries of the library that can run here. */
  queries: ReadonlySet<string>;
  /** Those that cannot, for want of a table or because the engine refuses them. */
  blocked: ReadonlySet<string>;
  /** Templates of analytics rules. */
  templates: ReadonlySet<string>;
  /** Analytics rules that are active. */
  rules: ReadonlySet<string>;
  /** Hunts that ran a query for it to the end, with what came of them. */
  hunts: ReadonlyMap<string, HypothesisStatus>;
}

export interface TechniqueCoverage {
  /** What names the technique itself. */
  own: Covering;
  /** What names it or one of its sub-techniques. */
  whole: Covering;
}

export interface Coverage {
  /** Of every technique and sub-technique of ATT&CK that something names; sub-techniques count for their technique too. */
  techniques: ReadonlyMap<string, TechniqueCoverage>;
  /** Ids that content names and this version of ATT&CK lacks, with what took their place where that is known. */
  unknown: ReadonlyMap<string, { count: number; today?: string }>;
  /** Tables that the default engine has; absent where it could not be asked. */
  tables?: readonly string[];
}

/** What a map of the coverage looks at. */
export const coverageViews = ['all', 'hunting', 'rules', 'hunted'] as const;
export type CoverageView = (typeof coverageViews)[number];

export interface Level {
  id: 'none' | 'blocked' | 'content' | 'little' | 'some' | 'much' | 'hunted' | 'validated' | 'rule';
  label: string;
  /** From here on a technique counts as covered. */
  covers: boolean;
}

const none: Level = { id: 'none', label: 'Nothing', covers: false };
const blocked: Level = { id: 'blocked', label: 'Only queries that cannot run here', covers: false };
const content: Level = { id: 'content', label: 'Queries or rule templates', covers: true };
const hunted: Level = { id: 'hunted', label: 'Hunted', covers: true };
const validated: Level = { id: 'validated', label: 'Hunted and found', covers: true };
const rule: Level = { id: 'rule', label: 'Rule active', covers: true };
const templates: Level = { id: 'content', label: 'In rule templates', covers: true };
const little: Level = { id: 'little', label: '1 query', covers: true };
const some: Level = { id: 'some', label: '2 to 4 queries', covers: true };
const much: Level = { id: 'much', label: '5 queries or more', covers: true };

/** From nothing to most, for the legend. */
export const coverageLevels: Record<CoverageView, readonly Level[]> = {
  all: [none, blocked, content, hunted, validated, rule],
  hunting: [none, blocked, little, some, much],
  rules: [none, templates, rule],
  hunted: [none, hunted, validated],
};

export function levelOf(covering: Covering | undefined, view: CoverageView): Level {
  if (!covering) return none;
  const verdicts = [...covering.hunts.values()];
  const queries = covering.queries.size;
  if (view === 'hunting') {
    if (queries === 0) return covering.blocked.size > 0 ? blocked : none;
    if (queries === 1) return little;
    return queries < 5 ? some : much;
  }
  if (view !== 'hunted' && covering.rules.size > 0) return rule;
  if (view === 'rules') return covering.templates.size > 0 ? templates : none;
  if (verdicts.includes('Validated')) return validated;
  if (verdicts.length > 0) return hunted;
  if (view === 'hunted') return none;
  if (queries > 0 || covering.templates.size > 0) return content;
  return covering.blocked.size > 0 ? blocked : none;
}

/** How a technique stands: its level, and whether only its sub-techniques have it. */
export function standingOf(
  coverage: Coverage,
  id: string,
  view: CoverageView,
): { level: Level; onlySubTechniques: boolean } {
  const found = coverage.techniques.get(id);
  const level = levelOf(found?.whole, view);
  return { level, onlySubTechniques: level.covers && !levelOf(found?.own, view).covers };
}
