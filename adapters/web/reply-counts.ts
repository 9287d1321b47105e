import type { LocalMessage, MessageLog } from './message-log';
import type { WireReplies } from './page/wire';

export interface ReplyCounts {
  /** Of the messages that have replies all may see; read from the store once per message, then kept up to date. */
  of(roots: string[]): Promise<Map<string, WireReplies>>;
  /** To be told of every reply that is inserted or deleted; resolves to the new count where it changed. */
  note(reply: LocalMessage): Promise<WireReplies | null>;
}

/** Roots whose counts are remembered; past it the oldest is read again when needed. */
const REMEMBERED = 2000;

export function createReplyCounts(log: MessageLog): ReplyCounts {
  const counts = new Map<string, WireReplies>();

  async function read(roots: string[]): Promise<void> {
    const missing = roots.filter((root) => !counts.has(root));
    const replies = await log.replies(missing);
    for (const root of missing) {
      counts.set(root, summary(replies.filter((reply) => reply.root === root)));
      const oldest = counts.keys().next().value;
      if (counts.size > REMEMBERED && oldest !== undefined) counts.delete(oldest);
    }
  }

  return {
    async of(roots) {
      await read(roots);
      const found = new Map<string, WireReplies>();
      for (const root of roots) {
        const replies = counts.get(root);
        if (replies !== undefined && replies.count > 0) found.set(root, replies);
      }
      return found;
    },

    async note(reply) {
      if (reply.root === undefined || reply.onlyFor !== undefined) return null;
      counts.delete(reply.root);
      await read([reply.root]);
      return counts.get(reply.root) ?? null;
    },
  };
}

function summary(all: LocalMessage[]): WireReplies {
  const replies = all.filter((reply) => reply.deletedAt === undefined);
  const people = new Map(replies.map(({ author }) => [author.id, author]));
  return {
    count: replies.length,
    lastAt: (replies.at(-1)?.at ?? new Date(0)).toISOString(),
    people: [...people.values()].slice(0, 4),
  };
}
