import type { Context } from '../commands/context';
import { tellingWords } from '../domain/hunt-words';
import type { HuntQuery } from '../domain/query';

const mostWords = 3;
const perPair = 20;
const perTechnique = 50;

export type SuggestedQuery = Pick<HuntQuery, 'id' | 'name' | 'techniques' | 'tactics' | 'resultDelta'>;

/**
 * Library queries that a hypothesis calls for, the fittest first: those of its techniques, then those that share at least two of its
 * first three telling words; among equals, the one whose results grew most.
 */
export async function suggestQueries(
  { stores: { queries } }: Context,
  wish: { words: string; techniques: string[]; most: number },
): Promise<SuggestedQuery[]> {
  const fields = ['id', 'name', 'techniques', 'tactics', 'resultDelta'] as const;
  const library = { hunt: { missing: true as const }, deletedAt: { missing: true as const } };
  const scores = new Map<string, { query: SuggestedQuery; score: number }>();
  const add = (found: SuggestedQuery[], points: number) => {
    for (const query of found) scores.set(query.id, { query, score: (scores.get(query.id)?.score ?? 0) + points });
  };
  if (wish.techniques.length > 0)
    add(
      await queries.pick(fields, {
        where: { ...library, techniques: { under: wish.techniques } },
        limit: perTechnique,
      }),
      2,
    );
  const words = [...tellingWords(wish.words)].slice(0, mostWords);
  const pairs = words.flatMap((one, at) => words.slice(at + 1).map((other) => `${one} ${other}`));
  for (const pair of pairs)
    add(
      await queries.pick(fields, {
        where: library,
        search: { fields: ['name', 'description', 'text', 'id', 'techniques'], words: pair },
        limit: perPair,
      }),
      2,
    );
  return [...scores.values()]
    .sort((a, b) => b.score - a.score || (b.query.resultDelta ?? 0) - (a.query.resultDelta ?? 0))
    .slice(0, wish.most)
    .map(({ query }) => query);
}
