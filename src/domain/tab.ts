import { z } from 'zod';
import { documentBase, PersonRef } from './ids';

/** One query typed in a hunt's thread, kept as a tab of the hunt; every edit is a revision. */
export const Tab = z.object({
  ...documentBase,
  number: z.number().int(),
  hunt: z.string(),
  name: z.string(),
  text: z.string(),
  /** How far back it looks; or a fixed range. */
  sinceMilliseconds: z.number().optional(),
  from: z.date().optional(),
  to: z.date().optional(),
  engine: z.string().optional(),
  /** Key of the last run. */
  run: z.string().optional(),
  revisions: z.array(z.object({ text: z.string(), at: z.date(), by: PersonRef })),
  /** Key of the library or hunt query that was made of it. */
  promotedTo: z.string().optional(),
  createdBy: PersonRef,
  createdAt: z.date(),
  updatedAt: z.date(),
  deletedAt: z.date().optional(),
});
export type Tab = z.infer<typeof Tab>;
