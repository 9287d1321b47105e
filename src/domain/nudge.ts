import { z } from 'zod';
import { documentBase, PersonRef } from './ids';

/** A private word to somebody about what sleeps; id is `person|day`: never more than one a day. */
export const Nudge = z.object({
  ...documentBase,
  person: PersonRef,
  at: z.date(),
  subjects: z.array(z.string()),
  state: z.enum(['sending', 'sent', 'failed']),
});
export type Nudge = z.infer<typeof Nudge>;

/** Until when a person does not want to hear of something; id is `person|subject`. */
export const Snooze = z.object({ ...documentBase, person: z.string(), subject: z.string(), until: z.date() });
export type Snooze = z.infer<typeof Snooze>;
