import { defineCommand } from '../../commands/define-command';
import { field } from '../../commands/field';
import { incidentCardOf } from '../../hunting/incident-reply';
import { findIncident } from '../../hunting/incidents';

export const showIncident = defineCommand({
  name: 'incident show',
  summary: 'Shows an incident with its bookmarks, alerts, tasks and comments',
  formTitle: 'Show an incident',
  submit: 'Show',
  permission: 'read',
  example: 'incident show I-1',
  input: { incident: field.incident() },
  positional: ['incident'],
  async run(ctx, input) {
    return { kind: 'card', card: await incidentCardOf(ctx, await findIncident(ctx, input.incident)), to: 'asker' };
  },
});
