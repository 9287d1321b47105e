import type { Attack, Tactic, Technique } from './attack';
import { type Coverage, type CoverageView, levelOf, standingOf } from './coverage';
import { platformsOfTable } from './table-platforms';

export interface TacticStanding {
  tactic: Tactic;
  techniques: number;
  covered: number;
}

/** How much of each tactic is covered, in the order of the matrix. */
export function tacticStandings(attack: Attack, coverage: Coverage, view: CoverageView): TacticStanding[] {
  return attack.tactics.map((tactic) => {
    const techniques = attack.techniquesOf(tactic.name);
    const covered = techniques.filter(({ id }) => standingOf(coverage, id, view).level.covers).length;
    return { tactic, techniques: techniques.length, covered };
  });
}

export interface Gap {
  technique: Technique;
  subTechniques: number;
  /** Its tactic of which least is covered. */
  tactic: Tactic;
  /** Tables here that tell of its platforms. */
  tables: string[];
}

export interface Gaps {
  /** Techniques that logs here could show and that nothing covers, the gravest first. */
  open: Gap[];
  /** Those that nothing covers and that no table here tells of: before the intrusion, or on platforms without logs. */
  unseen: number;
  /** Covered by queries alone, none of which can run here. */
  blocked: Technique[];
  rankedBy: 'uses' | 'breadth';
}

/**
 * Ranked by how many groups and programs ATT&CK has seen use the technique, where the data says so; else by how many sub-techniques it
 * has, times the share of its tactic that is not covered. Where the tables are unknown, everything but what happens before an
 * intrusion counts as visible.
 */
export function findGaps(attack: Attack, coverage: Coverage, view: CoverageView): Gaps {
  const standings = tacticStandings(attack, coverage, view);
  const openShare = new Map(
    standings.map(({ tactic, techniques, covered }) => [tactic.name, 1 - covered / Math.max(1, techniques)]),
  );
  const tablesByPlatform = platformTables(coverage.tables ?? []);
  const gaps: Gaps = {
    open: [],
    unseen: 0,
    blocked: [],
    rankedBy: attack.techniques.some(({ uses }) => uses !== undefined) ? 'uses' : 'breadth',
  };
  const top = attack.techniques.filter(({ id }) => !id.includes('.'));
  for (const technique of top) {
    const level = levelOf(coverage.techniques.get(technique.id)?.whole, view);
    if (level.covers) continue;
    if (level.id === 'blocked') {
      gaps.blocked.push(technique);
      continue;
    }
    const tables = [...new Set(technique.platforms.flatMap((platform) => tablesByPlatform.get(platform) ?? []))];
    const visible = coverage.tables ? tables.length > 0 : technique.platforms.some((platform) => platform !== 'PRE');
    if (!visible) {
      gaps.unseen += 1;
      continue;
    }
    const [tactic] = attack.tactics
      .filter(({ name }) => technique.tactics.includes(name))
      .toSorted((a, b) => (openShare.get(b.name) ?? 0) - (openShare.get(a.name) ?? 0));
    if (tactic) gaps.open.push({ technique, subTechniques: attack.subTechniques(technique.id).length, tactic, tables });
  }
  const weight = ({ technique, subTechniques, tactic }: Gap) =>
    gaps.rankedBy === 'uses' ? (technique.uses ?? 0) : (1 + subTechniques) * (openShare.get(tactic.name) ?? 0);
  gaps.open.sort((a, b) => weight(b) - weight(a) || (a.technique.id < b.technique.id ? -1 : 1));
  return gaps;
}

function platformTables(tables: readonly string[]): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const table of tables)
    for (const platform of platformsOfTable(table)) found.set(platform, [...(found.get(platform) ?? []), table]);
  return found;
}
