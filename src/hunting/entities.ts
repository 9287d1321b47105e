import type { Bookmark } from '../domain/bookmark';
import type { Entity } from '../domain/entity';
import { type NamedThing, nameOf, strongKeys, thingsOf, weakKey } from '../domain/entity-keys';
import { ConflictError } from '../errors';
import { change } from './change';
import { type EntityDeps, mergeEntities } from './merge-entities';

type Naming = Pick<Bookmark, 'id' | 'hunt' | 'eventTime' | 'entities'>;

/** Adds what a bookmark names: to the entity it is known as, or as a new one. Entities that one row ties together become one. */
export async function addEntities(deps: EntityDeps, bookmark: Naming): Promise<void> {
  for (const thing of thingsOf(bookmark.entities)) await addThing(deps, bookmark, thing);
}

/** `reuse` gives the keys of entities that are made again. */
export async function addThing(
  deps: EntityDeps,
  bookmark: Naming,
  thing: NamedThing,
  reuse: string[] = [],
): Promise<string | null> {
  const strong = strongKeys(thing);
  const weak = weakKey(thing, bookmark.hunt);
  if (weak === '') return null;
  for (let round = 0; round < 20; round++) {
    const [first] = await knownAs(deps, thing.type, strong, weak);
    const id = first?.id ?? (await insertEntity(deps, bookmark, thing, strong, weak, reuse));
    if (id === null) continue;
    // What was merged into another one meanwhile is looked for again: its keys lead to the other one.
    if (first && !(await tie(deps, id, bookmark, thing, [...strong, weak]))) continue;
    const settled = await joinAlike(deps, id);
    if (settled) return settled;
  }
  throw new ConflictError(`an entity of ${bookmark.id}`);
}

/** Makes one of all that share a strong key with an entity by now, the oldest staying; null where it was merged itself and has to be looked at again. */
async function joinAlike(deps: EntityDeps, id: string): Promise<string | null> {
  for (let round = 0; round < 20; round++) {
    const entity = await deps.stores.entities.get(id);
    if (!entity) return id;
    if (entity.mergedInto) return joinAlike(deps, entity.mergedInto);
    const strong = entity.keys.filter((key) => !key.startsWith('w|'));
    if (strong.length === 0) return id;
    const found = await deps.stores.entities.find({
      where: { keys: { oneOf: strong }, mergedInto: { missing: true } },
      sort: [{ field: 'number', direction: 'up' }],
      limit: 50,
    });
    const alike = found.filter((one) => one.type === entity.type && (one.id === id || !isApart(entity, one)));
    const [oldest, ...others] = alike;
    if (!oldest || others.length === 0) return id;
    for (const other of others) await mergeEntities(deps, oldest.id, other.id);
  }
  return null;
}

/** Who shares a strong key, the oldest first, without those that people keep apart; by its weak name only what nothing else could be. */
async function knownAs(deps: EntityDeps, type: string, strong: string[], weak: string): Promise<Entity[]> {
  const find = (keys: string[]) =>
    deps.stores.entities.find({
      where: { keys: { oneOf: keys }, mergedInto: { missing: true } },
      sort: [{ field: 'number', direction: 'up' }],
      limit: 50,
    });
  if (strong.length > 0) {
    const [first, ...rest] = (await find(strong)).filter((one) => one.type === type);
    if (!first) return [];
    return [first, ...rest.filter((one) => !isApart(first, one))];
  }
  const named = (await find([weak])).filter((one) => one.type === type);
  if (named.length <= 1) return named;
  // Several are called so here: a bare name says which only where one has nothing but the name.
  return named.filter((one) => one.keys.every((key) => key.startsWith('w|'))).slice(0, 1);
}

export function isApart(one: Pick<Entity, 'id' | 'apart'>, other: Pick<Entity, 'id' | 'apart'>): boolean {
  return (one.apart ?? []).includes(other.id) || (other.apart ?? []).includes(one.id);
}

