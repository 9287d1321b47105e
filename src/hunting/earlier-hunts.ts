import type { Context } from '../commands/context';
import type { Hunt } from '../domain/hunt';
import { indicatorsIn, tellingWords } from '../domain/hunt-words';

const most = 5;
const mostIndicators = 20;
const mostCommentSearches = 5;
const fields = [
  'id',
  'name',
  'description',
  'techniques',
  'hypothesis',
  'because',
  'status',
  'owner',
  'createdBy',
  'createdAt',
  'closedAt',
  'verdictAt',
] as const;

export type EarlierHunt = Pick<Hunt, (typeof fields)[number]>;

export interface Likeness {
  hunt: EarlierHunt;
  techniques: string[];
  indicators: string[];
  words: string[];
}

/**
 * Up to five hunts that look like this one, the most alike first. An indicator in common weighs most, then a technique, then words, and
 * each the more, the fewer hunts have it; one word in common is not enough.
 */
export async function earlierHunts(
  ctx: Context,
  wanted: Pick<Hunt, 'name' | 'description' | 'techniques'> & { id?: string },
): Promise<Likeness[]> {
  const all = await ctx.stores.hunts.pick(fields, { where: { deletedAt: { missing: true } }, limit: 100_000 });
  const others = all.filter((hunt) => hunt.id !== wanted.id);
  const indicators = [...indicatorsIn(textOf(wanted))].slice(0, mostIndicators);
  const words = tellingWords(textOf(wanted));
  const kept = await huntsOfIndicators(ctx, indicators);
  const found = others.map((hunt): Likeness => {
    const text = textOf(hunt);
    const own = tellingWords(text);
    const named = indicators.length > 0 ? indicatorsIn(text) : new Set<string>();
    return {
      hunt,
      techniques: wanted.techniques.filter((id) => hunt.techniques.some((one) => one === id || near(one, id))),
      indicators: indicators.filter((one) => named.has(one) || kept.get(one)?.has(hunt.id)),
      words: [...words].filter((word) => own.has(word)),
    };
  });
  const rarity = (key: 'techniques' | 'indicators' | 'words') => {
    const counts = new Map<string, number>();
    for (const one of found) for (const value of one[key]) counts.set(value, (counts.get(value) ?? 0) + 1);
    return (value: string) => Math.log(1 + others.length / (counts.get(value) ?? 1));
  };
  const weights = [
    { key: 'indicators' as const, weight: 10, rare: rarity('indicators') },
    { key: 'techniques' as const, weight: 3, rare: rarity('techniques') },
    { key: 'words' as const, weight: 1, rare: rarity('words') },
  ];
  return found
    .filter((one) => one.indicators.length > 0 || one.techniques.length > 0 || one.words.length > 1)
    .map((one) => ({
      one,
      score: weights.reduce(
        (sum, { key, weight, rare }) => sum + one[key].reduce((part, value) => part + weight * rare(value), 0),
        0,
      ),
    }))
    .sort((a, b) => b.score - a.score || b.one.hunt.createdAt.getTime() - a.one.hunt.createdAt.getTime())
    .slice(0, most)
    .map(({ one }) => one);
}

function textOf(hunt: Pick<Hunt, 'name' | 'description'>): string {
  return `${hunt.name}\n${hunt.description}`;
}

/** A technique and one of its sub-techniques. */
function near(one: string, other: string): boolean {
  return one.startsWith(`${other}.`) || other.startsWith(`${one}.`);
}

/** Which hunts hold each indicator in their bookmarks' entities or comments. */
async function huntsOfIndicators({ stores }: Context, indicators: string[]): Promise<Map<string, Set<string>>> {
  const hunts = new Map(indicators.map((one) => [one, new Set<string>()]));
  if (indicators.length === 0) return hunts;
  const entities = await stores.entities.pick(['hunts', 'name'], {
    where: { name: { under: indicators } },
    limit: 2000,
  });
  for (const entity of entities) for (const hunt of entity.hunts) hunts.get(entity.name.toLowerCase())?.add(hunt);
  for (const one of indicators.slice(0, mostCommentSearches)) {
    const comments = await stores.comments.pick(['hunt', 'text'], {
      where: { text: { contains: one }, withdrawnAt: { missing: true } },
      limit: 200,
    });
    for (const comment of comments) if (indicatorsIn(comment.text).has(one)) hunts.get(one)?.add(comment.hunt);
  }
  return hunts;
}
