import type { HuntQuery } from '../domain/query';
import type { Solution } from '../domain/solution';
import { dropQuery, type SolutionDeps } from './install-solution';
import { contentChanged } from './provided-content';
import { changedHere } from './query-content-hash';
import { removePart } from './solution-parts';

export interface Removal {
  /** Of the library, alive. */
  queries: HuntQuery[];
  /** Those of them that somebody changed here. */
  edited: HuntQuery[];
  /** Keys of the hunts that have clones of them, which stay. */
  hunts: string[];
}

/** What removing a solution would take away. Reads only. */
export async function planRemoval({ stores }: Pick<SolutionDeps, 'stores'>, solution: Solution): Promise<Removal> {
  const queries = await stores.queries.find({
    where: { solution: { is: solution.id }, hunt: { missing: true }, deletedAt: { missing: true } },
    sort: [{ field: 'number', direction: 'up' }],
    limit: 10_000,
  });
  const keys = queries.map((query) => query.id);
  const clones =
    keys.length > 0
      ? await stores.queries.find({ where: { source: { oneOf: keys }, deletedAt: { missing: true } }, limit: 10_000 })
      : [];
  const hunts = [...new Set(clones.flatMap((clone) => clone.hunt ?? []))];
  return { queries, edited: queries.filter(changedHere), hunts };
}

/** Takes a solution's queries and parts away. Safe to repeat after it was cut off. Resolves to the keys of the queries that were kept. */
export async function removeSolution(
  deps: SolutionDeps,
  solution: Solution,
  how: 'delete' | 'keep edited',
): Promise<string[]> {
  const { queries } = await planRemoval(deps, solution);
  const kept: string[] = [];
  for (const query of queries)
    if (!(await dropQuery(deps, query.id, how, 'removed with its solution'))) kept.push(query.id);
  for (const item of solution.items) await removePart(deps.stores, item.kind, item.key, solution.id);
  await deps.stores.solutions.remove(solution.id);
  if (solution.items.some(({ kind }) => kind === 'parser' || kind === 'watchlist')) await contentChanged(deps.stores);
  return kept;
}
