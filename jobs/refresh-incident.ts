import { incidentCardOf } from '../src/hunting/incident-reply';
import type { Log } from '../src/log';
import { ChatError, type ChatPlatforms } from '../src/ports/chat-platform';
import type { Stores } from '../src/ports/stores';
import { defineJob } from './define-job';

/** Brings the cards of an incident's own threads up to date. */
export function createRefreshIncidentJob(deps: { stores: Stores; chats: ChatPlatforms; log: Log }) {
  return defineJob({
    name: 'refresh-incident',
    concurrency: 4,
    attempts: 4,
    async run({ incident: id }) {
      const incident = await deps.stores.incidents.get(id);
      if (!incident || incident.deletedAt) return;
      const card = await incidentCardOf(deps, incident);
      for (const message of incident.cards) {
        try {
          await deps.chats.get(message.thread.platform)?.update(message, card);
        } catch (error) {
          if (!(error instanceof ChatError) || (error.code !== 'gone' && error.code !== 'rejected')) throw error;
          deps.log.warn({ incident: id, code: error.code }, 'the card of an incident could not be edited');
        }
      }
    },
    async onLost({ incident }, error) {
      deps.log.error({ error, incident }, 'the card of an incident stays as it was');
    },
  });
}
