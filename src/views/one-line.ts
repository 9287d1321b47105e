import type { Card } from '../chat/card';

/** Longest sentence that stands well as a card's title on a phone. */
const longest = 140;

/** A sentence as a card: its title says it, or where it is too long a short title stands over it. */
export function oneLine(sentence: string, otherwise: string): Pick<Card, 'title' | 'blocks'> {
  const fits = sentence.length <= longest && !sentence.includes('\n');
  return fits ? { title: sentence, blocks: [] } : { title: otherwise, blocks: [{ type: 'text', text: sentence }] };
}
