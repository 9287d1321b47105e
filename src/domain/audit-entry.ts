import { z } from 'zod';
import { documentBase, PersonRef } from './ids';

/** One line per dispatched command, allowed or not. Never holds what was typed into a field that may be secret or long. */
export const AuditEntry = z.object({
  ...documentBase,
  at: z.date(),
  actor: PersonRef,
  command: z.string(),
  hunt: z.string().optional(),
  thread: z.string(),
  outcome: z.enum(['done', 'refused', 'failed']),
  code: z.string().optional(),
  reference: z.string().optional(),
});
export type AuditEntry = z.infer<typeof AuditEntry>;
