import type { Indicator } from '../../src/domain/indicator';
import { addedIndicatorsCard, indicatorCard, indicatorListCard } from '../../src/views/indicator-card';
import { ada, hostile, mallory, minutesAgo, now } from './example-people';

const evil: Indicator = {
  id: 'T-1',
  version: 1,
  number: 1,
  kind: 'url',
  value: 'http://telemetry-sync.example/update?id=7',
  key: 'url|http://telemetry-sync.example/update?id=7',
  stixId: 'indicator--5b4a7f8e-9a1f-4a59-8f0c-0d1f3f1f2a11',
  pattern: "[url:value = 'http://telemetry-sync.example/update?id=7']",
  name: 'telemetry-sync',
  description: 'Where the update task of three machines calls to.',
  confidence: 85,
  tlp: 'amber',
  tags: ['night-owl', 'c2'],
  hunts: ['H-4'],
  entity: 'E-4',
  validFrom: minutesAgo(60),
  validUntil: new Date(now.getTime() + 60 * 86_400_000),
  createdBy: ada,
  createdAt: minutesAgo(60),
  updatedAt: minutesAgo(60),
};

const hostileOne: Indicator = {
  ...evil,
  id: 'T-2',
  number: 2,
  kind: 'email-addr',
  value: `${hostile}@evil.example`.slice(0, 2000),
  name: hostile,
  description: hostile,
  tags: [hostile.slice(0, 60)],
  createdBy: mallory,
  revokedAt: minutesAgo(5),
  revokedBy: mallory,
};

const page = { page: 1, pages: 1 };

export const indicatorCards = [
  {
    name: 'indicator',
    view: 'indicator-card',
    card: indicatorCard(evil, 'active', { verb: 'Added', places: { entities: ['E-4'], bookmarks: ['B-2'] } }),
  },
  { name: 'indicator-hostile', view: 'indicator-card', card: indicatorCard(hostileOne, 'revoked') },
  {
    name: 'indicator-list',
    view: 'indicator-card',
    card: indicatorListCard({
      indicators: [
        { one: evil, state: 'active' },
        { one: hostileOne, state: 'revoked' },
      ],
      total: 2,
      ...page,
      args: { hunt: 'H-4' },
      filtered: false,
      now,
    }),
  },
  {
    name: 'indicator-list-empty',
    view: 'indicator-card',
    card: indicatorListCard({ indicators: [], total: 0, ...page, args: {}, filtered: false, now }),
  },
  {
    name: 'indicators-added',
    view: 'indicator-card',
    card: addedIndicatorsCard(
      [
        { text: 'evil[.]example', outcome: 'added', key: 'T-3', why: '' },
        { text: '198.51.100.7', outcome: 'known', key: 'T-1', why: '' },
        { text: hostile, outcome: 'left', key: '', why: 'It is no address, domain, URL, e-mail address or hash.' },
      ],
      'Ada Night',
    ),
  },
];
