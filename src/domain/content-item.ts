import { z } from 'zod';
import { documentBase, PersonRef } from './ids';
import { EntityMapping, QueryCheck } from './query';

const shared = {
  ...documentBase,
  /** GUID or name of the content it was read from. */
  contentId: z.string(),
  name: z.string(),
  description: z.string(),
  solution: z.string().optional(),
  author: z.string().optional(),
  contentVersion: z.string(),
  contentHash: z.string(),
  installedBy: PersonRef,
  installedAt: z.date(),
  updatedAt: z.date(),
};

/** An analytics rule as its author suggests it: a rule of one's own is made from it. Sentinel's field names and values. */
export const RuleTemplate = z.object({
  ...shared,
  kind: z.enum(['Scheduled', 'NRT']),
  severity: z.enum(['High', 'Medium', 'Low', 'Informational']),
  text: z.string(),
  textHash: z.string(),
  tactics: z.array(z.string()),
  techniques: z.array(z.string()),
  dataTypes: z.array(z.string()),
  entityMappings: z.array(EntityMapping),
  /** ISO 8601 durations: `PT1H`. */
  queryFrequency: z.string().optional(),
  queryPeriod: z.string().optional(),
  triggerOperator: z.enum(['GreaterThan', 'LessThan', 'Equal', 'NotEqual']).optional(),
  triggerThreshold: z.number().optional(),
  check: QueryCheck.optional(),
});
export type RuleTemplate = z.infer<typeof RuleTemplate>;

/** A stored function that queries call by its name. */
export const Parser = z.object({
  ...shared,
  /** The name that KQL calls; unique. */
  functionName: z.string(),
  /** Text between the parentheses of its declaration: `starttime:datetime=datetime(null)`. */
  parameters: z.string(),
  body: z.string(),
  check: QueryCheck.optional(),
});
export type Parser = z.infer<typeof Parser>;

/** A named table that queries read with `_GetWatchlist('alias')`. */
export const Watchlist = z.object({
  ...shared,
  /** What KQL calls it by; unique. */
  alias: z.string(),
  searchKey: z.string(),
  columns: z.array(z.string()),
  /** One text for each column; at most `mostWatchlistRows` rows. */
  rows: z.array(z.array(z.string())),
});
export type Watchlist = z.infer<typeof Watchlist>;

/** Keeps one watchlist well below the 16 MB that a document may have, with Sentinel's 3.8 MB for an uploaded file in mind. */
export const mostWatchlistRows = 50_000;

/** A declared action, kept as its author wrote it until someone connects it. */
export const PlaybookTemplate = z.object({
  ...shared,
  /** The entity types, or `Incident`, that it works on. */
  worksOn: z.array(z.string()),
  text: z.string(),
});
export type PlaybookTemplate = z.infer<typeof PlaybookTemplate>;
