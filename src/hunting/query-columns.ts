import { textHash } from '../content/text-hash';
import type { HuntQuery } from '../domain/query';
import { firstTacticPlace } from '../domain/tactic-names';

/** What the library looks a query up and sorts it by, made of its words: belongs to whatever writes a query's text or tactics. */
export function queryColumns(query: Pick<HuntQuery, 'text' | 'tactics'>): Pick<HuntQuery, 'textHash' | 'tacticPlace'> {
  const tacticPlace = firstTacticPlace(query.tactics);
  return { textHash: textHash(query.text), ...(tacticPlace === undefined ? {} : { tacticPlace }) };
}
