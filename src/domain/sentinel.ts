import { z } from 'zod';
import { documentBase } from './ids';

/** What one of Talbot's records is in Microsoft Sentinel; id is the record's key. */
export const SentinelLink = z.object({
  ...documentBase,
  kind: z.enum(['hunt', 'comment', 'relation', 'bookmark', 'incident', 'incident-comment', 'rule', 'indicator']),
  /** Resource id there, once it exists. */
  armId: z.string().optional(),
  etag: z.string().optional(),
  state: z.enum(['waiting', 'synchronised', 'conflict', 'failed', 'removed']),
  /** Hash of what was sent or taken over last. */
  sent: z.string().optional(),
  /** Both versions, as JSON, while people have to choose. */
  conflict: z.object({ here: z.string(), there: z.string() }).optional(),
  /** What is wrong, in words that a person can act on. */
  failure: z.string().optional(),
  syncedAt: z.date().optional(),
  updatedAt: z.date(),
});
export type SentinelLink = z.infer<typeof SentinelLink>;

/** One change on its way to Sentinel. Those of one object are sent in the order of their numbers. */
export const SentinelOutboxItem = z.object({
  ...documentBase,
  number: z.number().int(),
  /** Key of the record it belongs to: order is kept per object. */
  object: z.string(),
  action: z.enum(['put', 'remove', 'run-playbook']),
  state: z.enum(['waiting', 'sending', 'done', 'failed', 'conflict']),
  failure: z.string().optional(),
  tries: z.number().int(),
  createdAt: z.date(),
  finishedAt: z.date().optional(),
});
export type SentinelOutboxItem = z.infer<typeof SentinelOutboxItem>;
