import type { HuntQuery } from '../domain/query';
import type { Sweep } from '../domain/sweep';
import type { Find, Stores } from '../ports/stores';
import type { SweepPage, SweepPart } from '../views/sweep-result-card';
import { listPage } from './list-page';

const perPage = 15;

const mostChanged: NonNullable<Find<HuntQuery>['sort']> = [
  { field: 'resultChange', direction: 'down' },
  { field: 'resultCount', direction: 'down' },
  { field: 'number', direction: 'up' },
];

/** One page of what a sweep found, most changed first, or of what failed. Deleted queries are not listed. */
export async function sweepPage(
  stores: Pick<Stores, 'queries'>,
  sweep: Pick<Sweep, 'id'>,
  part: SweepPart,
  page = 1,
): Promise<SweepPage> {
  const where: NonNullable<Find<HuntQuery>['where']> = {
    resultSweep: { is: sweep.id },
    deletedAt: { missing: true },
    ...(part === 'found' ? { resultCount: { least: 1 } } : { resultState: { is: part } }),
  };
  const sort = part === 'found' ? mostChanged : [{ field: 'number' as const, direction: 'up' as const }];
  const { items, ...rest } = await listPage(stores.queries, { where, sort }, { page, perPage });
  return { part, queries: items, ...rest };
}
