import type { Card } from '../chat/card';
import type { InboundFile } from '../chat/inbound';
import type { ReplyFile, Sign } from '../chat/reply';
import type { MessageRef, Platform, ThreadRef } from '../chat/thread-ref';

/**
 * What Talbot does in a chat by itself. Every call rejects with ChatError; nothing is retried inside beyond what the platform's
 * own Retry-After asks within a few seconds.
 */
export interface ChatPlatform {
  readonly platform: Platform;
  /** `key` marks the message where the platform can carry a mark, so that `find` sees it after a lost answer. */
  post(thread: ThreadRef, card: Card, key?: string): Promise<MessageRef>;
  update(message: MessageRef, card: Card): Promise<void>;
  /** The message posted with `key`; `unknown` where the platform cannot tell. */
  find(thread: ThreadRef, key: string): Promise<MessageRef | 'none' | 'unknown'>;
  /** A file in the thread: uploaded where the platform takes it, a link where not. */
  share(thread: ThreadRef, file: ReplyFile, card: Card): Promise<void>;
  sign(message: MessageRef, sign: Sign): Promise<void>;
  /** Files reach Talbot in a conversation of two only. */
  filesOnlyDirect?: true;
  /**
   * The bytes of a file that somebody attached in the thread. Rejects with ChatError: `rejected` where it has more than `mostBytes`, or
   * the platform does not give it. Absent where no files can be attached.
   */
  download?(thread: ThreadRef, file: InboundFile, mostBytes: number): Promise<Uint8Array>;
}

/** One platform per name; adapters that are switched off are absent. */
export type ChatPlatforms = ReadonlyMap<Platform, ChatPlatform>;

/** `gone`: the channel or message does not exist or Talbot may not write there: a retry cannot help. */
export class ChatError extends Error {
  constructor(
    readonly code: 'gone' | 'rejected' | 'rate-limited' | 'unavailable',
    message: string,
    readonly retryAfterSeconds?: number,
  ) {
    super(message);
    this.name = 'ChatError';
  }
}
