import type { Bookmark } from '../../src/domain/bookmark';
import type { Comment } from '../../src/domain/comment';
import type { Entity } from '../../src/domain/entity';
import type { Hunt } from '../../src/domain/hunt';
import { ada, daysAgo, hostile, lee, mallory, minutesAgo, slackThread, teamsThread } from './example-people';
import { sprayQuery } from './example-queries';
import { sprayRows } from './example-runs';

/** A hunt; what is not given is that of one that began just now. */
export function exampleHunt(given: Partial<Hunt> = {}): Hunt {
  return {
    id: 'H-4',
    version: 1,
    number: 4,
    name: 'Somebody sprays passwords at our accounts',
    description: '',
    status: 'New',
    hypothesis: 'Unknown',
    tactics: [],
    techniques: [],
    labels: [],
    owner: ada,
    ownerId: ada.id,
    createdBy: ada,
    createdAt: minutesAgo(4),
    updatedAt: minutesAgo(4),
    threads: [slackThread],
    threadKeys: [],
    cards: [],
    ...given,
  };
}

export const validated = exampleHunt({
  status: 'Active',
  hypothesis: 'Validated',
  because: 'One rented address tried 53 accounts and got into marta.oliveira, who approved the ninth push.',
  description:
    'An outsider tries a few common passwords on every account, slowly enough to stay under the lockout. It would show as one address with failures on many accounts, and a success among them.',
  tactics: ['CredentialAccess', 'InitialAccess'],
  techniques: ['T1110.003', 'T1621'],
  labels: ['identity', 'november'],
  createdBy: lee,
  createdAt: daysAgo(2),
  threads: [slackThread, teamsThread],
});

export const hostileHunt = exampleHunt({ id: 'H-13', number: 13, name: hostile, description: hostile, owner: mallory });

const names = [
  'Encoded PowerShell that is not the agent’s',
  'Consent to mail permissions',
  'Service tickets with weak encryption (kerberoasting) against accounts that were never meant to log on interactively',
  'Regular connections to rare names',
  'Office starts a shell',
  'Shadow copies deleted',
  'New administrators outside change windows',
];

export const manyHunts: Hunt[] = [
  { ...validated, updatedAt: minutesAgo(50) },
  ...names.map((name, index) =>
    exampleHunt({
      id: `H-${12 - index}`,
      name,
      status: (['Active', 'Closed', 'New', 'Backlog', 'Approved'] as const)[index % 5] ?? 'New',
      hypothesis: (['Unknown', 'Invalidated', 'Validated'] as const)[index % 3] ?? 'Unknown',
      owner: index % 3 === 0 ? lee : ada,
      updatedAt: minutesAgo(90 * (index + 1)),
    }),
  ),
  hostileHunt,
];

export const sprayBookmark: Bookmark = {
  id: 'B-2',
  version: 1,
  number: 2,
  hunt: 'H-4',
  name: 'The address that got in',
  notes: 'Fails once or twice on 53 accounts, then succeeds on one. The ASN is a hosting provider nobody here uses.',
  tags: ['spray', 'confirmed'],
  tactics: ['CredentialAccess'],
  techniques: ['T1110.003'],
  run: 'R-7',
  query: { id: 'Q-15', name: sprayQuery.name, text: sprayQuery.text },
  engine: 'duckdb',
  from: daysAgo(30),
  to: minutesAgo(40),
  asOf: minutesAgo(40),
  columns: sprayRows.columns,
  rowNumbers: [1, 3],
  rows: [sprayRows.rows[0] ?? [], sprayRows.rows[2] ?? []],
  hash: '9f2c7b1e4a6d8035c1f0a9b8e7d6c5b4a39281706f5e4d3c2b1a09f8e7d6c5b4',
  timeColumn: 'FirstTry',
  eventTime: new Date('2026-11-17T17:40:11Z'),
  entities: [
    { type: 'Account', identifier: 'FullName', value: 'marta.oliveira@fernhill.example' },
    { type: 'IP', identifier: 'Address', value: '203.0.113.66' },
    { type: 'URL', identifier: 'Url', value: 'https://telemetry-sync.example/update?id=7' },
  ],
  createdBy: ada,
  createdAt: minutesAgo(30),
  updatedAt: minutesAgo(30),
};

export const hostileBookmark: Bookmark = {
  ...sprayBookmark,
  id: 'B-3',
  number: 3,
  name: hostile,
  notes: '',
  tags: [],
  query: { id: 'kql', name: 'SigninLogs | where UserAgent has "<script>"', text: 'SigninLogs' },
  entities: [{ type: 'URL', identifier: 'Url', value: 'http://evil.example/a.exe' }],
  createdBy: mallory,
};

export const entities: Entity[] = [
  ['Account', 'marta.oliveira@fernhill.example'],
  ['IP', '203.0.113.66'],
  ['Host', 'FH-WS-003'],
  ['URL', 'https://telemetry-sync.example/update?id=7'],
  ['Process', 'powershell.exe -NoProfile -WindowStyle Hidden -EncodedCommand SQBFAFgAIAAoAE4AZQB3AC0ATwBiAGoA…'],
  ['FileHash', '275a021bbfb6489e54d471899f7db9d1663fc695ec2fe2a2c4538aabf651fd0f'],
].map(([type = '', value = ''], index) => ({
  id: `E-${index + 1}`,
  version: 1,
  number: index + 1,
  type,
  name: value,
  identifiers: [{ identifier: 'Name', value }],
  keys: [],
  key: `${type}|${value}`,
  hunts: ['H-4'],
  bookmarks: index % 2 === 0 ? ['B-2'] : ['B-2', 'B-3'],
  firstSeen: daysAgo(8 - index),
  lastSeen: daysAgo(2),
  createdAt: minutesAgo(30),
  updatedAt: minutesAgo(30),
}));

export const comments: Comment[] = [
  { author: ada, text: 'The second address is our VPN’s exit: 64511. Not ours to worry about.' },
  { author: lee, text: 'Marta was at her desk at 07:23.\nShe says her phone “kept buzzing until I pressed yes”.' },
  { author: mallory, text: hostile },
].map((given, index) => ({
  id: `C-${index + 1}`,
  version: 1,
  number: index + 1,
  hunt: 'H-4',
  createdAt: minutesAgo(25 - index * 5),
  ...(index === 1 ? { editedAt: minutesAgo(12) } : {}),
  ...given,
}));
