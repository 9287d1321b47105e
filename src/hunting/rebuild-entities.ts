import { ConflictError } from '../errors';
import type { Log } from '../log';
import type { Stores } from '../ports/stores';
import { addEntities } from './entities';
import type { EntityDeps } from './merge-entities';

const done = 'entities.resolved';

/**
 * Earlier versions kept entities for each hunt by itself. They are made again of the bookmarks, once: numbers are new, nothing that a bookmark
 * names is lost. A process that dies half-way, or a second one beside it, does no harm: adding again changes nothing.
 */
export async function rebuildEntities(
  deps: EntityDeps & { stores: Pick<Stores, 'settings' | 'entities' | 'bookmarks' | 'next'>; log: Log },
): Promise<void> {
  if (await deps.stores.settings.get(done)) return;
  // Of the earlier shape: it had no keys.
  await deps.stores.entities.removeWhere({ keys: { missing: true } });
  let rebuilt = 0;
  for (let last = 0; ; ) {
    const page = await deps.stores.bookmarks.find({
      where: { number: { least: last + 1 }, deletedAt: { missing: true } },
      sort: [{ field: 'number', direction: 'up' }],
      limit: 100,
    });
    for (const bookmark of page) await addEntities(deps, bookmark);
    rebuilt += page.length;
    const end = page.at(-1);
    if (!end) break;
    last = end.number;
  }
  await insertOnce(deps.stores, done);
  if (rebuilt > 0) deps.log.info({ bookmarks: rebuilt }, 'entities were made again of the bookmarks');
}

async function insertOnce(stores: Pick<Stores, 'settings'>, id: string): Promise<void> {
  try {
    await stores.settings.insert({ id, value: 'done' });
  } catch (error) {
    if (!(error instanceof ConflictError)) throw error;
  }
}
