import type { Context } from '../commands/context';
import type { Bookmark, EntityValue } from '../domain/bookmark';
import { ConflictError } from '../errors';
import { change } from './change';

/** Account names that every machine has: they name nobody. Sentinel drops the same ones. */
const builtIn = new Set([
  'admin',
  'administrator',
  'system',
  'root',
  'anonymous',
  'authenticated user',
  'network',
  'null',
  'local system',
  'localsystem',
  'network service',
]);

/** What makes two values one entity. */
function entityKey(entity: EntityValue): string {
  return `${entity.type}|${entity.value.trim().toLowerCase()}`;
}

export function namesSomething(entity: EntityValue): boolean {
  const value = entity.value.trim().toLowerCase();
  if (value === '' || value === '-') return false;
  return entity.type !== 'Account' || !builtIn.has(value.replace(/^.*\\/, ''));
}

/** Adds a bookmark's entities to its hunt, or ties them to the bookmark where they are there already. */
export async function addEntities(ctx: Context, bookmark: Bookmark): Promise<void> {
  for (const entity of bookmark.entities) {
    const key = entityKey(entity);
    const [known] = await ctx.stores.entities.find({ where: { key: { is: key } }, limit: 1 });
    const id = known?.id ?? (await insertEntity(ctx, bookmark, entity, key));
    if (id === null) continue;
    await change(ctx.stores.entities, id, (current) => ({
      ...current,
      hunts: [...new Set([...current.hunts, bookmark.hunt])],
      bookmarks: [...new Set([...current.bookmarks, bookmark.id])],
      updatedAt: ctx.clock.now(),
      ...seen(current, bookmark.eventTime),
    }));
  }
}

async function insertEntity(
  ctx: Context,
  bookmark: Bookmark,
  entity: EntityValue,
  key: string,
): Promise<string | null> {
  const number = await ctx.stores.next('entity');
  try {
    await ctx.stores.entities.insert({
      id: `E-${number}`,
      number,
      type: entity.type,
      name: entity.value.trim(),
      identifiers: [{ identifier: entity.identifier, value: entity.value.trim() }],
      keys: [],
      key,
      hunts: [bookmark.hunt],
      bookmarks: [bookmark.id],
      createdAt: ctx.clock.now(),
      updatedAt: ctx.clock.now(),
      ...seen({}, bookmark.eventTime),
    });
    return null;
  } catch (error) {
    if (!(error instanceof ConflictError)) throw error;
    const [known] = await ctx.stores.entities.find({ where: { key: { is: key } }, limit: 1 });
    return known?.id ?? null;
  }
}

function seen(
  current: { firstSeen?: Date | undefined; lastSeen?: Date | undefined },
  at: Date | undefined,
): { firstSeen?: Date; lastSeen?: Date } {
  if (!at) return {};
  const first = current.firstSeen && current.firstSeen < at ? current.firstSeen : at;
  const last = current.lastSeen && current.lastSeen > at ? current.lastSeen : at;
  return { firstSeen: first, lastSeen: last };
}

/** Unties a deleted bookmark; an entity that no bookmark names any more goes. */
export async function removeEntities(ctx: Context, bookmark: Bookmark): Promise<void> {
  const tied = await ctx.stores.entities.find({
    where: { bookmarks: { is: bookmark.id } },
    limit: 1000,
  });
  for (const entity of tied) {
    const left = await change(ctx.stores.entities, entity.id, (current) => ({
      ...current,
      bookmarks: current.bookmarks.filter((one) => one !== bookmark.id),
    }));
    if (left && left.bookmarks.length === 0) await ctx.stores.entities.remove(entity.id);
  }
}
