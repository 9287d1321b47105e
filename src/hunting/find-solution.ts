import type { Context } from '../commands/context';
import { nearest } from '../commands/nearest';
import { availableSolutions, essentials } from '../content/available-solutions';
import type { SolutionContent } from '../content/read-solution';
import type { Solution } from '../domain/solution';
import { UserError } from '../errors';
import { isUpToDate, planSolution } from './plan-solution';

/** A solution that comes with Talbot, or is installed here, or both. */
export interface KnownSolution {
  slug: string;
  name: string;
  description: string;
  author: string;
  /** Absent for one that was imported. */
  content?: SolutionContent;
  installed?: Solution;
  /** Part of every installation. */
  always: boolean;
}

/** All solutions, the essentials first, then by name. */
export async function knownSolutions(ctx: Pick<Context, 'stores'>): Promise<KnownSolution[]> {
  const installed = await ctx.stores.solutions.find({ limit: 1000 });
  const available = availableSolutions();
  const known = available.map((content): KnownSolution => {
    const here = installed.find((one) => one.id === content.slug);
    const { slug, name, description, author } = content;
    return {
      slug,
      name,
      description,
      author,
      content,
      ...(here ? { installed: here } : {}),
      always: slug === essentials,
    };
  });
  const imported = installed
    .filter((one) => !available.some((content) => content.slug === one.id))
    .map(({ id, name, description, author, ...rest }): KnownSolution => {
      return {
        slug: id,
        name,
        description,
        author,
        installed: { id, name, description, author, ...rest },
        always: false,
      };
    });
  return [...known, ...imported].sort((a, b) => Number(b.always) - Number(a.always) || a.name.localeCompare(b.name));
}

/** By slug, name, or a part of either that only one has; a UserError with the nearest names where none fits. */
export async function findSolution(ctx: Pick<Context, 'stores'>, typed: string): Promise<KnownSolution> {
  const all = await knownSolutions(ctx);
  const wanted = plain(typed);
  const exact = all.filter((one) => plain(one.slug) === wanted || plain(one.name) === wanted);
  const begins = all.filter((one) => plain(one.slug).startsWith(wanted) || plain(one.name).startsWith(wanted));
  const holds = all.filter((one) => plain(one.slug).includes(wanted) || plain(one.name).includes(wanted));
  const found = [exact, begins, holds].find((list) => list.length > 0) ?? [];
  const [one, another] = found;
  if (one && !another) return one;
  const names = another
    ? found.map((some) => some.slug).slice(0, 6)
    : nearest(
        wanted,
        all.flatMap(({ slug, name }) => [slug, ...plain(name).split(' ')]),
      ).flatMap(
        (near) => all.find(({ slug, name }) => slug === near || plain(name).split(' ').includes(near))?.slug ?? [],
      );
  const unique = [...new Set(names)];
  throw new UserError(
    'not-found',
    another ? `“${typed}” fits ${found.length} solutions.` : `There is no solution “${typed}”.`,
    unique.length > 0 ? `Did you mean ${unique.join(' or ')}?` : 'Type “content” to see them.',
  );
}

/** True where the version that comes with Talbot differs from what is installed. */
export async function hasUpdate(
  ctx: Pick<Context, 'stores' | 'clock' | 'person'>,
  known: KnownSolution,
): Promise<boolean> {
  return (
    known.content !== undefined && known.installed !== undefined && !isUpToDate(await planSolution(ctx, known.content))
  );
}

function plain(text: string): string {
  return text
    .toLowerCase()
    .replace(/[\s_-]+/g, ' ')
    .trim();
}
