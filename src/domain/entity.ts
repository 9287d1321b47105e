import { z } from 'zod';
import { documentBase, PersonRef } from './ids';

/** Sentinel's entity types that a mapping may name. */
export const entityTypes = [
  'Account',
  'Host',
  'IP',
  'Malware',
  'File',
  'Process',
  'CloudApplication',
  'DNS',
  'AzureResource',
  'FileHash',
  'RegistryKey',
  'RegistryValue',
  'SecurityGroup',
  'URL',
  'Mailbox',
  'MailCluster',
  'MailMessage',
  'SubmissionMail',
] as const;

/**
 * Something that bookmarks name: one for all hunts, resolved by strong identifiers. What was merged into another one stays, with
 * `mergedInto`, so that it can be split off again.
 */
export const Entity = z.object({
  ...documentBase,
  number: z.number().int(),
  type: z.string(),
  /** What people call it: the best of its identifiers. */
  name: z.string(),
  identifiers: z.array(z.object({ identifier: z.string(), value: z.string() })),
  /** Normalised strong keys, as `entity-keys.ts` makes them: two entities that share one are the same. */
  keys: z.array(z.string()),
  /** `type|value in lower case` of what it was first seen as: no two share it. */
  key: z.string(),
  hunts: z.array(z.string()),
  bookmarks: z.array(z.string()),
  firstSeen: z.date().optional(),
  lastSeen: z.date().optional(),
  mergedInto: z.string().optional(),
  /** What a merge added to the other one, so that a split takes just that away again. */
  gave: z.object({ keys: z.array(z.string()), bookmarks: z.array(z.string()), hunts: z.array(z.string()) }).optional(),
  /** A person merged it: what rows say does not undo that. */
  mergedBy: PersonRef.optional(),
  /** Entities that people keep apart from it, whatever rows say. */
  apart: z.array(z.string()).optional(),
  createdAt: z.date(),
  updatedAt: z.date(),
});
export type Entity = z.infer<typeof Entity>;
