import type { Context } from '../commands/context';
import type { Technique } from '../domain/attack';
import { knownSolutions } from './find-solution';

/** Solutions that are not installed and hold hunting queries for the technique or one of its sub-techniques, the most queries first. */
export async function offeredSolutions(
  ctx: Pick<Context, 'stores'>,
  technique: Technique,
): Promise<{ id: string; name: string; queries: number }[]> {
  const covers = (id: string) => id === technique.id || id.startsWith(`${technique.id}.`);
  return (await knownSolutions(ctx))
    .filter(({ installed, always, content }) => !installed && !always && content !== undefined)
    .map(({ slug, name, content }) => ({
      id: slug,
      name,
      queries: content?.queries.filter(({ techniques }) => techniques.some(covers)).length ?? 0,
    }))
    .filter(({ queries }) => queries > 0)
    .toSorted((a, b) => b.queries - a.queries || a.name.localeCompare(b.name));
}
