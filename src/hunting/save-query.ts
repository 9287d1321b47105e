import type { PersonRef } from '../domain/ids';
import type { HuntQuery } from '../domain/query';
import type { QueryRevision } from '../domain/query-revision';
import { ConflictError } from '../errors';
import type { Clock } from '../ports/clock';
import type { Stores } from '../ports/stores';
import { queryColumns } from './query-columns';
import { queryContentHash } from './query-content-hash';

export interface SaveQueryDeps {
  stores: Pick<Stores, 'queries' | 'queryRevisions'>;
  clock: Clock;
}

const rounds = 10;

/**
 * Changes a query, and keeps what it was before as a revision: the one way in which a query's words change, or it is deleted or brought
 * back. `apply` must only depend on what it is given; null leaves the query alone, and so does a change of nothing. Sets `updatedAt` and
 * `queryColumns`, and drops a check of another text. Null where there is no such query. ConflictError where ten others were quicker.
 */
export async function saveQuery(
  deps: SaveQueryDeps,
  key: string,
  change: { by: PersonRef; action: string; apply: (current: HuntQuery) => HuntQuery | null },
): Promise<HuntQuery | null> {
  for (let round = 0; ; round++) {
    const current = await deps.stores.queries.get(key);
    const wanted = current && change.apply(current);
    if (!current || !wanted || isSame(current, wanted)) return current;
    const at = deps.clock.now();
    // First the revision: what a crash leaves behind is then a revision too many, never a change that cannot be undone.
    const revision = await keepRevision(deps, current, { by: change.by, action: change.action, at });
    try {
      return await deps.stores.queries.update({ ...upToDate(current, wanted), updatedAt: at });
    } catch (error) {
      await deps.stores.queryRevisions.remove(revision.id);
      if (!(error instanceof ConflictError) || round >= rounds - 1) throw error;
    }
  }
}

/** What was found out about other words does not hold for these. */
function upToDate(current: HuntQuery, wanted: HuntQuery): HuntQuery {
  const { check, tacticPlace: _place, ...rest } = wanted;
  const stale = wanted.text !== current.text && check === current.check;
  return { ...rest, ...(check && !stale ? { check } : {}), ...queryColumns(wanted) };
}

async function keepRevision(
  { stores }: SaveQueryDeps,
  query: HuntQuery,
  change: Pick<QueryRevision, 'by' | 'action' | 'at'>,
): Promise<QueryRevision> {
  const { name, description, text, tactics, techniques, entityMappings } = query;
  for (let round = 0; ; round++) {
    const [last] = await stores.queryRevisions.find({
      where: { query: { is: query.id } },
      sort: [{ field: 'number', direction: 'down' }],
      limit: 1,
    });
    const number = (last?.number ?? 0) + 1;
    const id = `${query.id}.${number}`;
    try {
      return await stores.queryRevisions.insert({
        ...change,
        id,
        query: query.id,
        number,
        name,
        description,
        text,
        tactics,
        techniques,
        entityMappings,
      });
    } catch (error) {
      if (!(error instanceof ConflictError) || round >= rounds - 1) throw error;
    }
  }
}

function isSame(one: HuntQuery, other: HuntQuery): boolean {
  return (
    queryContentHash(one) === queryContentHash(other) &&
    (one.deletedAt === undefined) === (other.deletedAt === undefined) &&
    one.contentHash === other.contentHash &&
    one.contentVersion === other.contentVersion &&
    one.solution === other.solution
  );
}
