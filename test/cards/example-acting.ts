import type { AnalyticsRule, RuleReplay, RuleWindow } from '../../src/domain/analytics-rule';
import type { Approval } from '../../src/domain/approval';
import type { Incident } from '../../src/domain/incident';
import { approvalCard, approvalListCard } from '../../src/views/approval-card';
import { incidentCard, incidentListCard } from '../../src/views/incident-card';
import { replayCard, replayResultCard } from '../../src/views/replay-card';
import { ruleCard, ruleListCard } from '../../src/views/rule-card';
import { ruleWindowCard } from '../../src/views/rule-window-card';
import { ada, daysAgo, hostile, lee, mallory, minutesAgo, now, slackThread } from './example-people';

const hour = 3_600_000;
const entities = [
  { type: 'IP', identifier: 'Address', value: '203.0.113.66' },
  { type: 'Account', identifier: 'FullName', value: 'marta.oliveira@fernhill.example' },
  { type: 'URL', identifier: 'Url', value: 'https://telemetry-sync.example/update?id=7' },
];

const incident: Incident = {
  id: 'I-3',
  version: 4,
  number: 3,
  title: 'Password spray against finance, followed by a sign-in',
  description: 'One address tried 212 accounts in an hour and got into one.',
  severity: 'High',
  status: 'Active',
  owner: lee,
  ownerId: lee.id,
  labels: ['finance'],
  tactics: ['CredentialAccess', 'InitialAccess'],
  techniques: ['T1110.003', 'T1078'],
  tasks: [
    { id: 'a1', title: 'Reset the account and revoke its sessions', done: true, by: lee, at: minutesAgo(40) },
    { id: 'a2', title: 'Block the address at the gateway', done: false },
  ],
  comments: [
    { id: 'c1', author: ada, text: 'The account signed in from there at 02:14.', at: minutesAgo(90) },
    { id: 'c2', author: lee, text: 'Its owner was asleep. Reset.', at: minutesAgo(40) },
  ],
  hunts: ['H-4'],
  bookmarks: ['B-2', 'B-3'],
  alerts: [
    {
      id: 'A-1.1.1',
      rule: 'A-1',
      name: 'Spray',
      severity: 'High',
      at: minutesAgo(100),
      from: minutesAgo(160),
      to: minutesAgo(100),
      rows: 212,
      entities,
      run: 'R-31',
    },
  ],
  threads: [slackThread],
  threadKeys: [],
  cards: [],
  createdBy: ada,
  createdAt: minutesAgo(100),
  updatedAt: minutesAgo(40),
};

const hostileIncident: Incident = {
  ...incident,
  id: 'I-4',
  number: 4,
  title: hostile,
  description: hostile.repeat(20),
  owner: mallory,
  createdBy: mallory,
  labels: [hostile],
  tasks: Array.from({ length: 40 }, (_, i) => ({ id: `t${i}`, title: hostile, done: i % 2 === 0, by: mallory })),
  comments: Array.from({ length: 100 }, (_, i) => ({
    id: `c${i}`,
    author: mallory,
    text: hostile.repeat(50),
    at: now,
  })),
  bookmarks: Array.from({ length: 20 }, (_, i) => `B-${i + 1}`),
  alerts: [
    {
      ...(incident.alerts[0] as Incident['alerts'][number]),
      name: hostile,
      entities: [{ type: 'Host', identifier: 'HostName', value: hostile }],
    },
  ],
};

const rule: AnalyticsRule = {
  id: 'A-1',
  version: 3,
  number: 1,
  name: 'One address tries many accounts',
  description: 'Raises an alert when one address fails at more accounts in an hour than people have.',
  severity: 'High',
  text: 'SigninLogs\n| where ResultType != "0"\n| summarize Accounts = dcount(UserPrincipalName) by IPAddress\n| where Accounts > 20',
  engine: 'duckdb',
  source: 'H-4/Q-2',
  hunts: ['H-4'],
  tactics: ['CredentialAccess'],
  techniques: ['T1110.003'],
  entityMappings: [{ entityType: 'IP', fieldMappings: [{ identifier: 'Address', columnName: 'IPAddress' }] }],
  frequencyMilliseconds: hour,
  periodMilliseconds: hour,
  triggerOperator: 'GreaterThan',
  triggerThreshold: 0,
  aggregation: 'AlertPerResult',
  suppressionMilliseconds: 4 * hour,
  grouping: {
    createIncident: true,
    enabled: true,
    reopenClosedIncident: false,
    lookbackMilliseconds: 5 * hour,
    matchingMethod: 'AllEntities',
    groupByEntities: [],
  },
  state: 'draft',
  thread: slackThread,
  cards: [],
  createdBy: ada,
  createdAt: daysAgo(2),
  updatedAt: daysAgo(1),
};
const enabled: AnalyticsRule = {
  ...rule,
  state: 'enabled',
  enabledBy: lee,
  nextWindow: now,
  lastReplay: { days: 30, alerts: 4, at: daysAgo(1) },
};
const hostileRule: AnalyticsRule = {
  ...rule,
  id: 'A-2',
  number: 2,
  name: hostile,
  description: hostile.repeat(10),
  text: hostile,
  createdBy: mallory,
  approval: 'Y-2',
};

