import { defineCommand } from '../../commands/define-command';
import { field } from '../../commands/field';
import { incidentReply } from '../../hunting/incident-reply';
import { bookmarksOf, changeIncident, findIncident, requireRoom, tieBookmarks } from '../../hunting/incidents';

export const addToIncident = defineCommand({
  name: 'incident add',
  summary: 'Adds bookmarks to an incident',
  formTitle: 'Add to an incident',
  submit: 'Add',
  permission: 'hunt',
  example: 'incident add I-1 B-1 B-2',
  input: { incident: field.incident(), bookmarks: field.keys('bookmark') },
  positional: ['incident', 'bookmarks'],
  async run(ctx, input) {
    const before = await findIncident(ctx, input.incident);
    const bookmarks = await bookmarksOf(ctx, input.bookmarks);
    const fresh = bookmarks.filter((one) => !before.bookmarks.includes(one.id));
    requireRoom(before.bookmarks.length, fresh.length, before.id);
    const keys = fresh.map((one) => one.id);
    const hunts = bookmarks.map((one) => one.hunt);
    const incident = await changeIncident(
      ctx,
      before.id,
      { what: 'added bookmarks to the incident', after: keys.join(', ') },
      (current) => {
        const more = keys.filter((key) => !current.bookmarks.includes(key));
        if (more.length === 0) return null;
        requireRoom(current.bookmarks.length, more.length, current.id);
        return {
          ...current,
          bookmarks: [...current.bookmarks, ...more],
          hunts: [...new Set([...current.hunts, ...hunts])],
          tactics: [...new Set([...current.tactics, ...fresh.flatMap((one) => one.tactics)])],
          techniques: [...new Set([...current.techniques, ...fresh.flatMap((one) => one.techniques)])],
        };
      },
    );
    await tieBookmarks(ctx, incident.id, keys, true);
    const known = bookmarks.length - fresh.length;
    return incidentReply(ctx, incident, {
      verb: 'Added to',
      ...(known > 0 ? { note: `${known} were in it already.` } : {}),
    });
  },
});
