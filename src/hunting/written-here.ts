import { type PersonRef, personKey } from '../domain/ids';
import type { HuntQuery } from '../domain/query';
import { queryColumns } from './query-columns';

/** What the library keeps of a query that a person writes here, besides its words. */
export function writtenHere(
  person: PersonRef,
  query: Pick<HuntQuery, 'text' | 'tactics'>,
): Pick<HuntQuery, 'author' | 'createdBy' | 'createdByKey' | 'textHash' | 'tacticPlace'> {
  return { author: person.name, createdBy: person, createdByKey: personKey(person), ...queryColumns(query) };
}
