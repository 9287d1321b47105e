import { z } from 'zod';

/** Where a conversation takes place, as records keep it; the same shape as the chat's ThreadRef, which domain may not import. */
export const ThreadRefShape = z.object({
  platform: z.enum(['slack', 'teams', 'web']),
  tenant: z.string(),
  channel: z.string(),
  root: z.string().optional(),
  route: z.string().optional(),
  direct: z.boolean().optional(),
  flat: z.boolean().optional(),
});

export const MessageRefShape = z.object({ thread: ThreadRefShape, id: z.string() });
