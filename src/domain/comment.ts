import { z } from 'zod';
import { documentBase, PersonRef } from './ids';

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
});
export type Comment = z.infer<typeof Comment>;
