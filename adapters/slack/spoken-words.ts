import type { People } from './people';
import { wordsFromSlack } from './text';

export interface SpokenWords {
  text: string;
  /** By the token that stands for the person in the text. */
  mentions: Record<string, { id: string; name: string }>;
}

/** What was typed, people as one word that other platforms can read too: `@Ada.Lovelace`. Looks up at most 50 names. */
export async function spokenWords(people: People, team: string, source: string, bot?: string): Promise<SpokenWords> {
  const named = wordsFromSlack(source, bot).people.slice(0, 50);
  const found = await Promise.all(named.map((id) => people.find(team, id)));
  const tokens = new Map<string, string>();
  const mentions: SpokenWords['mentions'] = {};
  for (const { id, name } of found) {
    const token = tokenFor(name, id, mentions);
    tokens.set(id, token);
    mentions[token] = { id, name };
  }
  return { text: wordsFromSlack(source, bot, tokens).text, mentions };
}

function tokenFor(name: string, id: string, taken: SpokenWords['mentions']): string {
  const word = name.replace(/[^\p{L}\p{N}_-]+/gu, '.').replace(/^[.-]+|[.-]+$/g, '');
  const token = `@${word || id}`;
  return token in taken ? `${token}.${id}` : token;
}
