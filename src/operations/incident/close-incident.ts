import { defineCommand } from '../../commands/define-command';
import { field } from '../../commands/field';
import { reasonFor } from '../../domain/classification';
import { Classification, ClassificationReason } from '../../domain/incident';
import { UserError } from '../../errors';
import { incidentReply } from '../../hunting/incident-reply';
import { changeIncident } from '../../hunting/incidents';

export const closeIncident = defineCommand({
  name: 'incident close',
  summary: 'Closes an incident with what it turned out to be',
  formTitle: 'Close the incident',
  submit: 'Close it',
  permission: 'hunt',
  example: 'incident close I-1 TruePositive --because "Accounts reset, addresses blocked"',
  input: {
    incident: field.incident(),
    classification: field.choice({
      label: 'It was',
      options: Classification.options,
      names: {
        TruePositive: 'True positive: it happened',
        BenignPositive: 'Benign positive: it happened, and was expected',
        FalsePositive: 'False positive: it did not happen',
        Undetermined: 'Undetermined',
      },
    }),
    reason: field.optional(
      field.choice({
        label: 'Reason',
        summary: 'For a false positive: wrong logic, or wrong data',
        options: ClassificationReason.options,
      }),
    ),
    because: field.optional(field.text({ label: 'Because', max: 5000, lines: true, sample: 'TEXT' })),
  },
  positional: ['incident', 'classification'],
  async run(ctx, input) {
    const read = reasonFor(input.classification, input.reason);
    if ('fault' in read) throw new UserError('bad-input', read.fault, undefined, { reason: read.fault });
    const after = [input.classification, read.reason, input.because].filter(Boolean).join(' · ');
    const incident = await changeIncident(ctx, input.incident, { what: 'closed the incident', after }, (current) => {
      const { classificationReason: _reason, classificationComment: _comment, ...rest } = current;
      return {
        ...rest,
        status: 'Closed',
        classification: input.classification,
        ...(read.reason ? { classificationReason: read.reason } : {}),
        ...(input.because ? { classificationComment: input.because } : {}),
        closedAt: ctx.clock.now(),
      };
    });
    const open = incident.tasks.filter((one) => !one.done).length;
    return incidentReply(ctx, incident, open > 0 ? { note: `${open} of its tasks were not ticked.` } : {});
  },
});
