import type { webApi } from '@slack/bolt';
import { z } from 'zod';
import type { Card } from '../../src/chat/card';
import type { ReplyFile, Sign } from '../../src/chat/reply';
import type { MessageRef, ThreadRef } from '../../src/chat/thread-ref';
import type { Log } from '../../src/log';
import type { ChatPlatform } from '../../src/ports/chat-platform';
import { downloadSlackFile } from './download-file';
import { chatErrorFrom, patiently, slackCode } from './errors';
import { createJoinChannel } from './join-channel';
import type { PostPace } from './post-pace';
import type { SendCard } from './send-card';
import { escapeText } from './text';
import type { Workspaces } from './workspaces';

export interface SlackPlatformDeps {
  workspaces: Workspaces;
  pace: PostPace;
  sendCard: SendCard;
  log: Log;
}

/** Names the mark that `find` looks for in a message's metadata. */
const EVENT_TYPE = 'talbot_message';

/** Paw prints for a comment that was kept: seen as Talbot's own, where a tick would read as "done". */
const KEPT = 'feet';
const CHANGED = 'pencil2';

/** How far back `find` reads: it looks for a post whose answer was lost a moment ago. */
const PAGES = 5;

export function createSlackPlatform(deps: SlackPlatformDeps): ChatPlatform {
  const joinChannel = createJoinChannel(deps.workspaces);

  async function post(thread: ThreadRef, card: Card, key?: string): Promise<MessageRef> {
    const client = await clientOf(deps, thread);
    const metadata = key === undefined ? {} : { metadata: { event_type: EVENT_TYPE, event_payload: { key } } };
    const sent = await deps.sendCard(thread.tenant, card, (message) =>
      deps.pace.take(thread.channel, () =>
        client.chat.postMessage({
          channel: thread.channel,
          ...(thread.root !== undefined && { thread_ts: thread.root }),
          ...message,
          ...inert,
          ...metadata,
        }),
      ),
    );
    await joinChannel(thread.tenant, thread.channel);
    if (sent.ts === undefined) throw new Error('Slack: chat.postMessage named no message');
    return { thread: { ...thread, channel: sent.channel ?? thread.channel }, id: sent.ts };
  }

  async function update(message: MessageRef, card: Card): Promise<void> {
    const client = await clientOf(deps, message.thread);
    await deps.sendCard(message.thread.tenant, card, ({ text, blocks }) =>
      client.chat.update({
        channel: message.thread.channel,
        ts: message.id,
        text,
        blocks,
        link_names: false,
        parse: 'none',
      }),
    );
  }

  async function find(thread: ThreadRef, key: string): Promise<MessageRef | 'none' | 'unknown'> {
    const client = await clientOf(deps, thread);
    let cursor: string | undefined;
    for (let page = 0; page < PAGES; page += 1) {
      const read = await readable(() => readPage(client, thread, cursor));
      // Talbot may write where it may not read: then nobody can tell.
      if (read === undefined) return 'unknown';
      const { messages, next } = read;
      const ts = messages.find((message) => message.metadata?.event_payload?.key === key)?.ts;
      if (ts !== undefined) return { thread, id: ts };
      if (next === '') return 'none';
      cursor = next;
    }
    // Slack reads a thread from its beginning, a channel from its end: in a long thread the newest were not seen.
    return thread.root === undefined ? 'none' : 'unknown';
  }

  async function share(thread: ThreadRef, file: ReplyFile, card: Card): Promise<void> {
    const uploaded = await upload(thread, file, card);
    if (!uploaded) {
      const link = { type: 'file', name: file.name, url: file.url, detail: '' } as const;
      await post(thread, { ...card, blocks: [...card.blocks, link] });
      return;
    }
    if (card.blocks.length > 0) await post(thread, card);
  }

  async function upload(thread: ThreadRef, file: ReplyFile, card: Card): Promise<boolean> {
    const client = await clientOf(deps, thread);
    const whole = {
      filename: file.name,
      title: file.name,
      file: Buffer.from(file.bytes),
      ...(card.blocks.length === 0 && { initial_comment: escapeText(card.title) }),
    };
    try {
      await patiently(() =>
        thread.root === undefined
          ? client.filesUploadV2({ ...whole, channel_id: thread.channel })
          : client.filesUploadV2({ ...whole, channel_id: thread.channel, thread_ts: thread.root }),
      );
      return true;
    } catch (error) {
      const chatError = chatErrorFrom(error);
      if (chatError.code === 'gone' || chatError.code === 'rate-limited') throw chatError;
      deps.log.warn({ err: error, file: file.name }, 'Slack took no upload: the file is given as a link');
      return false;
    }
  }

  async function sign(message: MessageRef, kind: Sign): Promise<void> {
    const client = await clientOf(deps, message.thread);
    const at = { channel: message.thread.channel, timestamp: message.id };
    // A reply may be deleted before its sign is set.
    const add = (name: string) =>
      quietly(() => client.reactions.add({ ...at, name }), ['already_reacted', 'message_not_found']);
    if (kind === 'kept') return add(KEPT);
    if (kind === 'changed') return add(CHANGED);
    for (const name of [KEPT, CHANGED]) {
      await quietly(() => client.reactions.remove({ ...at, name }), ['no_reaction', 'message_not_found']);
    }
  }

  return {
    platform: 'slack',
    post: (...args) => translated(() => post(...args)),
    update: (...args) => translated(() => update(...args)),
    find: (...args) => translated(() => find(...args)),
    share: (...args) => translated(() => share(...args)),
    sign: (...args) => translated(() => sign(...args)),
    async download(thread, file, mostBytes) {
      const { botToken } = await translated(() => deps.workspaces.find(thread.tenant));
      return downloadSlackFile(file.handle, botToken, mostBytes);
    },
  };
}

/** Slack shall add nothing of its own: no mentions made of names, no links made of words, no previews of either. */
export const inert = {
  link_names: false,
  parse: 'none',
  mrkdwn: false,
  unfurl_links: false,
  unfurl_media: false,
} as const;

function clientOf(deps: SlackPlatformDeps, thread: ThreadRef): Promise<webApi.WebClient> {
  return deps.workspaces.client(thread.tenant);
}

const Page = z.object({
  messages: z
    .array(
      z.object({
        ts: z.string(),
        metadata: z.object({ event_payload: z.record(z.string(), z.unknown()).optional() }).optional(),
      }),
    )
    .default([]),
  response_metadata: z.object({ next_cursor: z.string().default('') }).optional(),
});

async function readPage(client: webApi.WebClient, thread: ThreadRef, cursor: string | undefined) {
  const shared = { channel: thread.channel, limit: 100, include_all_metadata: true, ...(cursor && { cursor }) };
  const answer = await patiently(() =>
    thread.root === undefined
      ? client.conversations.history(shared)
      : client.conversations.replies({ ...shared, ts: thread.root }),
  );
  const page = Page.parse(answer);
  return { messages: page.messages, next: page.response_metadata?.next_cursor ?? '' };
}

async function readable<T>(read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    const fault = chatErrorFrom(error);
    if (fault.code === 'gone' || fault.code === 'rejected') return undefined;
    throw fault;
  }
}

async function quietly(call: () => Promise<unknown>, expected: readonly string[]): Promise<void> {
  try {
    await patiently(call);
  } catch (error) {
    if (!expected.includes(slackCode(error) ?? '')) throw error;
  }
}

async function translated<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw chatErrorFrom(error);
  }
}
