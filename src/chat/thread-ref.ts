import { z } from 'zod';

export const Platform = z.enum(['slack', 'teams', 'web']);
export type Platform = z.infer<typeof Platform>;

/** Where a conversation takes place, in neutral words; JSON-able, so that a job can carry it. */
export const ThreadRef = z.object({
  platform: Platform,
  /** Slack workspace, Teams tenant, or `local`. */
  tenant: z.string().max(200),
  /** Slack channel, Teams conversation without its message, local channel. */
  channel: z.string().max(500),
  /** The message that the thread hangs under; absent at the top of a channel and in chats without threads. */
  root: z.string().max(200).optional(),
  /** What the adapter needs to reach the channel again (Teams: the service URL); nobody else reads it. */
  route: z.string().max(1000).optional(),
  /** A conversation of one person with Talbot. */
  direct: z.boolean().optional(),
  /** A chat without threads (Teams' personal and group chats): everything is said in one line. */
  flat: z.boolean().optional(),
});
export type ThreadRef = z.infer<typeof ThreadRef>;

export const MessageRef = z.object({ thread: ThreadRef, id: z.string().max(200) });
export type MessageRef = z.infer<typeof MessageRef>;

/** One string per thread, for indexes and comparisons; `route` does not count. */
export function threadKey(thread: ThreadRef): string {
  return [thread.platform, thread.tenant, thread.channel, thread.root ?? ''].join('|');
}

/** The thread that hangs under a message; in a flat chat the chat itself. */
export function threadUnder(message: MessageRef): ThreadRef {
  if (message.thread.flat) return message.thread;
  return { ...message.thread, root: message.thread.root ?? message.id };
}
