import type { Sweep, SweepCounts } from '../domain/sweep';
import type { Stores } from '../ports/stores';

/** What stands on the queries so far: those that a later sweep counted again are not among them any more. */
export async function sweepCounts(
  stores: Pick<Stores, 'queries'>,
  sweep: Pick<Sweep, 'id' | 'queries'>,
): Promise<SweepCounts> {
  const mine = { resultSweep: { is: sweep.id } };
  const [{ resultState: states }, found] = await Promise.all([
    stores.queries.tally(['resultState'], { where: mine }),
    stores.queries.count({ where: { ...mine, resultCount: { least: 1 } } }),
  ]);
  const of = (state: string) => states.find((one) => one.value === state)?.count ?? 0;
  const done = states.reduce((sum, one) => sum + one.count, 0);
  return { total: sweep.queries.length, done, found, missing: of('missing'), failed: of('failed') };
}
