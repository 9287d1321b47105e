import { threadKey, threadUnder } from '../../chat/thread-ref';
import { defineCommand } from '../../commands/define-command';
import { field } from '../../commands/field';
import { UserError } from '../../errors';
import { incidentCardOf } from '../../hunting/incident-reply';
import { changeIncident, findIncident } from '../../hunting/incidents';
import { ChatError } from '../../ports/chat-platform';

export const openIncidentThread = defineCommand({
  name: 'incident thread',
  summary: 'Gives an incident a thread of its own in this channel; replies there become its comments',
  formTitle: 'Thread of an incident',
  submit: 'Open',
  permission: 'hunt',
  example: 'incident thread I-1',
  input: { incident: field.incident() },
  positional: ['incident'],
  async run(ctx, input) {
    const incident = await findIncident(ctx, input.incident);
    const chat = ctx.chats.get(ctx.thread.platform);
    if (!chat) throw new UserError('unavailable', `Talbot cannot post on ${ctx.thread.platform} right now.`);
    if (ctx.thread.flat)
      throw new UserError(
        'bad-input',
        'This chat has no threads.',
        `Comment with “incident comment ${incident.id} …”.`,
      );
    const { root: _root, ...channel } = ctx.thread;
    if (incident.threads.some((one) => one.platform === channel.platform && one.channel === channel.channel))
      throw new UserError('bad-input', `${incident.id} has a thread in this channel already.`);
    try {
      const message = await chat.post(
        channel,
        await incidentCardOf(ctx, incident),
        `incident.${incident.id}.${ctx.person.id}`,
      );
      const thread = threadUnder(message);
      await changeIncident(
        ctx,
        incident.id,
        { what: 'gave the incident a thread', after: ctx.thread.platform },
        (current) => ({
          ...current,
          threads: [...current.threads, thread],
          threadKeys: [...new Set([...current.threadKeys, threadKey(thread)])],
          cards: [...current.cards, message],
        }),
      );
      return { kind: 'nothing' };
    } catch (error) {
      if (!(error instanceof ChatError)) throw error;
      throw new UserError('unavailable', `The thread could not be opened: ${error.message}.`, 'Try again in a moment.');
    }
  },
});
