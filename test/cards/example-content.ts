import { availableSolutions } from '../../src/content/available-solutions';
import type { SolutionContent } from '../../src/content/read-solution';
import type { ContentImport } from '../../src/domain/content-import';
import { type ContentCounts, noContent } from '../../src/views/content-counts';
import { contentListCard } from '../../src/views/content-list-card';
import { importCard, importResultCard } from '../../src/views/import-card';
import { ruleTemplateCard } from '../../src/views/rule-template-card';
import { type SolutionDetails, solutionCard } from '../../src/views/solution-card';
import { removeSolutionCard, updatePreviewCard } from '../../src/views/solution-change-cards';
import { ada, daysAgo, hostile, now } from './example-people';
import { library, ownQuery, sprayQuery } from './example-queries';

const solutions = availableSolutions();

function counts(content: SolutionContent): ContentCounts {
  return {
    ...noContent(),
    'hunting-query': content.queries.length,
    'rule-template': content.rules.length,
    parser: content.parsers.length,
    watchlist: content.watchlists.length,
    playbook: content.playbooks.length,
  };
}

const states = ['always', 'available', 'update', 'installed'] as const;

const lines = solutions.map((content, index) => ({
  slug: content.slug,
  name: content.name,
  version: content.version,
  state: states[index] ?? ('available' as const),
  imported: false,
  counts: counts(content),
  runnable: Math.max(0, content.queries.length - index),
}));

const identity = solutions.find((one) => one.slug === 'identity-attacks') ?? solutions[0];
if (!identity) throw new Error('There are no solutions any more');

function details(content: SolutionContent, more: Partial<SolutionDetails>): SolutionDetails {
  return {
    slug: content.slug,
    name: content.name,
    description: content.description,
    author: content.author,
    state: 'available',
    version: content.version,
    counts: counts(content),
    queries: content.queries.map((query, index) => ({ ...query, missing: index === 3 ? ['AADRiskyUsers'] : [] })),
    rules: content.rules,
    parsers: content.parsers.map((one) => ({ name: one.functionName, title: one.name })),
    watchlists: content.watchlists.map((one) => {
      return { alias: one.alias, rows: one.rows.length, columns: one.columns.length };
    }),
    playbooks: content.playbooks,
    mayChange: true,
    ...more,
  };
}

const keyed = identity.queries.map((query, index) => ({
  ...query,
  key: `Q-${24 + index}`,
  missing: [],
  ...(index === 1
    ? { check: { at: daysAgo(1), ok: false, message: 'unknown column “RiskLevel” (line 4, column 9)' } }
    : {}),
}));

const [rule] = identity.rules;

const reading: ContentImport = {
  id: 'M-4',
  version: 1,
  number: 4,
  name: 'community-queries',
  from: 'folder',
  state: 'running',
  step: 'reading',
  done: 1240,
  files: 0,
  counts: { added: 0, updated: 0, unchanged: 0, kept: 0, duplicate: 0, left: 0 },
  cannotRun: 0,
  reasons: [],
  solutions: [],
  requestedBy: ada,
  createdAt: new Date(now.getTime() - 95_000),
  thread: { platform: 'slack', tenant: ada.tenant, channel: 'C1', root: '1.1' },
  progress: { state: 'sent' },
  result: { state: 'none' },
  report: { state: 'none' },
};

const imported: ContentImport = {
  ...reading,
  state: 'done',
  step: 'writing',
  done: 3051,
  total: 3051,
  files: 3318,
  counts: { added: 2480, updated: 31, unchanged: 212, kept: 4, duplicate: 324, left: 267 },
  cannotRun: 96,
  reasons: [
    { why: 'not a query, rule, parser, watchlist or playbook', count: 251 },
    { why: hostile, count: 16 },
  ],
  solutions: ['community-queries', 'cloud-hunting'],
  finishedAt: now,
};

export const contentCards = [
  { name: 'content-list', view: 'content-list-card', card: contentListCard(lines, undefined) },
  { name: 'content-list-empty', view: 'content-list-card', card: contentListCard([], hostile) },
  { name: 'content-available', view: 'solution-card', card: solutionCard(details(identity, {})) },
  {
    name: 'content-installed',
    view: 'solution-card',
    card: solutionCard(
      details(identity, {
        state: 'update',
        newer: '1.1.0',
        installed: { by: 'Ada Night', at: daysAgo(3) },
        queries: keyed,
        parsers: [
          { name: 'Broken', title: hostile, check: { at: daysAgo(1), ok: false, message: 'Expected: ) (line 2)' } },
        ],
      }),
    ),
  },
  {
    name: 'content-reader',
    view: 'solution-card',
    card: solutionCard(details(identity, { mayChange: false, name: hostile, description: hostile })),
  },
  {
    name: 'content-update',
    view: 'solution-change-cards',
    card: updatePreviewCard({
      slug: identity.slug,
      name: identity.name,
      from: '1.0.0',
      to: '1.1.0',
      added: ['Device code used by a person who never did'],
      changed: [
        {
          key: sprayQuery.id,
          before: sprayQuery,
          after: {
            ...sprayQuery,
            techniques: [...sprayQuery.techniques, 'T1078.004'],
            text: `${sprayQuery.text}\n| where Accounts > 10`,
          },
        },
        { key: ownQuery.id, before: ownQuery, after: { ...ownQuery, name: sprayQuery.name, text: sprayQuery.text } },
      ],
      removed: [`${library[3]?.id} ${library[3]?.name}`],
      parts: { added: ['Known networks'], changed: ['Logon failures of every kind'], removed: [] },
      edited: [
        { key: ownQuery.id, name: ownQuery.name, deleted: false, newer: true },
        { key: 'Q-33', name: 'Conditional access policy weakened', deleted: true, newer: false },
      ],
      taken: ['KnownNetworks'],
    }),
  },
  {
    name: 'content-remove',
    view: 'solution-change-cards',
    card: removeSolutionCard({
      slug: identity.slug,
      name: identity.name,
      queries: 9,
      parts: 6,
      edited: [ownQuery],
      hunts: ['H-1', 'H-4'],
    }),
  },
  { name: 'content-import-reading', view: 'import-card', card: importCard(reading, now) },
  {
    name: 'content-import-writing',
    view: 'import-card',
    card: importCard({ ...reading, step: 'writing', done: 1900, total: 3051 }, now),
  },
  { name: 'content-imported', view: 'import-card', card: importResultCard(imported) },
  {
    name: 'content-import-failed',
    view: 'import-card',
    card: importResultCard({ ...reading, state: 'failed', name: hostile, failure: hostile }),
  },
  ...(rule
    ? [
        {
          name: 'content-rule',
          view: 'rule-template-card',
          card: ruleTemplateCard({ ...rule, text: rule.query }, identity, undefined),
        },
      ]
    : []),
];
