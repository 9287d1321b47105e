import { huntNumbers } from '../src/hunting/hunt-numbers';
import type { Log } from '../src/log';
import { ChatError, type ChatPlatforms } from '../src/ports/chat-platform';
import type { Stores } from '../src/ports/stores';
import { huntCard } from '../src/views/hunt-card';
import { defineJob } from './define-job';

/** Brings the card a hunt began with up to date, wherever it is shown. */
export function createRefreshHuntJob(deps: { stores: Stores; chats: ChatPlatforms; log: Log }) {
  return defineJob({
    name: 'refresh-hunt',
    concurrency: 4,
    attempts: 4,
    async run({ hunt: id }) {
      const hunt = await deps.stores.hunts.get(id);
      if (!hunt || hunt.deletedAt) return;
      const card = huntCard(hunt, await huntNumbers(deps, id));
      for (const message of hunt.cards) {
        const chat = deps.chats.get(message.thread.platform);
        if (!chat) continue;
        try {
          await chat.update(message, card);
        } catch (error) {
          if (!(error instanceof ChatError) || (error.code !== 'gone' && error.code !== 'rejected')) throw error;
          deps.log.warn({ hunt: id, code: error.code }, 'the card of a hunt could not be edited');
        }
      }
    },
    async onLost({ hunt }, error) {
      deps.log.error({ error, hunt }, 'the card of a hunt stays as it was');
    },
  });
}
