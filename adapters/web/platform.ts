import type { Card } from '../../src/chat/card';
import { fitCard } from '../../src/chat/fit';
import type { ReplyFile } from '../../src/chat/reply';
import { type MessageRef, type ThreadRef, threadUnder } from '../../src/chat/thread-ref';
import { ChatError, type ChatPlatform } from '../../src/ports/chat-platform';
import type { AttachedFiles } from './attached-files';
import type { EventStream } from './event-stream';
import { cardLimits } from './limits';
import { channelExists, localThread, mayRead } from './local-channels';
import { talbot } from './local-people';
import { cardToJson, type LocalMessage, type MessageDraft, type MessageLog } from './message-log';
import { messageView } from './message-view';
import type { ReplyCounts } from './reply-counts';

export interface LocalPlatform extends ChatPlatform {
  /** Keeps a message of a person or of Talbot and shows it on every open page that may see it. */
  publish(draft: MessageDraft): Promise<{ message: LocalMessage; fresh: boolean }>;
  change(id: string, change: (message: LocalMessage) => LocalMessage): Promise<LocalMessage | null>;
  postFor(thread: ThreadRef, card: Card, person: string): Promise<LocalMessage>;
  postFile(thread: ThreadRef, file: ReplyFile, card: Card): Promise<LocalMessage>;
}

export interface LocalPlatformParts {
  messages: MessageLog;
  counts: ReplyCounts;
  events: EventStream;
  files: AttachedFiles;
}

export function refOf(message: LocalMessage): MessageRef {
  return { thread: localThread(message.channel, message.root), id: message.id };
}

export function createLocalPlatform({ messages, counts, events, files }: LocalPlatformParts): LocalPlatform {
  async function announce(message: LocalMessage): Promise<void> {
    const replies = message.root === undefined ? (await counts.of([message.id])).get(message.id) : undefined;
    events.publish((person) => {
      if (!mayRead(person, message.channel)) return null;
      const view = messageView(message, person, replies);
      return view === null ? null : { kind: 'message', message: view };
    });
  }

  async function announceReplies(reply: LocalMessage): Promise<void> {
    const { channel, root } = reply;
    const replies = await counts.note(reply);
    if (replies === null || root === undefined) return;
    events.publish((person) => (mayRead(person, channel) ? { kind: 'replies', channel, id: root, replies } : null));
  }

  async function publish(draft: MessageDraft) {
    const result = await messages.insert(draft);
    if (!result.fresh) return result;
    await announce(result.message);
    await announceReplies(result.message);
    return result;
  }

  async function change(id: string, edit: (message: LocalMessage) => LocalMessage): Promise<LocalMessage | null> {
    const message = await messages.change(id, edit);
    if (message === null) return null;
    await announce(message);
    if (message.deletedAt !== undefined) await announceReplies(message);
    return message;
  }

  async function draftFor(thread: ThreadRef, card: Card): Promise<MessageDraft> {
    if (thread.platform !== 'web' || !channelExists(thread.channel)) {
      throw new ChatError('gone', 'The local page has no such channel');
    }
    if (thread.root !== undefined && (await messages.get(thread.root))?.channel !== thread.channel) {
      throw new ChatError('gone', 'The message that the thread hangs under is gone');
    }
    return { channel: thread.channel, root: thread.root, author: talbot, card: fitCard(card, cardLimits) };
  }

  async function postFile(thread: ThreadRef, file: ReplyFile, card: Card): Promise<LocalMessage> {
    const { message } = await publish(await draftFor(thread, withFile(card, file)));
    return message;
  }

  return {
    platform: 'web',
    publish,
    change,
    postFile,

    async post(thread, card, key) {
      const draft = await draftFor(thread, card);
      const { message } = await publish({ ...draft, key: key === undefined ? undefined : `post:${key}` });
      return refOf(message);
    },

    async postFor(thread, card, person) {
      const { message } = await publish({ ...(await draftFor(thread, card)), onlyFor: person });
      return message;
    },

    async update(message, card) {
      const json = cardToJson(fitCard(card, cardLimits));
      const changed = await change(message.id, (stored) => ({ ...stored, card: json }));
      if (changed === null) throw new ChatError('gone', 'The message is gone');
    },

    async find(thread, key) {
      const message = await messages.findByKey(thread.channel, `post:${key}`);
      return message === null ? 'none' : refOf(message);
    },

    async share(thread, file, card) {
      await postFile(thread, file, card);
    },

    download: (_thread, file, mostBytes) => files.download(file, mostBytes),

    async sign(message, sign) {
      const signed = await change(message.id, (stored) => ({
        ...stored,
        // The newest sign tells the state of the comment; "kept" under "changed" would only repeat it.
        signs: [sign],
      }));
      if (signed === null) throw new ChatError('gone', 'The message is gone');
    },
  };
}

/** The card with the file to download in it, unless it is there already. */
function withFile(card: Card, file: ReplyFile): Card {
  if (card.blocks.some((block) => block.type === 'file' && block.url === file.url)) return card;
  const detail = fileSize(file.bytes.byteLength);
  return { ...card, blocks: [...card.blocks, { type: 'file', name: file.name, url: file.url, detail }] };
}

function fileSize(bytes: number): string {
  if (bytes < 1000) return `${bytes} bytes`;
  if (bytes < 1_000_000) return `${(bytes / 1000).toFixed(1)} kB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}

/** Where the answer to a press belongs: in the thread of the card. */
export function threadBelow(message: LocalMessage): ThreadRef {
  const ref = refOf(message);
  // A thread under a card that only one person sees would hide the answer from everybody else.
  return message.onlyFor === undefined ? threadUnder(ref) : ref.thread;
}
