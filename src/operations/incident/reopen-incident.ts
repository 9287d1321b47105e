import { defineCommand } from '../../commands/define-command';
import { field } from '../../commands/field';
import { incidentReply } from '../../hunting/incident-reply';
import { changeIncident } from '../../hunting/incidents';

export const reopenIncident = defineCommand({
  name: 'incident reopen',
  summary: 'Opens a closed incident again',
  formTitle: 'Reopen an incident',
  submit: 'Reopen',
  permission: 'hunt',
  example: 'incident reopen I-1',
  input: { incident: field.incident() },
  positional: ['incident'],
  async run(ctx, input) {
    const incident = await changeIncident(ctx, input.incident, { what: 'reopened the incident' }, (current) => {
      if (current.status !== 'Closed') return null;
      const {
        closedAt: _closed,
        classification: _what,
        classificationReason: _why,
        classificationComment: _words,
        ...rest
      } = current;
      return { ...rest, status: 'Active' };
    });
    return incidentReply(ctx, incident);
  },
});
