import { wordHunt } from '../../src/domain/hunt-template';
import { earlierHuntsCard } from '../../src/views/earlier-hunts-card';
import { queryCard } from '../../src/views/query-card';
import { queryHistoryCard } from '../../src/views/query-history-card';
import { queryListCard } from '../../src/views/query-list-card';
import { wordedHuntCard } from '../../src/views/worded-hunt-card';
import { validated } from './example-hunts';
import { ada, daysAgo } from './example-people';
import { library, sprayQuery } from './example-queries';

const edited = {
  ...sprayQuery,
  origin: 'content' as const,
  solution: 'identity-attacks',
  author: 'Talbot',
  contentVersion: '1.0.0',
};
const revision = {
  ...sprayQuery,
  id: 'Q-1.1',
  query: 'Q-1',
  number: 1,
  at: daysAgo(2),
  by: ada,
  action: 'edited',
  name: 'Password spray',
  text: `${sprayQuery.text.split('\n').slice(0, -2).join('\n')}\n| where Failures > 100`,
};

/** Cards of the library as a place, and of hunts that begin from a template. */
export const libraryExamples = [
  {
    name: 'library-history',
    view: 'query-history-card',
    card: queryHistoryCard({ query: edited, changes: [{ revision, after: edited }], total: 1, page: 1, pages: 1 }),
  },
  {
    name: 'library-query-known',
    view: 'query-card',
    card: queryCard(
      { ...edited, lastRun: { run: 'R-9', at: daysAgo(1), by: ada, rows: 12, failed: false } },
      { changedHere: true, favourite: true, fault: null, revisions: 3, hunts: { keys: ['H-9', 'H-4'], total: 2 } },
    ),
  },
  {
    name: 'library-narrow',
    view: 'query-list-card',
    card: queryListCard({
      queries: library.slice(0, 8),
      total: 412,
      page: 1,
      pages: 21,
      args: { search: 'sign' },
      filtered: true,
      filter: '“sign”',
      own: [],
      counts: {
        tactics: [
          { value: 'CredentialAccess', count: 210 },
          { value: 'InitialAccess', count: 180 },
        ],
        tables: [
          { value: 'SigninLogs', count: 300 },
          { value: 'AuditLogs', count: 60 },
        ],
        solutions: [],
        sources: [
          { value: 'content', count: 390 },
          { value: 'built-in', count: 22 },
        ],
      },
    }),
  },
  {
    name: 'library-earlier-hunts',
    view: 'earlier-hunts-card',
    card: earlierHuntsCard(
      'H-12',
      [
        { hunt: validated, techniques: ['T1110.003'], indicators: ['198.51.100.7'], words: ['spray', 'gateway'] },
        {
          hunt: { ...validated, id: 'H-3', name: 'Beacons of a printer' },
          techniques: ['T1110'],
          indicators: [],
          words: [],
        },
      ],
      true,
    ),
  },
  {
    name: 'library-template',
    view: 'worded-hunt-card',
    card: wordedHuntCard(
      {
        ...wordHunt('able', {
          actor: 'an outsider',
          behaviour: 'guesses passwords of many accounts',
          location: 'the VPN',
        }),
        techniques: ['T1110.003'],
      },
      library.slice(0, 3),
    ),
  },
];
