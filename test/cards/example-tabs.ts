import type { Tab } from '../../src/domain/tab';
import { tabCard } from '../../src/views/tab-card';
import { tabHistoryCard } from '../../src/views/tab-history-card';
import { tabListCard } from '../../src/views/tab-list-card';
import { ada, hostile, lee, mallory, minutesAgo } from './example-people';
import { runs } from './example-runs';

const run = Object.values(runs)[0] ?? null;
const text =
  'SigninLogs\n| where ResultType != "0"\n| summarize Tries = count(), Accounts = dcount(UserPrincipalName) by IPAddress\n| where Accounts > 20';

const tab: Tab = {
  id: 'K-3',
  version: 2,
  number: 3,
  hunt: 'H-4',
  name: 'Addresses that try many accounts',
  text,
  sinceMilliseconds: 7 * 86_400_000,
  run: 'R-7',
  lastRunAt: minutesAgo(20),
  lastRunBy: lee,
  revisions: [
    { text: text.replace('\n| where Accounts > 20', ''), at: minutesAgo(60), by: ada },
    { text, at: minutesAgo(20), by: lee },
  ],
  promotedTo: ['H-4/Q-41'],
  createdBy: ada,
  createdAt: minutesAgo(60),
  updatedAt: minutesAgo(20),
};

const hostileTab: Tab = {
  ...tab,
  id: 'K-4',
  name: hostile,
  text: hostile,
  lastRunBy: mallory,
  createdBy: mallory,
  revisions: [
    { text, at: minutesAgo(9), by: mallory },
    { text: hostile, at: minutesAgo(8), by: mallory },
  ],
};

const page = { page: 1, pages: 1 };

export const tabCards = [
  { name: 'tab', view: 'tab-card', card: tabCard(tab, run) },
  { name: 'tab-hostile', view: 'tab-card', card: tabCard(hostileTab, null) },
  { name: 'tab-history', view: 'tab-history-card', card: tabHistoryCard(tab, 1) },
  { name: 'tab-history-hostile', view: 'tab-history-card', card: tabHistoryCard(hostileTab, 1) },
  { name: 'tab-history-empty', view: 'tab-history-card', card: tabHistoryCard({ ...tab, revisions: [] }, 1) },
  {
    name: 'tab-list',
    view: 'tab-list-card',
    card: tabListCard({
      hunt: 'H-4',
      tabs: [{ tab, ...(run ? { run } : {}) }, { tab: hostileTab }],
      total: 23,
      page: 1,
      pages: 3,
    }),
  },
  { name: 'tab-list-empty', view: 'tab-list-card', card: tabListCard({ hunt: 'H-4', tabs: [], total: 0, ...page }) },
  {
    name: 'tab-list-no-fit',
    view: 'tab-list-card',
    card: tabListCard({ hunt: 'H-4', tabs: [], total: 0, search: hostile, ...page }),
  },
];
