import { z } from 'zod';
import { documentBase, PersonRef } from './ids';

/** Two accounts of one person on two platforms. It counts once both have confirmed. */
export const PersonLink = z.object({
  ...documentBase,
  /** `personKey` of both. */
  people: z.array(z.string()),
  one: PersonRef,
  other: PersonRef.optional(),
  /** SHA-256 of the word that the other side has to type; the word itself is shown once. */
  codeHash: z.string().optional(),
  expiresAt: z.date().optional(),
  confirmedAt: z.date().optional(),
  createdAt: z.date(),
});
export type PersonLink = z.infer<typeof PersonLink>;
