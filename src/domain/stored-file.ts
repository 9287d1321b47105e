import { z } from 'zod';
import { documentBase, PersonRef } from './ids';

/** A file that Talbot made, or that somebody attached to a comment. Its bytes lie in the result pages under `fileKey`. */
export const StoredFile = z.object({
  ...documentBase,
  name: z.string(),
  mime: z.string(),
  /** In bytes. */
  size: z.number().int(),
  /** SHA-256 of the bytes, in hex. */
  hash: z.string(),
  createdBy: PersonRef,
  createdAt: z.date(),
  /** `made` ones are cleared away with the rows of old runs; `evidence` stays. */
  kind: z.enum(['made', 'evidence']),
});
export type StoredFile = z.infer<typeof StoredFile>;

/** Where a file's bytes are kept, as rows of one base64 cell each. */
export function fileKey(id: string): { run: string; query: string; attempt: number } {
  return { run: `file:${id}`, query: 'bytes', attempt: 1 };
}
