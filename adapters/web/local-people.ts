/** Somebody the page can speak as. */
export interface LocalPerson {
  id: string;
  name: string;
  job: string;
}

/** The page has no sign-in: on a machine of one's own one plays all three. */
export const localPeople: readonly LocalPerson[] = [
  { id: 'ada', name: 'Ada Night', job: 'Analyst' },
  { id: 'lee', name: 'Lee Marsh', job: 'Lead' },
  { id: 'mo', name: 'Mo Reyes', job: 'Manager' },
];

export const talbot = { id: 'talbot', name: 'Talbot', bot: true };

export function personById(id: string): LocalPerson | undefined {
  return localPeople.find((person) => person.id === id);
}

/** People named in a text by `@ada`, `@Ada` or `@Ada Night`, by the token that stands there. */
export function mentionsIn(text: string): Record<string, { id: string; name: string }> {
  const found: Record<string, { id: string; name: string }> = {};
  for (const person of localPeople) {
    const token = text.match(new RegExp(`@(?:${person.name}|${person.id})(?![\\w-])`, 'i'))?.[0];
    if (token !== undefined) found[token] = { id: person.id, name: person.name };
  }
  return found;
}
