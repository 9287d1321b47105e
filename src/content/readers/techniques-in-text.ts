import { isTechnique } from '../attack/attack';

/** The ATT&CK techniques that a text names by their ids, in its order; other words of the same look are none. */
export function techniquesInText(text: string): string[] {
  const named = text.toUpperCase().match(/\bT\d{4}(?:[./]\d{3})?\b/g) ?? [];
  return [...new Set(named.map((id) => id.replace('/', '.')))].filter(isTechnique);
}
