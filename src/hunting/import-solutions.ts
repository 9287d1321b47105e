import { availableSolutions } from '../content/available-solutions';
import type { ContentFile } from '../content/readers/content-file';
import type { ContentImport, ImportLine } from '../domain/content-import';
import type { Solution } from '../domain/solution';
import type { Clock } from '../ports/clock';
import type { Stores } from '../ports/stores';
import { change } from './change';
import type { ImportPiece } from './read-import';

/** A piece with the slug of the solution that it belongs to here. */
export type Placed = ImportPiece & { solution: string; author: string };

/** Which solution each piece belongs to: the one whose folder it is in, or one of the import's own. */
export async function placePieces(
  stores: Stores,
  job: ContentImport,
  pieces: readonly ImportPiece[],
): Promise<Placed[]> {
  const installed = await stores.solutions.find({ where: { origin: { is: 'built-in' } }, limit: 1000 });
  const own = new Set([...availableSolutions().map((one) => one.slug), ...installed.map((one) => one.id)]);
  const free = (slug: string) => (own.has(slug) ? `${slug}-imported` : slug);
  const whole = free(ownSlug(job));
  return pieces.map((piece) => {
    const { data } = piece.group ?? {};
    const slug = data ? slugOf(data.Name) : '';
    return { ...piece, solution: slug === '' ? whole : free(slug), author: data?.Author.split(' - ')[0]?.trim() ?? '' };
  });
}

/** Files that come by themselves share one solution. */
function ownSlug(job: ContentImport): string {
  const last = job.name.split('/').findLast((part) => part !== '' && part !== '.') ?? '';
  const single = /\.(?!zip$)[a-z0-9]{2,8}$/i.test(last);
  return single ? 'imported' : slugOf(last.replace(/\.zip$/i, '')) || 'imported';
}

function slugOf(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60);
}

/**
 * Records what each solution holds. What its folder has no more stays in the library, and so in the solution; where nothing is new,
 * nothing is written.
 */
export async function keepSolutions(
  { stores, clock }: { stores: Stores; clock: Clock },
  job: ContentImport,
  pieces: readonly Placed[],
  lines: ReadonlyMap<Placed, ImportLine>,
): Promise<void> {
  const here = new Set<string>(['added', 'updated', 'unchanged', 'kept']);
  const bySolution = new Map<string, Placed[]>();
  for (const piece of pieces) {
    if (!here.has(lines.get(piece)?.outcome ?? '')) continue;
    bySolution.set(piece.solution, [...(bySolution.get(piece.solution) ?? []), piece]);
  }
  for (const [slug, own] of bySolution) {
    const data = own.find((piece) => piece.group)?.group?.data;
    const items = own.flatMap((piece) => {
      const { kind, content } = piece.item;
      const key = lines.get(piece)?.key ?? '';
      return kind === 'hunt-idea' ? [] : [{ kind, contentId: contentIdOf(piece.item), name: content.name, key }];
    });
    const about = {
      name: data?.Name ?? (slug === 'imported' ? 'Imported files' : job.name.split('/').at(-1) || slug),
      description: data?.Description ?? `Imported from ${job.name}.`,
      author: data?.Author ?? '',
      solutionVersion: data?.Version ?? '1.0.0',
    };
    const now = clock.now();
    const person = job.requestedBy;
    if (await stores.solutions.get(slug))
      await change(stores.solutions, slug, (current) => withItems(current, data ? about : {}, items, now));
    else
      await stores.solutions.insert({
        id: slug,
        origin: 'import',
        ...about,
        items,
        installedBy: person,
        installedAt: now,
        updatedAt: now,
      });
  }
}

function withItems(current: Solution, about: Partial<Solution>, items: Solution['items'], now: Date): Solution | null {
  const fresh = new Map(items.map((one) => [`${one.kind} ${one.key}`, one]));
  const kept = current.items.map((one) => fresh.get(`${one.kind} ${one.key}`) ?? one);
  const known = new Set(current.items.map((one) => `${one.kind} ${one.key}`));
  const next = {
    ...current,
    ...about,
    items: [...kept, ...[...fresh].flatMap(([key, one]) => (known.has(key) ? [] : [one]))],
  };
  return JSON.stringify(next) === JSON.stringify(current) ? null : { ...next, updatedAt: now };
}

/** What makes two pieces of a kind the same. */
export function contentIdOf(item: ContentFile): string {
  if (item.kind === 'parser') return item.content.functionName;
  return item.kind === 'watchlist' ? item.content.alias : item.content.id;
}
