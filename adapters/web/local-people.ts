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

/** Everybody by the token that stands for them in a text (`@ada`, `@Ada`) and in a form (`ada`). */
export const localMentions: Record<string, { id: string; name: string }> = Object.fromEntries(
  localPeople.flatMap(({ id, name }) => [
    [id, { id, name }],
    [`@${id}`, { id, name }],
    [`@${name.split(' ')[0]}`, { id, name }],
  ]),
);
