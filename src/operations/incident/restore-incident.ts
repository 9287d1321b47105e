import { defineCommand } from '../../commands/define-command';
import { field } from '../../commands/field';
import { UserError } from '../../errors';
import { change } from '../../hunting/change';
import { incidentReply } from '../../hunting/incident-reply';
import { tellHunts, tieBookmarks } from '../../hunting/incidents';

export const restoreIncident = defineCommand({
  name: 'incident restore',
  summary: 'Brings a deleted incident back',
  formTitle: 'Restore an incident',
  submit: 'Restore',
  permission: 'hunt',
  example: 'incident restore I-1',
  input: { incident: field.key('incident') },
  positional: ['incident'],
  async run(ctx, input) {
    let did = false;
    const incident = await change(ctx.stores.incidents, input.incident, (current) => {
      did = current.deletedAt !== undefined;
      const { deletedAt: _deleted, ...alive } = current;
      return did ? { ...alive, updatedAt: ctx.clock.now() } : null;
    });
    if (!incident) throw new UserError('not-found', `There never was an incident ${input.incident}.`);
    if (did) {
      await tieBookmarks(ctx, incident.id, incident.bookmarks, true);
      await tellHunts(ctx, incident, { what: 'restored the incident', after: incident.title });
    }
    return incidentReply(ctx, incident, { verb: 'Restored' });
  },
});
