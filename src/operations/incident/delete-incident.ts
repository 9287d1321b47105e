import { defineCommand } from '../../commands/define-command';
import { field } from '../../commands/field';
import { change } from '../../hunting/change';
import { findIncident, tellHunts, tieBookmarks } from '../../hunting/incidents';
import { confirmCard, noticeCard } from '../../views/notice-card';

export const deleteIncident = defineCommand({
  name: 'incident delete',
  summary: 'Deletes an incident, after asking; its bookmarks stay',
  formTitle: 'Delete an incident',
  submit: 'Delete',
  permission: 'hunt',
  example: 'incident delete I-1',
  input: { incident: field.incident(), confirmed: field.flag({ label: 'Confirmed', hidden: true }) },
  positional: ['incident'],
  async run(ctx, input) {
    const incident = await findIncident(ctx, input.incident);
    const args = { incident: incident.id };
    if (!input.confirmed) {
      const yes = {
        label: `Delete ${incident.id}`,
        command: 'incident delete',
        args: { ...args, confirmed: 'yes' },
        opens: 'nothing' as const,
      };
      const card = confirmCard(
        `Delete ${incident.id} “${incident.title}”?`,
        'Its bookmarks stay where they are. It can be restored.',
        yes,
      );
      return { kind: 'card', card, to: 'asker' };
    }
    await change(ctx.stores.incidents, incident.id, (current) => ({
      ...current,
      deletedAt: ctx.clock.now(),
      updatedAt: ctx.clock.now(),
    }));
    await tieBookmarks(ctx, incident.id, incident.bookmarks, false);
    await tellHunts(ctx, incident, { what: 'deleted the incident', before: incident.title });
    const undo = { label: 'Undo', command: 'incident restore', args, opens: 'nothing' as const };
    return {
      kind: 'card',
      card: noticeCard(`${incident.id} “${incident.title}” was deleted by ${ctx.person.name}.`, [undo], 'neutral'),
      to: 'everyone',
    };
  },
});
