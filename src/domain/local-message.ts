import { z } from 'zod';
import { documentBase } from './ids';

/** A message of the local chat page; `card` is a neutral Card, kept as it was given. */
export const LocalMessage = z.object({
  ...documentBase,
  number: z.number().int(),
  channel: z.string(),
  root: z.string().optional(),
  author: z.object({ id: z.string(), name: z.string(), bot: z.boolean() }),
  at: z.date(),
  text: z.string().optional(),
  card: z.json().optional(),
  /** Only this person sees it. */
  onlyFor: z.string().optional(),
  signs: z.array(z.string()),
  editedAt: z.date().optional(),
  deletedAt: z.date().optional(),
  /** The mark that a post carried. */
  key: z.string().optional(),
});
export type LocalMessage = z.infer<typeof LocalMessage>;
