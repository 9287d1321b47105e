import { z } from 'zod';
import { documentBase } from './ids';

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

/** Something named by a hunt's bookmarks: one per hunt, type and normalised value. */
export const Entity = z.object({
  ...documentBase,
  number: z.number().int(),
  hunt: z.string(),
  type: z.string(),
  value: z.string(),
  /** `hunt|type|value in lower case`: what makes two entities one. */
  key: z.string(),
  bookmarks: z.array(z.string()),
  firstSeen: z.date().optional(),
  lastSeen: z.date().optional(),
  createdAt: z.date(),
});
export type Entity = z.infer<typeof Entity>;
