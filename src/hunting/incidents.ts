import type { Context } from '../commands/context';
import type { Bookmark } from '../domain/bookmark';
import { type Incident, incidentLimits } from '../domain/incident';
import { UserError } from '../errors';
import { change } from './change';
import { recordChange } from './record-change';
import { refreshHunt } from './refresh-hunt';

export async function findIncident(ctx: Pick<Context, 'stores'>, key: string): Promise<Incident> {
  const incident = await ctx.stores.incidents.get(key);
  if (!incident || incident.deletedAt)
    throw new UserError(
      'not-found',
      `There is no incident ${key}.`,
      incident ? `“incident restore ${key}” brings it back.` : 'Type “incidents” to see them.',
    );
  return incident;
}

/** Changes an incident, writes it into the timelines of its hunts, and brings its cards up to date. */
export async function changeIncident(
  ctx: Context,
  key: string,
  what: { what: string; before?: string | undefined; after?: string | undefined },
  apply: (current: Incident) => Incident | null,
): Promise<Incident> {
  await findIncident(ctx, key);
  let did = false;
  const incident = await change(ctx.stores.incidents, key, (current) => {
    const next = current.deletedAt ? null : apply(current);
    did = next !== null;
    return next ? { ...next, updatedAt: ctx.clock.now() } : null;
  });
  if (!incident || incident.deletedAt) throw new UserError('not-found', `There is no incident ${key} any more.`);
  if (did) await tellHunts(ctx, incident, what);
  return incident;
}

export async function tellHunts(
  ctx: Context,
  incident: Incident,
  what: { what: string; before?: string | undefined; after?: string | undefined },
): Promise<void> {
  for (const hunt of incident.hunts) {
    await recordChange(ctx, { hunt, subject: incident.id, ...what });
    await refreshHunt(ctx, hunt);
  }
  await refreshIncident(ctx, incident.id);
}

export async function refreshIncident(ctx: Pick<Context, 'queue'>, incident: string): Promise<void> {
  await ctx.queue.add('refresh-incident', { incident }, { dropWhileWaiting: incident, delayMilliseconds: 1000 });
}

/** Bookmarks by their keys; a UserError names the ones that are not there. */
export async function bookmarksOf(ctx: Pick<Context, 'stores'>, keys: readonly string[]): Promise<Bookmark[]> {
  const bookmarks = await Promise.all([...new Set(keys)].map((key) => ctx.stores.bookmarks.get(key)));
  const missing = keys.filter((key) => !bookmarks.some((one) => one?.id === key && !one.deletedAt));
  if (missing.length > 0)
    throw new UserError('not-found', `There is no bookmark ${missing.join(', ')}.`, 'Type “bookmarks” to see them.', {
      bookmarks: `There is no ${missing.join(', ')}.`,
    });
  return bookmarks.flatMap((one) => (one ? [one] : []));
}

/** Sentinel's bound, met before anything is written. */
export function requireRoom(held: number, more: number, incident?: string): void {
  if (held + more <= incidentLimits.bookmarks) return;
  const text = `An incident holds ${incidentLimits.bookmarks} bookmarks, as in Microsoft Sentinel; ${incident ? `${incident} has ${held}, and ${more} more` : `${more}`} would be too many.`;
  throw new UserError('too-large', text, 'Make a second incident of the rest.', { bookmarks: text });
}

/** Keeps the bookmarks' own lists of incidents in step. */
export async function tieBookmarks(
  ctx: Context,
  incident: string,
  keys: readonly string[],
  tied: boolean,
): Promise<void> {
  for (const key of keys)
    await change(ctx.stores.bookmarks, key, (current) => {
      const others = (current.incidents ?? []).filter((one) => one !== incident);
      return { ...current, incidents: tied ? [...others, incident] : others };
    });
}

/** A bookmark that was deleted is no longer in its incident; it remembers which, for when it comes back. */
export async function leaveIncident(ctx: Context, incident: string, bookmark: string): Promise<void> {
  await putIn(ctx, incident, { what: 'lost a deleted bookmark', before: bookmark }, (keys) =>
    keys.includes(bookmark) ? keys.filter((key) => key !== bookmark) : null,
  );
}

/** Back into the incident that it was in, where that is still there and has room. */
export async function rejoinIncident(ctx: Context, incident: string, bookmark: string): Promise<void> {
  await putIn(ctx, incident, { what: 'got a restored bookmark back', after: bookmark }, (keys) =>
    keys.includes(bookmark) || keys.length >= incidentLimits.bookmarks ? null : [...keys, bookmark],
  );
}

async function putIn(
  ctx: Context,
  key: string,
  what: { what: string; before?: string; after?: string },
  apply: (keys: string[]) => string[] | null,
): Promise<void> {
  const incident = await ctx.stores.incidents.get(key);
  if (!incident || incident.deletedAt) return;
  await changeIncident(ctx, key, what, (current) => {
    const bookmarks = apply(current.bookmarks);
    return bookmarks ? { ...current, bookmarks } : null;
  });
}
