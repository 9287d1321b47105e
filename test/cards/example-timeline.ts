import type { HuntChange } from '../../src/domain/hunt-change';
import { timelineCard } from '../../src/views/timeline-card';
import { ada, hostile, lee, mallory, minutesAgo } from './example-people';

const changes: HuntChange[] = [
  {
    id: 'c1',
    version: 1,
    hunt: 'H-4',
    at: minutesAgo(5),
    by: lee,
    subject: 'H-4',
    what: 'set the hypothesis',
    before: 'Unknown',
    after: 'Validated',
  },
  {
    id: 'c2',
    version: 1,
    hunt: 'H-4',
    at: minutesAgo(50),
    by: ada,
    subject: 'B-2',
    what: 'bookmarked 3 rows',
    after: 'Spray against finance',
  },
  {
    id: 'c3',
    version: 1,
    hunt: 'H-4',
    at: minutesAgo(90),
    by: mallory,
    subject: 'C-7',
    what: hostile,
    before: hostile,
    after: hostile.repeat(10),
  },
];
const page = { page: 1, pages: 1 };

export const timelineCards = [
  {
    name: 'timeline',
    view: 'timeline-card',
    card: timelineCard({ hunt: 'H-4', changes, total: 3, zone: 'Europe/Zurich', args: { hunt: 'H-4' }, ...page }),
  },
  {
    name: 'timeline-empty',
    view: 'timeline-card',
    card: timelineCard({ hunt: 'H-4', changes: [], total: 0, zone: 'UTC', args: { hunt: 'H-4' }, ...page }),
  },
];
