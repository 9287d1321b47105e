import { randomUUID } from 'node:crypto';
import { defineCommand } from '../../commands/define-command';
import { field } from '../../commands/field';
import { incidentLimits } from '../../domain/incident';
import { UserError } from '../../errors';
import { incidentReply } from '../../hunting/incident-reply';
import { changeIncident } from '../../hunting/incidents';
import { messageKey } from '../../hunting/message-key';

export const commentIncident = defineCommand({
  name: 'incident comment',
  summary: 'Adds a comment to an incident; a plain reply in its own thread does the same',
  formTitle: 'Comment',
  submit: 'Add',
  permission: 'read',
  example: 'incident comment I-1 The firewall blocks the address now',
  input: {
    incident: field.incident(),
    text: field.text({
      label: 'Comment',
      max: incidentLimits.commentCharacters,
      lines: true,
      rest: true,
      sample: 'TEXT',
    }),
  },
  positional: ['incident', 'text'],
  async run(ctx, input) {
    // A redelivered reply has the id of the first one.
    const id = ctx.plainReply && ctx.messageId ? messageKey(ctx.thread, ctx.messageId) : randomUUID();
    const incident = await changeIncident(
      ctx,
      input.incident,
      { what: 'commented on the incident', after: input.text },
      (current) => {
        if (current.comments.some((one) => one.id === id)) return null;
        if (current.comments.length >= incidentLimits.comments)
          throw new UserError(
            'too-large',
            `${current.id} has ${incidentLimits.comments} comments, as many as Microsoft Sentinel takes.`,
            current.hunts[0] ? `Comment on ${current.hunts[0]} instead.` : undefined,
          );
        return {
          ...current,
          comments: [...current.comments, { id, author: ctx.person, text: input.text, at: ctx.clock.now() }],
        };
      },
    );
    if (ctx.plainReply && ctx.messageId) return { kind: 'sign', sign: 'kept', messageId: ctx.messageId };
    return incidentReply(ctx, incident);
  },
});
