import type { SolutionContent } from '../content/read-solution';
import type { PersonRef } from '../domain/ids';
import type { HuntQuery } from '../domain/query';
import type { Solution } from '../domain/solution';
import { ConflictError } from '../errors';
import type { Clock } from '../ports/clock';
import type { Stores } from '../ports/stores';
import { change } from './change';
import { type PlannedQuery, planSolution, queryFieldsOf, type SolutionPlan } from './plan-solution';
import { contentChanged } from './provided-content';
import { queryColumns } from './query-columns';
import { changedHere } from './query-content-hash';
import { saveQuery } from './save-query';
import { removePart } from './solution-parts';

export interface SolutionDeps {
  stores: Stores;
  clock: Clock;
  person: PersonRef;
}

/** What came of an installation or update: keys of queries, names of other parts. */
export interface InstallReport {
  added: string[];
  updated: string[];
  /** Left as somebody changed them here. */
  kept: string[];
  removed: string[];
  /** Parts written, other than queries. */
  parts: number;
  /** Not written, because something else here has the name. */
  taken: { name: string; owner: string | undefined }[];
}

/**
 * Brings a solution to the version given: what is new or changed is written, what it has no more is deleted. A query that
 * somebody changed here stays as it is, unless its key is in `take`; it then counts as compared with the new version. Safe to
 * repeat after it was cut off.
 */
export async function installSolution(
  deps: SolutionDeps,
  content: SolutionContent,
  options: { take?: 'all' | readonly string[] } = {},
): Promise<InstallReport> {
  const { stores } = deps;
  const plan = await planSolution(deps, content);
  const report: InstallReport = { added: [], updated: [], kept: [], removed: [], parts: 0, taken: [] };
  const takes = (key: string) => options.take === 'all' || (options.take ?? []).includes(key);
  await writeParts(plan, report);
  const keys = new Map<string, string>();
  for (const planned of plan.queries) {
    const mine = planned.editedHere && !takes(planned.stored?.id ?? '');
    const query = mine ? await keepMine(deps, content, planned) : await writeQuery(deps, content, planned);
    keys.set(planned.content.id, query.id);
    if (mine) report.kept.push(query.id);
    else if (planned.state === 'new') report.added.push(query.id);
    else if (planned.state === 'changed' || planned.editedHere) report.updated.push(query.id);
  }
  await removeGone(deps, content, plan, takes, report);
  await keepSolution(deps, content, plan, keys);
  if (changesEngines(plan)) await contentChanged(stores);
  return report;
}

async function writeParts(plan: SolutionPlan, report: InstallReport): Promise<void> {
  for (const { part, state, owner } of plan.parts) {
    if (state === 'taken') report.taken.push({ name: part.name, owner });
    if (state !== 'new' && state !== 'changed') continue;
    await part.write();
    report.parts += 1;
  }
}

async function writeQuery(deps: SolutionDeps, content: SolutionContent, planned: PlannedQuery): Promise<HuntQuery> {
  const { stores, clock, person } = deps;
  const { stored, content: one, hash } = planned;
  const now = clock.now();
  const fields = {
    ...queryFieldsOf(one),
    solution: content.slug,
    author: content.author,
    contentVersion: one.version,
    contentHash: hash,
  };
  if (stored) {
    const action = planned.state === 'new' ? 'installed again' : 'updated by the solution';
    const saved = await saveQuery(deps, stored.id, {
      by: person,
      action,
      apply({ deletedAt: _deleted, ...current }) {
        return { ...current, ...fields, origin: 'content' };
      },
    });
    return saved ?? stored;
  }
  const number = await stores.next('query');
  return stores.queries.insert({
    id: `Q-${number}`,
    number,
    origin: 'content',
    contentId: one.id,
    ...fields,
    ...queryColumns(fields),
    createdBy: person,
    createdAt: now,
    updatedAt: now,
  });
}

/** The words stay; what they are compared with from now on is the new version. */
async function keepMine(
  { stores }: SolutionDeps,
  content: SolutionContent,
  planned: PlannedQuery,
): Promise<{ id: string }> {
  const { stored, hash, content: one } = planned;
  if (!stored) throw new Error(`${one.id} is not here`);
  const compared = { contentHash: hash, contentVersion: one.version, solution: content.slug };
  await change(stores.queries, stored.id, (current) =>
    current.contentHash === hash && current.solution === content.slug ? null : { ...current, ...compared },
  );
  return stored;
}

async function removeGone(
  deps: SolutionDeps,
  content: SolutionContent,
  plan: SolutionPlan,
  takes: (key: string) => boolean,
  report: InstallReport,
): Promise<void> {
  for (const query of plan.goneQueries) {
    const removed = await dropQuery(
      deps,
      query.id,
      takes(query.id) ? 'delete' : 'keep edited',
      'removed by the solution',
    );
    (removed ? report.removed : report.kept).push(query.id);
  }
  for (const item of plan.goneParts) await removePart(deps.stores, item.kind, item.key, content.slug);
}

/**
 * Deletes a solution's query; with `keep edited` one that somebody changed here stays as a query of one's own. Resolves to whether it
 * was deleted.
 */
export async function dropQuery(
  deps: SolutionDeps,
  key: string,
  how: 'delete' | 'keep edited',
  action: string,
): Promise<boolean> {
  const saved = await saveQuery(deps, key, {
    by: deps.person,
    action,
    apply(current) {
      if (current.deletedAt) return null;
      if (how === 'delete' || !changedHere(current)) return { ...current, deletedAt: deps.clock.now() };
      const { contentId: _id, contentHash: _hash, contentVersion: _version, solution: _solution, ...own } = current;
      return { ...own, origin: 'custom' };
    },
  });
  return saved?.deletedAt !== undefined;
}

async function keepSolution(
  { stores, clock, person }: SolutionDeps,
  content: SolutionContent,
  plan: SolutionPlan,
  keys: Map<string, string>,
): Promise<void> {
  const now = clock.now();
  const items: Solution['items'] = [
    ...content.queries.map(({ id, name }) => ({
      kind: 'hunting-query' as const,
      contentId: id,
      name,
      key: keys.get(id) ?? '',
    })),
    ...plan.parts.flatMap(({ part, state }) =>
      state === 'taken' ? [] : [{ kind: part.kind, contentId: part.contentId, name: part.name, key: part.id }],
    ),
  ];
  const { slug, name, description, author, version: solutionVersion } = content;
  const fields = { name, description, author, solutionVersion, items, updatedAt: now };
  const origin = 'built-in' as const;
  try {
    await stores.solutions.insert({ id: slug, origin, ...fields, installedBy: person, installedAt: now });
  } catch (error) {
    if (!(error instanceof ConflictError)) throw error;
    await change(stores.solutions, slug, (current) => ({ ...current, ...fields }));
  }
}

function changesEngines(plan: SolutionPlan): boolean {
  const counts = (kind: string) => kind === 'parser' || kind === 'watchlist';
  return (
    plan.parts.some(({ part, state }) => counts(part.kind) && (state === 'new' || state === 'changed')) ||
    plan.goneParts.some((item) => counts(item.kind))
  );
}
