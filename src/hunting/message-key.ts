import type { ThreadRef } from '../chat/thread-ref';

/** What finds a comment by the message it came from, whichever thread the platform says the edit is in. */
export function messageKey(thread: ThreadRef, messageId: string): string {
  return [thread.platform, thread.tenant, thread.channel, messageId].join('|');
}
