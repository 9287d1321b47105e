import { setTimeout } from 'node:timers/promises';
import { ConflictError } from '../errors';
import type { Collection, Stored } from '../ports/stores';

/**
 * Changes the stored document as it is now: reads, applies, writes, and does so again where somebody wrote in between. `apply` must only
 * depend on what it is given; null leaves the document alone. Gives up with ConflictError after thirty rounds, a second or so.
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
      if (!(error instanceof ConflictError) || round >= 29) throw error;
      // Of many writers at once, those that wait for different times do not meet again.
      await setTimeout(Math.random() * 4 * round);
    }
  }
}