async function insertEntity(
  deps: EntityDeps,
  bookmark: Naming,
  thing: NamedThing,
  strong: string[],
  weak: string,
  reuse: string[],
): Promise<string | null> {
  const again = reuse.shift();
  const number = again ? Number(again.slice(2)) : await deps.stores.next('entity');
  const now = deps.clock.now();
  // The two lists differ in who can be found by them: of one key, no two entities begin.
  const key = strong[0] ?? (await freeWeakKey(deps, weak));
  try {
    const made = await deps.stores.entities.insert({
      id: `E-${number}`,
      number,
      type: thing.type,
      name: nameOf(thing),
      identifiers: thing.identifiers,
      keys: [...new Set([...strong, weak])],
      key,
      hunts: [bookmark.hunt],
      bookmarks: [bookmark.id],
      createdAt: now,
      updatedAt: now,
      ...seen({}, bookmark.eventTime),
    });
    return made.id;
  } catch (error) {
    if (!(error instanceof ConflictError)) throw error;
    if (again) reuse.unshift(again);
    return null;
  }
}

/** A bare name that several entities share begins a further one under a key of its own. */
async function freeWeakKey(deps: EntityDeps, weak: string): Promise<string> {
  const named = await deps.stores.entities.count({ where: { keys: { is: weak }, mergedInto: { missing: true } } });
  return named === 0 ? weak : `${weak}|${named}`;
}

/** False where it was merged into another one, or is gone. */
async function tie(
  deps: EntityDeps,
  id: string,
  bookmark: Naming,
  thing: NamedThing,
  keys: string[],
): Promise<boolean> {
  const tied = await change(deps.stores.entities, id, (current) => {
    if (current.mergedInto) return null;
    const identifiers = [...current.identifiers];
    for (const one of thing.identifiers)
      if (
        !identifiers.some(
          (known) => known.identifier === one.identifier && known.value.toLowerCase() === one.value.toLowerCase(),
        )
      )
        identifiers.push(one);
    return {
      ...current,
      name: betterName(current, thing),
      identifiers: identifiers.slice(0, 60),
      keys: [...new Set([...current.keys, ...keys])],
      hunts: [...new Set([...current.hunts, bookmark.hunt])],
      bookmarks: [...new Set([...current.bookmarks, bookmark.id])],
      updatedAt: deps.clock.now(),
      ...seen(current, bookmark.eventTime),
    };
  });
  return tied !== null && tied.mergedInto === undefined;
}

/** A whole name beats a bare one: `user1@contoso.com` over `user1`. */
function betterName(current: Entity, thing: NamedThing): string {
  const name = nameOf(thing);
  const bare = (text: string) => !/[@\\/.]/.test(text);
  return bare(current.name) && !bare(name) ? name : current.name;
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

/** Takes away what a bookmark alone said: its entities are made again of what the other bookmarks say, under the keys they had. */
export async function removeEntities(deps: EntityDeps, bookmark: Pick<Bookmark, 'id'>): Promise<void> {
  const tied = await deps.stores.entities.find({ where: { bookmarks: { is: bookmark.id } }, limit: 1000 });
  for (const entity of tied) await withoutBookmark(deps, entity, bookmark.id);
}

async function withoutBookmark(deps: EntityDeps, entity: Entity, bookmark: string): Promise<void> {
  const left = entity.bookmarks.filter((one) => one !== bookmark);
  const merged = await deps.stores.entities.find({ where: { mergedInto: { is: entity.id } }, limit: 50 });
  // What people merged or split by hand stays as they left it.
  const byHand =
    entity.mergedInto !== undefined || entity.mergedBy || entity.apart || merged.some((one) => one.mergedBy);
  if (byHand) {
    const rest = await change(deps.stores.entities, entity.id, (current) => ({
      ...current,
      bookmarks: current.bookmarks.filter((one) => one !== bookmark),
    }));
    if (rest && rest.bookmarks.length === 0 && merged.length === 0) await deps.stores.entities.remove(entity.id);
    return;
  }
  for (const one of [entity, ...merged]) await deps.stores.entities.remove(one.id);
  if (left.length === 0) return;
  const reuse = [entity.id, ...merged.map((one) => one.id)];
  const others = await Promise.all(left.map((key) => deps.stores.bookmarks.get(key)));
  for (const other of others) {
    if (!other || other.deletedAt) continue;
    for (const thing of thingsOf(other.entities)) {
      const keys = [...strongKeys(thing), weakKey(thing, other.hunt)];
      if (thing.type === entity.type && keys.some((key) => entity.keys.includes(key)))
        await addThing(deps, other, thing, reuse);
    }
  }
}
