import type { HuntQuery } from '../../src/domain/query';
import type { Sweep, SweepCounts } from '../../src/domain/sweep';
import { queryListCard } from '../../src/views/query-list-card';
import { sweepCard } from '../../src/views/sweep-card';
import { sweepResultCard } from '../../src/views/sweep-result-card';
import { ada, daysAgo, hostile, now } from './example-people';
import { library, ownQuery } from './example-queries';

const thread = { platform: 'web' as const, tenant: 'local', channel: 'hunting' };

const sweep: Sweep = {
  id: 'S-3',
  version: 4,
  number: 3,
  engine: 'duckdb',
  from: daysAgo(7),
  to: now,
  asOf: now,
  asOfGiven: false,
  filter: '',
  queries: [],
  state: 'running',
  requestedBy: ada,
  createdAt: new Date(now.getTime() - 95_000),
  thread,
  progress: { state: 'none' },
  result: { state: 'none' },
};
const over: Sweep = { ...sweep, state: 'done', finishedAt: now };
const counts: SweepCounts = { total: 1310, done: 412, found: 37, missing: 12, failed: 3 };
const all: SweepCounts = { ...counts, done: 1310, found: 118, missing: 44, failed: 5 };

/** What the results bar holds, by place in the library. */
const bar: [number, number][] = [
  [1204, 12],
  [53, -41],
  [7, 7],
  [2, 0],
  [31_775, 2604],
  [1, 1],
];

function counted(query: HuntQuery, place: number): HuntQuery {
  const at = { resultAt: now, resultSweep: 'S-3' };
  const found = bar[place];
  if (found)
    return {
      ...query,
      ...at,
      resultState: 'counted',
      resultCount: found[0],
      resultDelta: found[1],
      resultChange: Math.abs(found[1]),
    };
  if (place === 6)
    return {
      ...query,
      ...at,
      resultState: 'missing',
      resultMessage: 'There is no table AADServicePrincipalSignInLogs here.',
    };
  if (place === 7)
    return {
      ...query,
      ...at,
      resultState: 'failed',
      resultMessage: 'The query was stopped after 600 s: look at a shorter time, or filter earlier',
    };
  if (place === 8) return query;
  return { ...query, ...at, resultState: 'counted', resultCount: 0, resultDelta: 0, resultChange: 0 };
}

const shown = library.slice(0, 12).map(counted);
const firstPage = { page: 1, pages: 1 };
const found = shown.slice(0, 6).concat({ ...counted(ownQuery, 3), name: hostile });
const failed = [...shown.slice(7, 8), { ...ownQuery, resultState: 'failed' as const, resultMessage: hostile }];

export const sweepCards = [
  {
    name: 'sweep-begun',
    view: 'sweep-card',
    card: sweepCard(sweep, { ...counts, done: 0, found: 0, missing: 0, failed: 0 }, now),
  },
  { name: 'sweep-running', view: 'sweep-card', card: sweepCard(sweep, counts, now) },
  { name: 'sweep-done', view: 'sweep-card', card: sweepCard(over, all, now) },
  {
    name: 'sweep-cancelled',
    view: 'sweep-card',
    card: sweepCard(
      { ...over, state: 'cancelled', cancelledBy: ada, filter: 'Credential Access, table SigninLogs' },
      counts,
      now,
    ),
  },
  {
    name: 'sweep-result',
    view: 'sweep-result-card',
    card: sweepResultCard(over, all, { part: 'found', queries: found, total: 118, page: 1, pages: 8 }),
  },
  {
    name: 'sweep-result-nothing',
    view: 'sweep-result-card',
    card: sweepResultCard(
      { ...over, filter: '“mimikatz”' },
      { total: 4, done: 4, found: 0, missing: 1, failed: 0 },
      { part: 'found', queries: [], total: 0, ...firstPage },
    ),
  },
  {
    name: 'sweep-result-failed',
    view: 'sweep-result-card',
    card: sweepResultCard(over, all, { part: 'failed', queries: failed, total: 2, ...firstPage }),
  },
  {
    name: 'query-list-results',
    view: 'query-list-card',
    card: queryListCard({
      queries: shown,
      total: 12,
      ...firstPage,
      args: { sort: 'delta' },
      filtered: false,
      own: [],
      sweeps: [over],
    }),
  },
];
