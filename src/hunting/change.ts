import { ConflictError } from '../errors';
import type { Collection, Stored } from '../ports/stores';

/**
 * Changes the stored document as it is now: reads, applies, writes, and does so again where somebody wrote in between. `apply` must only
 * depend on what it is given; null leaves the document alone. Gives up with ConflictError after ten rounds.
 */
export async function change<T extends Stored>(
  collection: Collection<T>,
  id: string,
  apply: (current: T) => NoInfer<T> | null,
): Promise<T | null> {
  for (let round = 0; ; round++) {
    const current = await collection.get(id);
    const next = current && apply(current);
    if (!next) return current;
    try {
      return await collection.update(next);
    } catch (error) {
      if (!(error instanceof ConflictError) || round >= 9) throw error;
    }
  }
}
