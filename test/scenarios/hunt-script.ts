import type { Where } from './hunter';

/** What a person does, and every answer and post that must come of it, in any order and no other. */
export type Step = { sees: string[] } & (
  | { do: 'command'; words: string }
  | { do: 'mention'; words: string; where?: Where }
  | { do: 'reply'; name: string; words: string; where?: Where }
  | { do: 'edit'; name: string; words: string }
  | { do: 'remove'; name: string }
  | { do: 'press'; on: string; button: string }
  | { do: 'choose'; on: string; select: string; choices: string[]; button?: string }
  | { do: 'submit'; values: Record<string, string> }
  | { do: 'redeliver' }
  /** Until the first query of this run is in that state. */
  | { do: 'wait'; run: string; until: 'running' | 'cancelled' }
);

/** A minute and more of work for the engine. */
export const endlessQuery =
  'range a from 1 to 200000 step 1 | extend k = a % 3 | join kind=inner (range b from 1 to 60000 step 1 | extend k = b % 3) on k | summarize s = sum(a * b % 7)';

const hunt = 'H-1 · Spray from hosting providers';
const renamed = 'H-1 · Spray against finance';

/** One whole hunt, from the first help to its deletion and back. */
export const huntScript: Step[] = [
  { do: 'command', words: 'help', sees: ['told: What Talbot can do'] },
  { do: 'command', words: 'hlep', sees: ['told: There is no command “hlep”'] },
  { do: 'command', words: 'new Spray from hosting providers --techniques T1110', sees: [`posted: ${hunt}`] },
  { do: 'command', words: 'tables', sees: ['told: 4 tables'] },

  { do: 'mention', words: 'queries', sees: ['told: 3 hunting queries in the library'] },
  { do: 'redeliver', sees: [] },
  { do: 'mention', words: 'add Q-2', sees: ['card: 1 query added to H-1 by ADA: Q-2.'] },
  {
    do: 'choose',
    on: '3 hunting queries',
    select: 'Tick queries for H-1',
    choices: ['Q-1', 'Q-3'],
    button: 'Add to H-1',
    sees: ['card: 2 queries added to H-1 by ADA: Q-1, Q-3.'],
  },
  { do: 'command', words: 'query new', sees: ['form: New query'] },
  {
    do: 'submit',
    values: { name: 'Wrong', kql: 'SigninLogs | wheer true' },
    sees: ['errors: kql'],
  },
  {
    do: 'submit',
    values: {
      name: 'Per address',
      kql: 'SigninLogs | summarize n = count() by IPAddress | sort by n desc, IPAddress asc',
    },
    sees: ['card: Q-4 · Per address'],
  },
  { do: 'mention', words: 'add H-1 Q-4', sees: ['card: 1 query added to H-1 by ADA: Q-4.'] },

  {
    do: 'press',
    on: '1 query added to H-1',
    button: 'Run all',
    sees: ['posted: R-1 · 0 of 4 queries done', 'posted: R-1 · 51 rows from 3 of 4 queries'],
  },
  { do: 'press', on: 'R-1 · 51 rows from', button: 'View results', sees: ['told: R-1 · 4 queries'] },
  {
    do: 'choose',
    on: 'R-1 · 4 queries',
    select: 'View the results of',
    choices: ['Q-1'],
    sees: ['told: R-1 · Q-1 Failed sign-ins: 45 rows'],
  },
  { do: 'press', on: 'R-1 · Q-1 Failed sign-ins', button: 'Next', sees: ['told: R-1 · Q-1 Failed sign-ins: 45 rows'] },
  {
    do: 'mention',
    words: 'results R-1 Q-1 --filter user3 --sort -TimeGenerated --columns UserPrincipalName,IPAddress',
    sees: ['told: R-1 · Q-1 Failed sign-ins: 5 rows'],
  },
  { do: 'press', on: 'R-1 · Q-1 Failed sign-ins', button: 'Bookmark rows', sees: ['form: Bookmark rows'] },
  { do: 'submit', values: { rows: '99' }, sees: ['errors: rows'] },
  {
    do: 'submit',
    values: { rows: '1,3-4', name: 'The first tries', notes: 'Same network' },
    sees: ['card: Bookmarked B-1 · The first tries'],
  },
  { do: 'mention', words: 'bookmarks', sees: ['told: 1 bookmark in H-1'] },
  { do: 'mention', words: 'entities', sees: ['told: 5 entities in H-1'] },

  { do: 'reply', name: 'first', words: 'Checked with the service desk', sees: ['sign: kept'] },
  { do: 'redeliver', sees: [] },
  { do: 'edit', name: 'first', words: 'Checked with the service desk: not theirs', sees: ['sign: changed'] },
  { do: 'redeliver', sees: [] },
  { do: 'reply', name: 'second', words: 'A slip', sees: ['sign: kept'] },
  { do: 'remove', name: 'second', sees: ['sign: withdrawn'] },
  { do: 'redeliver', sees: [] },
  { do: 'mention', words: 'comment Also seen at the VPN', sees: ['card: C-3 was added to H-1 by ADA.'] },
  { do: 'mention', words: 'comments', sees: ['told: 2 comments in H-1'] },

  { do: 'mention', words: `kql ${endlessQuery}`, sees: ['posted: R-2 · 0 of 1 query done'] },
  { do: 'wait', run: 'R-2', until: 'running', sees: [] },
  {
    do: 'press',
    on: 'R-2 · 0 of 1 query done',
    button: 'Cancel',
    sees: ['replaced: R-2 · stopping, 0 of 1 query done'],
  },
  { do: 'wait', run: 'R-2', until: 'cancelled', sees: [] },
  { do: 'mention', words: 'runs', sees: ['told: 2 runs of H-1'] },
  {
    do: 'mention',
    words: 'kql SigninLogs | where Nonsense == 1',
    sees: ['posted: R-3 · 0 of 1 query done', 'posted: R-3 · the query failed'],
  },
  { do: 'mention', words: 'export R-1 Q-1', sees: ['file: R-1-Q-1.csv'] },
  { do: 'mention', words: 'export R-1 Q-4 --format json', sees: ['file: R-1-Q-4.json'] },

  {
    do: 'mention',
    words: 'link H-1',
    where: 'elsewhere',
    sees: ['card: This thread is tied to H-1 “Spray from hosting providers” now, one of 2.'],
  },
  {
    do: 'reply',
    name: 'third',
    words: 'From another thread',
    where: 'elsewhere',
    sees: ['sign: kept', 'posted: ADA on '],
  },
  {
    do: 'mention',
    words: 'unlink',
    where: 'elsewhere',
    sees: ['card: This thread is no longer tied to H-1. Its comments stay.'],
  },
  { do: 'reply', name: 'fourth', words: 'Not for the hunt', where: 'elsewhere', sees: [] },

  { do: 'press', on: hunt, button: 'Edit', sees: ['form: Edit the hunt'] },
  { do: 'submit', values: { techniques: 'T11' }, sees: ['errors: techniques'] },
  {
    do: 'submit',
    values: { name: 'Spray against finance', techniques: 'T1110, T1078', labels: 'finance, q4' },
    sees: [`card: ${renamed}`],
  },
  {
    do: 'mention',
    words: 'hypothesis validated --because "two accounts were taken over"',
    sees: [`card: ${renamed}`],
  },
  { do: 'mention', words: 'assign @OTHER', sees: ['card: H-1 is OTHER’s now, was ADA’s; set by ADA.'] },
  { do: 'mention', words: 'status closed', sees: ['card: H-1 is Closed now, was Active; set by ADA.'] },
  { do: 'mention', words: 'delete', sees: [`told: Delete H-1 “Spray against finance”?`] },
  {
    do: 'press',
    on: 'Delete H-1 “Spray against finance”?',
    button: 'Delete H-1',
    sees: ['card: H-1 “Spray against finance” was deleted by ADA.'],
  },
  { do: 'press', on: 'was deleted by', button: 'Undo', sees: [`card: ${renamed}`] },
  { do: 'command', words: 'list', sees: ['told: 1 hunt'] },
];
