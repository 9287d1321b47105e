import { textHash } from '../content/text-hash';
import { type PersonRef, personKey } from '../domain/ids';
import type { HuntQuery } from '../domain/query';

/** What the library keeps of a query that a person writes here, besides its words. */
export function writtenHere(
  person: PersonRef,
  text: string,
): Pick<HuntQuery, 'author' | 'createdBy' | 'createdByKey' | 'textHash'> {
  return { author: person.name, createdBy: person, createdByKey: personKey(person), textHash: textHash(text) };
}
