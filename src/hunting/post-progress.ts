import type { Card } from '../chat/card';
import type { MessageRef, ThreadRef } from '../chat/thread-ref';
import type { Context } from '../commands/context';
import { ChatError } from '../ports/chat-platform';

/** Posts the card that a long task's progress is edited into. Null where it could not be posted: the task runs all the same. */
export async function postProgress(
  ctx: Context,
  id: string,
  thread: ThreadRef,
  card: Card,
): Promise<MessageRef | null> {
  const chat = ctx.chats.get(thread.platform);
  if (!chat) return null;
  try {
    return await chat.post(thread, card, `progress.${id}`);
  } catch (error) {
    if (!(error instanceof ChatError)) throw error;
    ctx.log.warn({ id, code: error.code }, 'a progress card could not be posted');
    return null;
  }
}
