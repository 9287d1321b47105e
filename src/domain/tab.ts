import { z } from 'zod';
import { documentBase, PersonRef } from './ids';

export const TabRevision = z.object({ text: z.string(), at: z.date(), by: PersonRef });

/** One query typed in a hunt's thread, kept as a tab of the hunt; every edit is a revision. */
export const Tab = z.object({
  ...documentBase,
  number: z.number().int(),
  hunt: z.string(),
  /** `tabKey` of hunt and text, so that one text is one tab; missing while the tab is deleted. */
  key: z.string().optional(),
  name: z.string(),
  text: z.string(),
  /** How far back it looks; or a fixed range. */
  sinceMilliseconds: z.number().optional(),
  from: z.date().optional(),
  to: z.date().optional(),
  /** The clock of `now()` where someone set it. */
  asOf: z.date().optional(),
  engine: z.string().optional(),
  /** Key of the last run. */
  run: z.string().optional(),
  /** When that began, where a store can sort by it; until then when the tab was made. */
  lastRunAt: z.date(),
  lastRunBy: PersonRef,
  /** Every text it has had, the first one first; the last one is `text`. At most `mostRevisions`. */
  revisions: z.array(TabRevision),
  /** Keys of the library and hunt queries that were made of it. */
  promotedTo: z.array(z.string()).optional(),
  createdBy: PersonRef,
  createdAt: z.date(),
  updatedAt: z.date(),
  deletedAt: z.date().optional(),
});
export type Tab = z.infer<typeof Tab>;

/** Texts kept of one tab: each has up to 20,000 characters, and a document of MongoDB ends at 16 MB. */
export const mostRevisions = 200;

/** What no two tabs that are there may share. */
export function tabKey(hunt: string, textHash: string): string {
  return `${hunt}|${textHash}`;
}