const none = { state: 'none' as const };
const window: RuleWindow = {
  id: 'A-1.1764061200000',
  version: 2,
  rule: 'A-1',
  from: minutesAgo(60),
  to: now,
  dueAt: now,
  state: 'done',
  rows: 2,
  alerts: 2,
  incidents: [
    { id: 'I-3', isNew: false },
    { id: 'I-4', isNew: true },
  ],
  entities,
  run: 'R-31',
  late: true,
  createdAt: now,
  finishedAt: now,
  thread: slackThread,
  progress: none,
  result: none,
};

const replay: RuleReplay = {
  id: 'A-1.replay.1',
  version: 1,
  number: 1,
  rule: 'A-1',
  text: rule.text,
  frequencyMilliseconds: hour,
  periodMilliseconds: hour,
  days: 30,
  to: now,
  windows: 720,
  done: 312,
  counts: [{ to: now.getTime() - hour, rows: 3 }],
  noisiest: [
    { type: 'IP', value: '203.0.113.66', windows: 3 },
    { type: 'Host', value: hostile, windows: 1 },
  ],
  entities: 7,
  bookmarks: ['B-2'],
  bookmarksLookedAt: 3,
  state: 'running',
  requestedBy: ada,
  createdAt: minutesAgo(1),
  thread: slackThread,
  progress: none,
  result: none,
};

const approval: Approval = {
  id: 'Y-1',
  version: 1,
  number: 1,
  kind: 'enable-rule',
  subject: 'A-1',
  title: 'Enable A-1 “One address tries many accounts”',
  what: 'It runs every 1h, over the last 1h, and raises an alert for each row on more than 0 rows. Replayed: 4 alerts in 30 days.',
  why: 'It found H-4, and is quiet otherwise.',
  hunts: ['H-4'],
  state: 'waiting',
  requestedBy: ada,
  createdAt: minutesAgo(10),
  expiresAt: new Date(now.getTime() + 23 * hour),
  thread: slackThread,
  cards: [],
};
const hostileApproval: Approval = {
  ...approval,
  id: 'Y-2',
  title: hostile,
  what: hostile,
  why: hostile.repeat(20),
  requestedBy: mallory,
  state: 'rejected',
  decidedBy: lee,
  decidedAt: now,
  because: hostile,
};

const page = { page: 1, pages: 1 };

export const actingCards = [
  {
    name: 'incident',
    view: 'incident-card',
    card: incidentCard(incident, {
      verb: 'Opened',
      bookmarks: [
        { id: 'B-2', name: 'Spray against finance' },
        { id: 'B-3', name: 'The sign-in' },
      ],
    }),
  },
  {
    name: 'incident-closed',
    view: 'incident-card',
    card: incidentCard({
      ...incident,
      status: 'Closed',
      classification: 'TruePositive',
      classificationReason: 'SuspiciousActivity',
      classificationComment: 'Reset and blocked.',
    }),
  },
  {
    name: 'incident-hostile',
    view: 'incident-card',
    card: incidentCard(hostileIncident, { bookmarks: hostileIncident.bookmarks.map((id) => ({ id, name: hostile })) }),
  },
  {
    name: 'incident-list',
    view: 'incident-card',
    card: incidentListCard({
      incidents: [incident, hostileIncident],
      total: 2,
      ...page,
      args: { hunt: 'H-4' },
      filtered: false,
    }),
  },
  {
    name: 'incident-list-empty',
    view: 'incident-card',
    card: incidentListCard({ incidents: [], total: 0, ...page, args: {}, filtered: false }),
  },
  { name: 'rule-draft', view: 'rule-card', card: ruleCard(rule, { verb: 'Drafted' }) },
  {
    name: 'rule-enabled',
    view: 'rule-card',
    card: ruleCard(enabled, {
      windows: [
        window,
        { ...window, state: 'failed', alerts: 0, incidents: [], note: 'There is no table SigninLogs.' },
      ],
    }),
  },
  { name: 'rule-hostile', view: 'rule-card', card: ruleCard(hostileRule) },
  {
    name: 'rule-list',
    view: 'rule-card',
    card: ruleListCard({ rules: [enabled, hostileRule], total: 2, ...page, args: {}, filtered: false }),
  },
  {
    name: 'rule-list-empty',
    view: 'rule-card',
    card: ruleListCard({ rules: [], total: 0, ...page, args: {}, filtered: false }),
  },
  { name: 'rule-window', view: 'rule-window-card', card: ruleWindowCard(enabled, window, [incident, hostileIncident]) },
  {
    name: 'rule-window-failed',
    view: 'rule-window-card',
    card: ruleWindowCard(hostileRule, { ...window, state: 'failed', note: hostile }, []),
  },
  { name: 'replay-running', view: 'replay-card', card: replayCard(rule, replay, now) },
  {
    name: 'replay',
    view: 'replay-card',
    card: replayResultCard(
      rule,
      { ...replay, state: 'done', done: 720 },
      {
        alerts: [now.getTime() - hour],
        thresholds: [
          { threshold: 0, alerts: 4 },
          { threshold: 5, alerts: 1 },
        ],
      },
      [],
    ),
  },
  { name: 'approval', view: 'approval-card', card: approvalCard(approval) },
  { name: 'approval-hostile', view: 'approval-card', card: approvalCard(hostileApproval) },
  {
    name: 'approval-list',
    view: 'approval-card',
    card: approvalListCard({ approvals: [approval, hostileApproval], total: 2, ...page, all: false }),
  },
  {
    name: 'approval-list-empty',
    view: 'approval-card',
    card: approvalListCard({ approvals: [], total: 0, ...page, all: false }),
  },
];
