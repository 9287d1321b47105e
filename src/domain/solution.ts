import { z } from 'zod';
import { documentBase, PersonRef } from './ids';

export const ContentKind = z.enum(['hunting-query', 'rule-template', 'parser', 'watchlist', 'playbook']);
export type ContentKind = z.infer<typeof ContentKind>;

/** An installed or imported pack of content; its id is the slug that people type. */
export const Solution = z.object({
  ...documentBase,
  name: z.string(),
  description: z.string(),
  author: z.string(),
  solutionVersion: z.string(),
  /** `built-in` comes with Talbot; `import` was read from someone else's folder or file. */
  origin: z.enum(['built-in', 'import']),
  /** What it put where: a hunting query's key, or a content item's id. */
  items: z.array(z.object({ kind: ContentKind, contentId: z.string(), name: z.string(), key: z.string() })),
  installedBy: PersonRef,
  installedAt: z.date(),
  updatedAt: z.date(),
});
export type Solution = z.infer<typeof Solution>;
