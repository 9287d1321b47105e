import { z } from 'zod';
import { documentBase, PersonRef } from './ids';
import { ThreadRefShape } from './thread';

/** A summary of the programme at set local times; id is `D-1`. */
export const Digest = z.object({
  ...documentBase,
  number: z.number().int(),
  every: z.enum(['day', 'week', 'month']),
  /** As it was typed: `weekly mon 09:00 Europe/Zurich`. */
  words: z.string(),
  /** 1 Monday … 7 Sunday, for a week; 1 … 31, for a month (a shorter month's last day). */
  on: z.number().int().optional(),
  /** Local time, `09:00`. */
  at: z.string(),
  timeZone: z.string(),
  thread: ThreadRefShape,
  /** The person it goes to, where it is private. */
  to: PersonRef.optional(),
  createdBy: PersonRef,
  createdAt: z.date(),
  nextAt: z.date(),
  lastSentAt: z.date().optional(),
  deletedAt: z.date().optional(),
});
export type Digest = z.infer<typeof Digest>;

/** One sending; id is `D-1.<time in milliseconds>`: however many workers there are, it is sent once. */
export const DigestIssue = z.object({
  ...documentBase,
  digest: z.string(),
  from: z.date(),
  to: z.date(),
  state: z.enum(['waiting', 'sending', 'sent', 'missed']),
  createdAt: z.date(),
});
export type DigestIssue = z.infer<typeof DigestIssue>;
