import type { Context } from '../commands/context';
import { personKey } from '../domain/ids';
import type { HuntQuery } from '../domain/query';
import type { QueryFacts } from '../views/query-card';
import { checkQuery, queryFault } from './check-query';
import { changedHere } from './query-content-hash';

const mostHunts = 5;

/** All that is known of a query beside itself, for the one who asks. */
export async function queryFacts(ctx: Context, query: HuntQuery): Promise<QueryFacts> {
  const clones = { source: { is: query.id }, hunt: { least: 'H-' }, deletedAt: { missing: true as const } };
  const [fault, revisions, found, total] = await Promise.all([
    checkQuery(ctx, query.text),
    ctx.stores.queryRevisions.count({ where: { query: { is: query.id } } }),
    ctx.stores.queries.find({ where: clones, sort: [{ field: 'createdAt', direction: 'down' }], limit: mostHunts }),
    ctx.stores.queries.count({ where: clones }),
  ]);
  return {
    changedHere: changedHere(query),
    ...(query.hunt ? {} : { favourite: query.favourites?.includes(personKey(ctx.person)) ?? false }),
    fault: fault ? queryFault(fault) : null,
    revisions,
    hunts: { keys: found.flatMap((clone) => clone.hunt ?? []), total },
  };
}
