import { defineCommand } from '../../commands/define-command';
import { field } from '../../commands/field';
import { incidentReply } from '../../hunting/incident-reply';
import { changeIncident, tieBookmarks } from '../../hunting/incidents';

export const removeFromIncident = defineCommand({
  name: 'incident remove',
  summary: 'Takes bookmarks out of an incident; they stay in their hunt',
  formTitle: 'Take out of an incident',
  submit: 'Take out',
  permission: 'hunt',
  example: 'incident remove I-1 B-1',
  input: { incident: field.incident(), bookmarks: field.keys('bookmark') },
  positional: ['incident', 'bookmarks'],
  async run(ctx, input) {
    const what = { what: 'took bookmarks out of the incident', before: input.bookmarks.join(', ') };
    const incident = await changeIncident(ctx, input.incident, what, (current) => {
      const left = current.bookmarks.filter((key) => !input.bookmarks.includes(key));
      return left.length === current.bookmarks.length ? null : { ...current, bookmarks: left };
    });
    await tieBookmarks(ctx, incident.id, input.bookmarks, false);
    return incidentReply(ctx, incident);
  },
});
