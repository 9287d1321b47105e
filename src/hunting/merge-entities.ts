import type { Context } from '../commands/context';
import type { Entity } from '../domain/entity';
import type { PersonRef } from '../domain/ids';
import { change } from './change';

export type EntityDeps = Pick<Context, 'stores' | 'clock'>;

/** Makes one entity of two: `into` takes what `from` has, and `from` stays to be split off again. Nothing where they are one already. */
export async function mergeEntities(
  deps: EntityDeps,
  into: string,
  from: string,
  by?: PersonRef,
): Promise<Entity | null> {
  const target = await deps.stores.entities.get(into);
  const other = await deps.stores.entities.get(from);
  if (!target || !other || target.id === other.id || other.mergedInto) return target;
  const now = deps.clock.now();
  const gave = {
    keys: other.keys.filter((key) => !target.keys.includes(key)),
    bookmarks: other.bookmarks.filter((key) => !target.bookmarks.includes(key)),
    hunts: other.hunts.filter((key) => !target.hunts.includes(key)),
  };
  const mine = await change(deps.stores.entities, from, (current) =>
    current.mergedInto ? null : { ...current, mergedInto: into, gave, ...(by ? { mergedBy: by } : {}), updatedAt: now },
  );
  if (mine?.mergedInto !== into) return target;
  // What was merged into the other one follows it.
  const followers = await deps.stores.entities.find({ where: { mergedInto: { is: from } }, limit: 100 });
  for (const one of followers)
    await change(deps.stores.entities, one.id, (current) => ({ ...current, mergedInto: into }));
  const joined = await change(deps.stores.entities, into, (current) =>
    current.mergedInto
      ? null
      : {
          ...current,
          // As it was when it was marked: nothing is written to it any more.
          identifiers: joinIdentifiers(current, mine),
          keys: [...new Set([...current.keys, ...mine.keys])],
          hunts: [...new Set([...current.hunts, ...mine.hunts])],
          bookmarks: [...new Set([...current.bookmarks, ...mine.bookmarks])],
          ...span(current, mine),
          updatedAt: now,
        },
  );
  if (!joined?.mergedInto) return joined;
  // The one it went into was merged meanwhile: it goes on to where that one is.
  await change(deps.stores.entities, from, (current) => {
    const { mergedInto: _into, ...rest } = current;
    return rest;
  });
  return mergeEntities(deps, joined.mergedInto, from, by);
}

/** Takes a merged entity out again; from now on rows do not put the two together. */
export async function splitEntity(deps: EntityDeps, id: string): Promise<{ entity: Entity; from: string } | null> {
  const merged = await deps.stores.entities.get(id);
  if (!merged?.mergedInto) return null;
  const from = merged.mergedInto;
  const { gave = { keys: [], bookmarks: [], hunts: [] } } = merged;
  const now = deps.clock.now();
  await change(deps.stores.entities, from, (current) => ({
    ...current,
    keys: current.keys.filter((key) => !gave.keys.includes(key)),
    bookmarks: current.bookmarks.filter((key) => !gave.bookmarks.includes(key)),
    hunts: current.hunts.filter((key) => !gave.hunts.includes(key)),
    identifiers: current.identifiers.filter(
      (one) => !merged.identifiers.some((other) => other.identifier === one.identifier && other.value === one.value),
    ),
    apart: [...new Set([...(current.apart ?? []), id])],
    updatedAt: now,
  }));
  const entity = await change(deps.stores.entities, id, (current) => {
    const { mergedInto: _into, gave: _gave, mergedBy: _by, ...rest } = current;
    return { ...rest, apart: [...new Set([...(current.apart ?? []), from])], updatedAt: now };
  });
  return entity ? { entity, from } : null;
}

function joinIdentifiers(one: Entity, other: Entity): Entity['identifiers'] {
  const more = other.identifiers.filter(
    (candidate) =>
      !one.identifiers.some(
        (known) =>
          known.identifier === candidate.identifier && known.value.toLowerCase() === candidate.value.toLowerCase(),
      ),
  );
  return [...one.identifiers, ...more].slice(0, 60);
}

function span(one: Entity, other: Entity): { firstSeen?: Date; lastSeen?: Date } {
  const firsts = [one.firstSeen, other.firstSeen].flatMap((at) => (at ? [at.getTime()] : []));
  const lasts = [one.lastSeen, other.lastSeen].flatMap((at) => (at ? [at.getTime()] : []));
  return {
    ...(firsts.length > 0 ? { firstSeen: new Date(Math.min(...firsts)) } : {}),
    ...(lasts.length > 0 ? { lastSeen: new Date(Math.max(...lasts)) } : {}),
  };
}
