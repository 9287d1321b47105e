import { z } from 'zod';
import { documentBase, PersonRef } from './ids';
import { MessageRefShape, ThreadRefShape } from './thread';

/** A comment shown in another thread of its hunt. `sending` was written before the post, so that a second try looks first. */
export const CommentCopy = z.object({
  thread: ThreadRefShape,
  /** `threadKey` of it. */
  key: z.string(),
  state: z.enum(['waiting', 'sending', 'sent', 'failed', 'removed']),
  message: MessageRefShape.optional(),
  /** When it was announced: a younger `sending` is somebody else's post under way. */
  at: z.date().optional(),
  /** Hash of the text that was shown last. */
  shown: z.string().optional(),
});
export type CommentCopy = z.infer<typeof CommentCopy>;

export const Comment = z.object({
  ...documentBase,
  number: z.number().int(),
  hunt: z.string(),
  author: PersonRef,
  text: z.string(),
  createdAt: z.date(),
  editedAt: z.date().optional(),
  withdrawnAt: z.date().optional(),
  /** `platform|tenant|channel|message`: a redelivered event finds its comment by it. Absent for the `comment` command. */
  messageKey: z.string().optional(),
  /** Where it was said. */
  thread: ThreadRefShape.optional(),
  copies: z.array(CommentCopy).optional(),
  /** Whether it stands in all threads of its hunt as it is now. */
  mirror: z.enum(['pending', 'done']).optional(),
  /** Ids of kept files, with what people see of them. */
  files: z.array(z.object({ id: z.string(), name: z.string(), size: z.number().int() })).optional(),
  /** Names of attachments that were not kept, and why. */
  leftOut: z.array(z.object({ name: z.string(), why: z.string() })).optional(),
});
export type Comment = z.infer<typeof Comment>;
