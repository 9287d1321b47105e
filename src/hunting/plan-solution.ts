import type { HuntingQueryContent } from '../content/read-hunting-query';
import type { SolutionContent } from '../content/read-solution';
import type { PersonRef } from '../domain/ids';
import type { HuntQuery } from '../domain/query';
import type { Solution } from '../domain/solution';
import type { Clock } from '../ports/clock';
import type { Stores } from '../ports/stores';
import { changedHere, queryContentHash } from './query-content-hash';
import { type SolutionPart, solutionParts } from './solution-parts';

export interface PlannedQuery {
  content: HuntingQueryContent;
  /** Of the content: what `contentHash` becomes. */
  hash: string;
  stored: HuntQuery | undefined;
  state: 'new' | 'same' | 'changed';
  /** Somebody changed or deleted it here since it was installed. */
  editedHere: boolean;
}

export interface PlannedPart {
  part: SolutionPart;
  /** `taken`: something else here has its name. */
  state: 'new' | 'same' | 'changed' | 'taken';
  /** The solution that has its name. */
  owner?: string | undefined;
}

/** What installing or updating a solution would do. */
export interface SolutionPlan {
  queries: PlannedQuery[];
  parts: PlannedPart[];
  /** Queries and parts that this version has no more. */
  goneQueries: HuntQuery[];
  goneParts: Solution['items'];
}

/** Compares a solution's content with what is here. Reads only. */
export async function planSolution(
  deps: { stores: Stores; clock: Clock; person: PersonRef },
  content: SolutionContent,
): Promise<SolutionPlan> {
  const { stores } = deps;
  const installed = await stores.solutions.get(content.slug);
  const known = await queriesByContent(stores, [
    ...content.queries.map((one) => one.id),
    ...(installed?.items ?? []).filter((one) => one.kind === 'hunting-query').map((one) => one.contentId),
  ]);
  const queries = content.queries.map((one) => planQuery(one, known.get(one.id), installed));
  const parts = await Promise.all(
    solutionParts(stores, content, deps.person, deps.clock.now()).map(async (part): Promise<PlannedPart> => {
      const stored = await part.stored();
      if (!stored) return { part, state: 'new' };
      if (stored.solution !== content.slug) return { part, state: 'taken', owner: stored.solution };
      return { part, state: stored.contentHash === part.hash ? 'same' : 'changed' };
    }),
  );
  const there = new Set(content.queries.map((one) => one.id));
  const goneQueries = [...known.values()].filter(
    (query) => query.solution === content.slug && !query.deletedAt && !there.has(query.contentId ?? ''),
  );
  const goneParts = (installed?.items ?? []).filter(
    (item) =>
      item.kind !== 'hunting-query' && !parts.some(({ part }) => part.kind === item.kind && part.id === item.key),
  );
  return { queries, parts, goneQueries, goneParts };
}

/** True where nothing of the solution is newer than what is here. */
export function isUpToDate(plan: SolutionPlan): boolean {
  return (
    plan.queries.every((one) => one.state === 'same') &&
    plan.parts.every((one) => one.state === 'same' || one.state === 'taken') &&
    plan.goneQueries.length === 0 &&
    plan.goneParts.length === 0
  );
}

/** The fields of a query that its content gives. */
export function queryFieldsOf(content: HuntingQueryContent) {
  const { name, description, query: text, tactics, techniques, dataTypes, entityMappings } = content;
  return { name, description, text, tactics, techniques, dataTypes, entityMappings };
}

function planQuery(
  content: HuntingQueryContent,
  stored: HuntQuery | undefined,
  installed: Solution | null,
): PlannedQuery {
  const hash = queryContentHash(queryFieldsOf(content));
  if (!stored || (stored.deletedAt && !installed)) return { content, hash, stored, state: 'new', editedHere: false };
  const ownWords = stored.contentHash === undefined && queryContentHash(stored) !== hash;
  const deleted = stored.deletedAt !== undefined;
  return {
    content,
    hash,
    stored,
    state: stored.contentHash === hash ? 'same' : 'changed',
    editedHere: deleted || ownWords || changedHere(stored),
  };
}

async function queriesByContent(stores: Pick<Stores, 'queries'>, ids: string[]): Promise<Map<string, HuntQuery>> {
  if (ids.length === 0) return new Map();
  const found = await stores.queries.find({ where: { contentId: { oneOf: ids } }, limit: ids.length });
  return new Map(found.map((query) => [query.contentId ?? '', query]));
}
