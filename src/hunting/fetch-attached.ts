import type { InboundFile } from '../chat/inbound';
import type { Context } from '../commands/context';
import { UserError } from '../errors';
import { ChatError } from '../ports/chat-platform';

/** The bytes of an attached file; a UserError that says what to do where it is too large or cannot be had. */
export async function fetchAttached(ctx: Context, file: InboundFile, mostBytes: number): Promise<Uint8Array> {
  const chat = ctx.chats.get(ctx.thread.platform);
  if (!chat?.download) throw new UserError('unavailable', 'Files cannot be taken from this chat.');
  if (file.size !== undefined && file.size > mostBytes)
    throw new UserError(
      'too-large',
      `${file.name} has more than ${Math.floor(mostBytes / 1e6)} MB.`,
      'Attach it in parts.',
    );
  try {
    return await chat.download(ctx.thread, file, mostBytes);
  } catch (error) {
    if (!(error instanceof ChatError)) throw error;
    ctx.log.warn({ error, code: error.code }, 'an attached file could not be fetched');
    throw new UserError('unavailable', `${file.name} could not be fetched: ${error.message}.`, 'Attach it again.');
  }
}
