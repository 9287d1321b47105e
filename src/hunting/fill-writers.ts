import { personKey } from '../domain/ids';
import type { Stores } from '../ports/stores';
import { change } from './change';

/**
 * Gives queries that people wrote here before `createdByKey` existed that key, so that “written by me” finds them. Safe in two processes
 * at once; where all have it, it is one look. Resolves to how many were given one.
 */
export async function fillWriters(stores: Pick<Stores, 'queries'>): Promise<number> {
  const older = await stores.queries.pick(['id', 'createdBy'], {
    // An author means content that became a query of one's own: nobody here wrote it.
    where: { origin: { is: 'custom' }, createdByKey: { missing: true }, author: { missing: true } },
    limit: 1_000_000,
  });
  const byPeople = older.filter(({ createdBy }) => createdBy.platform !== 'system');
  for (const { id, createdBy } of byPeople)
    await change(stores.queries, id, (current) =>
      current.createdByKey === undefined ? { ...current, createdByKey: personKey(createdBy) } : null,
    );
  return byPeople.length;
}
