import { type PersonRef, personKey } from '../domain/ids';
import type { Stores } from '../ports/stores';

/** Keys of all accounts of a person: the given one, and those it was linked with from both sides. */
export async function accountsOf(stores: Pick<Stores, 'personLinks'>, person: PersonRef): Promise<Set<string>> {
  const accounts = new Set([personKey(person)]);
  // A person has an account or two on each platform: a chain of links is short.
  for (let round = 0; round < 4; round++) {
    const links = await stores.personLinks.find({ where: { people: { oneOf: [...accounts] } }, limit: 50 });
    const before = accounts.size;
    for (const link of links) if (link.confirmedAt) for (const one of link.people) accounts.add(one);
    if (accounts.size === before) break;
  }
  return accounts;
}

export async function samePerson(
  stores: Pick<Stores, 'personLinks'>,
  one: PersonRef,
  other: PersonRef,
): Promise<boolean> {
  return (await accountsOf(stores, one)).has(personKey(other));
}
