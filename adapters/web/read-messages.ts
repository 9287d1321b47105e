import type { z } from 'zod';
import type { Dispatcher } from '../../src/commands/dispatcher';
import { RequestError } from './errors';
import { channelsOf, mayRead } from './local-channels';
import { localPeople, personById } from './local-people';
import type { MessageLog } from './message-log';
import { messageView } from './message-view';
import type { WirePage, WireState } from './page/wire';
import type { PageQuery, StateQuery } from './payloads';
import type { ReplyCounts } from './reply-counts';

export interface ReaderParts {
  dispatcher: () => Dispatcher;
  messages: MessageLog;
  counts: ReplyCounts;
  suggestions: WireState['suggestions'];
}

/** What the page shows when it opens, and the pages of messages as one scrolls back. */
export function createReader({ dispatcher, messages, counts, suggestions }: ReaderParts) {
  return {
    async state({ as }: z.infer<typeof StateQuery>): Promise<WireState> {
      const person = personById(as);
      if (person === undefined) throw notFound();
      const channels = await Promise.all(
        channelsOf(as).map(async (channel) => ({ ...channel, latest: await messages.latest(as, channel.id) })),
      );
      const catalogue = dispatcher()
        .catalogue()
        .map(({ name, summary, usage, flags }) => ({ name, summary, usage, flags }));
      return { person, people: [...localPeople], channels, catalogue, suggestions };
    },

    async page({ as, channel, root, before }: z.infer<typeof PageQuery>): Promise<WirePage> {
      if (!mayRead(as, channel)) throw notFound();
      const under = root === undefined ? null : await messages.get(root);
      if (root !== undefined && under?.channel !== channel) throw notFound();
      const page = await messages.page({ person: as, channel, root, before });
      const replies = await counts.of([...page.messages, ...(under === null ? [] : [under])].map(({ id }) => id));
      const views = page.messages.flatMap((message) => messageView(message, as, replies.get(message.id)) ?? []);
      const rootView = under === null ? null : messageView(under, as, replies.get(under.id));
      if (root !== undefined && rootView === null) throw notFound();
      return { messages: views, more: page.more, ...(rootView !== null && { root: rootView }) };
    },
  };
}

function notFound(): RequestError {
  return new RequestError(404, 'not-found', 'There is no such channel or thread for you.');
}
