import { z } from 'zod';
import { documentBase, PersonRef } from './ids';

export const EntityMapping = z.object({
  entityType: z.string(),
  fieldMappings: z.array(z.object({ identifier: z.string(), columnName: z.string() })),
});
export type EntityMapping = z.infer<typeof EntityMapping>;

export const QueryCheck = z.object({
  at: z.date(),
  ok: z.boolean(),
  code: z.string().optional(),
  message: z.string().optional(),
});
export type QueryCheck = z.infer<typeof QueryCheck>;

export const QueryLastRun = z.object({
  run: z.string(),
  at: z.date(),
  by: PersonRef,
  rows: z.number().int(),
  failed: z.boolean(),
});
export type QueryLastRun = z.infer<typeof QueryLastRun>;

/** A hunting query: of the library (`Q-7`), or a hunt's own clone of it (`H-1/Q-7`), which changes alone. */
export const HuntQuery = z.object({
  ...documentBase,
  number: z.number().int(),
  /** The hunt that owns this clone. */
  hunt: z.string().optional(),
  /** `built-in` queries come with Talbot and are cloned, not edited; `content` came with a solution or an import. */
  origin: z.enum(['built-in', 'custom', 'clone', 'content']),
  /** The key it was cloned from. */
  source: z.string().optional(),
  /** GUID of the content it was read from: held by the library's original alone. */
  contentId: z.string().optional(),
  name: z.string(),
  description: z.string(),
  text: z.string(),
  tactics: z.array(z.string()),
  /** `firstTacticPlace` of the tactics, where a store can sort by it; an older query lacks it until it is saved again. */
  tacticPlace: z.number().int().optional(),
  techniques: z.array(z.string()),
  dataTypes: z.array(z.string()),
  entityMappings: z.array(EntityMapping),
  /** Id of the solution it belongs to. */
  solution: z.string().optional(),
  author: z.string().optional(),
  /** Version of the content it was read from, `a.b.c`. */
  contentVersion: z.string().optional(),
  /** `contentHash` of what was installed: another hash now means that someone changed it here. */
  contentHash: z.string().optional(),
  /** `textHash` of the KQL: equal for texts that differ in white space and comments only. */
  textHash: z.string().optional(),
  /** What the default engine's analyser said of it. */
  check: QueryCheck.optional(),
  /** Whose favourite it is: `platform:tenant:person`. */
  favourites: z.array(z.string()).optional(),
  /** The last run of it, or of one of its clones. */
  lastRun: QueryLastRun.optional(),
  /** When that was, at the top, where a store can sort by it. */
  lastRunAt: z.date().optional(),
  /** What the last run of the whole library counted, in Sentinel's results bar: a number, `N/A`, `!`; absent is `-`. */
  resultState: z.enum(['counted', 'missing', 'failed']).optional(),
  /** Rows in the range that was asked for. */
  resultCount: z.number().optional(),
  /** Rows of the last 24 hours less those of the 24 before: Sentinel's results delta. */
  resultDelta: z.number().optional(),
  /** The delta without its sign: what changed most comes first by it. */
  resultChange: z.number().optional(),
  /** Why it failed, which table is missing, or why there is no delta. */
  resultMessage: z.string().optional(),
  resultAt: z.date().optional(),
  resultSweep: z.string().optional(),
  createdBy: PersonRef,
  /** The key of whoever wrote it, at the top, where a store can look for it; missing where nobody here did. */
  createdByKey: z.string().optional(),
  createdAt: z.date(),
  updatedAt: z.date(),
  deletedAt: z.date().optional(),
});
export type HuntQuery = z.infer<typeof HuntQuery>;
