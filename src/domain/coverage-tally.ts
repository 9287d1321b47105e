import { type Attack, parentOf } from './attack';
import type { Coverage, Covering, TechniqueCoverage } from './coverage';
import type { HypothesisStatus } from './hunt';

export interface CoverageTally {
  query(key: string, techniques: Iterable<string>, runs: 'here' | 'nowhere'): void;
  template(key: string, techniques: Iterable<string>): void;
  rule(key: string, techniques: Iterable<string>): void;
  hunt(key: string, techniques: Iterable<string>, verdict: HypothesisStatus): void;
  /** `tables` where they are known. */
  finish(tables: readonly string[] | undefined): Coverage;
}

interface Growing extends Covering {
  queries: Set<string>;
  blocked: Set<string>;
  templates: Set<string>;
  rules: Set<string>;
  hunts: Map<string, HypothesisStatus>;
}

/** Sorts what names techniques under them: under what took the place of a revoked one, and under the parent of a sub-technique. */
export function createCoverageTally(attack: Attack): CoverageTally {
  const techniques = new Map<string, TechniqueCoverage & { own: Growing; whole: Growing }>();
  const unknown = new Map<string, { count: number; today?: string }>();

  function at(id: string) {
    let one = techniques.get(id);
    if (!one) {
      one = { own: nothingYet(), whole: nothingYet() };
      techniques.set(id, one);
    }
    return one;
  }

  function count(ids: Iterable<string>, mark: (growing: Growing) => void): void {
    for (const id of new Set(ids)) {
      const today = attack.today(id);
      if (today !== id) {
        const before = unknown.get(id)?.count ?? 0;
        unknown.set(id, { count: before + 1, ...(today === undefined ? {} : { today }) });
      }
      if (today === undefined) continue;
      mark(at(today).own);
      mark(at(today).whole);
      const parent = parentOf(today);
      if (parent !== undefined) mark(at(parent).whole);
    }
  }

  return {
    query: (key, ids, runs) => count(ids, ({ queries, blocked }) => (runs === 'here' ? queries : blocked).add(key)),
    template: (key, ids) => count(ids, ({ templates }) => templates.add(key)),
    rule: (key, ids) => count(ids, ({ rules }) => rules.add(key)),
    hunt: (key, ids, verdict) => count(ids, ({ hunts }) => hunts.set(key, verdict)),
    finish: (tables) => ({ techniques, unknown, ...(tables ? { tables } : {}) }),
  };
}

function nothingYet(): Growing {
  return { queries: new Set(), blocked: new Set(), templates: new Set(), rules: new Set(), hunts: new Map() };
}
