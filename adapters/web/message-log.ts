import { z } from 'zod';
import type { Card } from '../../src/chat/card';
import { ConflictError } from '../../src/errors';
import type { Clock } from '../../src/ports/clock';
import type { Find, Stores } from '../../src/ports/stores';
import { pageSize } from './limits';

export type LocalMessage = NonNullable<Awaited<ReturnType<Stores['localMessages']['get']>>>;
export type MessageStores = Pick<Stores, 'localMessages' | 'next'>;

export interface MessageDraft {
  channel: string;
  root?: string | undefined;
  author: LocalMessage['author'];
  text?: string;
  card?: Card;
  onlyFor?: string | undefined;
  key?: string | undefined;
}

export interface MessageLog {
  /** A second insert with the same key resolves to the first one's message, marked as not fresh. */
  insert(draft: MessageDraft): Promise<{ message: LocalMessage; fresh: boolean }>;
  get(id: string): Promise<LocalMessage | null>;
  /** Applies the change to the newest version, again where somebody else wrote meanwhile; null where there is no such message. */
  change(id: string, change: (message: LocalMessage) => LocalMessage): Promise<LocalMessage | null>;
  /** What the person may see of a channel's top (no root) or of a thread, newest first, before that number. */
  page(query: { person: string; channel: string; root?: string | undefined; before?: number | undefined }): Promise<{
    messages: LocalMessage[];
    more: boolean;
  }>;
  /** Number of the newest message of the channel that the person may see, threads included; 0 where there is none. */
  latest(person: string, channel: string): Promise<number>;
  findByKey(channel: string, key: string): Promise<LocalMessage | null>;
  /** Everybody's replies in the threads under these messages, in order of arrival. */
  replies(roots: string[]): Promise<LocalMessage[]>;
}

type Where = NonNullable<Find<LocalMessage>['where']>;

/** The page's messages in the store. One process writes them; inserts with a key wait for each other, so that none is kept twice. */
export function createMessageLog(stores: MessageStores, clock: Clock): MessageLog {
  const { localMessages } = stores;
  const inserting = new Map<string, Promise<{ message: LocalMessage; fresh: boolean }>>();

  async function insertNew(draft: MessageDraft): Promise<LocalMessage> {
    const number = await stores.next('localMessages');
    const { root, text, card, onlyFor, key } = draft;
    return localMessages.insert({
      id: `m${number}`,
      number,
      channel: draft.channel,
      author: draft.author,
      at: clock.now(),
      signs: [],
      ...(root !== undefined && { root }),
      ...(text !== undefined && { text }),
      ...(card !== undefined && { card: cardToJson(card) }),
      ...(onlyFor !== undefined && { onlyFor }),
      ...(key !== undefined && { key }),
    });
  }

  async function insertOnce(draft: MessageDraft, key: string) {
    const earlier = await findByKey(draft.channel, key);
    if (earlier !== null) return { message: earlier, fresh: false };
    return { message: await insertNew(draft), fresh: true };
  }

  async function findByKey(channel: string, key: string): Promise<LocalMessage | null> {
    const [found] = await localMessages.find({ where: { channel: { is: channel }, key: { is: key } }, limit: 1 });
    return found ?? null;
  }

  /** The store joins conditions by "and" only: what all may see and what is the person's alone are read apart. */
  async function visible(person: string, where: Where, limit: number): Promise<LocalMessage[]> {
    const newest = { sort: [{ field: 'number' as const, direction: 'down' as const }], limit };
    const [open, own] = await Promise.all([
      localMessages.find({ where: { ...where, onlyFor: { missing: true } }, ...newest }),
      localMessages.find({ where: { ...where, onlyFor: { is: person } }, ...newest }),
    ]);
    return [...open, ...own].sort((a, b) => b.number - a.number).slice(0, limit);
  }

  return {
    findByKey,
    get: (id) => localMessages.get(id),

    async insert(draft) {
      if (draft.key === undefined) return { message: await insertNew(draft), fresh: true };
      const key = `${draft.channel}\n${draft.key}`;
      const other = inserting.get(key);
      if (other !== undefined) return { message: (await other).message, fresh: false };
      const insert = insertOnce(draft, draft.key).finally(() => inserting.delete(key));
      inserting.set(key, insert);
      return insert;
    },

    async change(id, change) {
      for (let attempt = 1; ; attempt += 1) {
        const message = await localMessages.get(id);
        if (message === null) return null;
        try {
          return await localMessages.update(change(message));
        } catch (error) {
          if (!(error instanceof ConflictError) || attempt === 10) throw error;
        }
      }
    },

    async page({ person, channel, root, before }) {
      const where: Where = {
        channel: { is: channel },
        root: root === undefined ? { missing: true } : { is: root },
        ...(before !== undefined && { number: { below: before } }),
      };
      const messages = await visible(person, where, pageSize + 1);
      return { messages: messages.slice(0, pageSize), more: messages.length > pageSize };
    },

    async latest(person, channel) {
      const [message] = await visible(person, { channel: { is: channel } }, 1);
      return message?.number ?? 0;
    },

    async replies(roots) {
      const all: LocalMessage[] = [];
      if (roots.length === 0) return all;
      for (;;) {
        const some = await localMessages.find({
          where: {
            root: { oneOf: roots },
            onlyFor: { missing: true },
            number: { least: (all.at(-1)?.number ?? 0) + 1 },
          },
          sort: [{ field: 'number', direction: 'up' }],
          limit: 200,
        });
        all.push(...some);
        if (some.length < 200) return all;
      }
    },
  };
}

/** Optional fields that are present but undefined are left out, as JSON does. */
export function cardToJson(card: Card): z.infer<ReturnType<typeof z.json>> {
  return z.json().parse(JSON.parse(JSON.stringify(card)));
}
