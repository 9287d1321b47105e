import { z } from 'zod';
import { documentBase, PersonRef } from './ids';

/** One change to a hunt or to one of its parts, for its timeline. Written once, never changed. */
export const HuntChange = z.object({
  ...documentBase,
  hunt: z.string(),
  at: z.date(),
  /** The person, with the platform it was done on. */
  by: PersonRef,
  /** `personKey` of who it was, where a store can look for it. */
  byKey: z.string().optional(),
  /** Key of what changed: the hunt's own, `B-4`, `C-12`, `I-3`. */
  subject: z.string(),
  /** What was done, in the past tense, as it completes "Ada …": `renamed`, `bookmarked 3 rows`. */
  what: z.string(),
  /** The words of what was there and what is there now, each at most `longestChange` characters. */
  before: z.string().optional(),
  after: z.string().optional(),
});
export type HuntChange = z.infer<typeof HuntChange>;

/** Characters kept of a text before and after; a longer one ends with `…`. */
export const longestChange = 2000;
