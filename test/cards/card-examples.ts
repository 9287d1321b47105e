import type { Card } from '../../src/chat/card';
import type { Form } from '../../src/chat/form';
import { commandForm } from '../../src/commands/command-form';
import { createRegistry } from '../../src/commands/registry';
import { summaryOf } from '../../src/commands/usage';
import type { Run, RunQuery } from '../../src/domain/run';
import { UserError } from '../../src/errors';
import { auditCard, roleListCard } from '../../src/views/access-cards';
import { comparisonCard } from '../../src/views/comparison-card';
import { errorCard, faultCard } from '../../src/views/error-card';
import { commandHelpCard, helpCard } from '../../src/views/help-card';
import { huntCard } from '../../src/views/hunt-card';
import { huntListCard } from '../../src/views/hunt-list-card';
import { inputFaultCard, unknownCommandCard } from '../../src/views/input-fault-card';
import { confirmCard, noticeCard } from '../../src/views/notice-card';
import { queryCard } from '../../src/views/query-card';
import { queryListCard } from '../../src/views/query-list-card';
import { resultCard } from '../../src/views/result-card';
import { chooseQueryCard, resultsPageCard } from '../../src/views/results-page-card';
import { rowCard } from '../../src/views/row-card';
import { runCard } from '../../src/views/run-card';
import { runListCard } from '../../src/views/run-list-card';
import { tableCard, tableListCard } from '../../src/views/table-list-card';
import { auditLines, roleGrants } from './example-access';
import { actingCards } from './example-acting';
import { chartCards } from './example-charts';
import { contentCards } from './example-content';
import { coverageCards } from './example-coverage';
import { evidenceCards } from './example-evidence';
import { exampleHunt, hostileHunt, manyHunts, validated } from './example-hunts';
import { indicatorCards } from './example-indicators';
import { investigationCards } from './example-investigation';
import { libraryExamples } from './example-library';
import { daysAgo, hostile, now } from './example-people';
import { playbookCards } from './example-playbooks';
import { cloneOf, library, ownQuery, powershellQuery, pushQuery, sprayQuery } from './example-queries';
import { countRows, resultsOf, runs, signIns, wideRows } from './example-runs';
import { sweepCards } from './example-sweeps';
import { tabCards } from './example-tabs';
import { timelineCards } from './example-timeline';

export interface CardExample {
  /** Name of its picture. */
  name: string;
  /** File of src/views that makes it. */
  view: string;
  card: Card;
}

const none = { queries: 0, runs: 0, bookmarks: 0, entities: 0, comments: 0 };
const registry = createRegistry();
const summaries = [...registry.values()].filter((one) => !one.internal && !one.quiet).map(summaryOf);

function summary(name: string) {
  const found = summaries.find((one) => one.name === name);
  if (found === undefined) throw new Error(`There is no command ${name} any more`);
  return found;
}

function firstOf(run: Run): RunQuery {
  const [query] = run.queries;
  if (query === undefined) throw new Error(`${run.id} has no query`);
  return query;
}

const firstPage = { page: 1, pages: 1 };
const undo = { label: 'Undo', command: 'restore', args: { hunt: 'H-4' }, opens: 'nothing' as const };
const own = [cloneOf(sprayQuery), cloneOf(pushQuery)];

export const cardExamples: CardExample[] = [
  { name: 'hunt-new', view: 'hunt-card', card: huntCard(exampleHunt(), none) },
  {
    name: 'hunt-active',
    view: 'hunt-card',
    card: huntCard(
      exampleHunt({
        status: 'Active',
        description: validated.description,
        tactics: validated.tactics,
        techniques: validated.techniques,
      }),
      {
        ...none,
        queries: 5,
        runs: 1,
      },
    ),
  },
  {
    name: 'hunt-validated',
    view: 'hunt-card',
    card: huntCard(validated, { queries: 5, runs: 3, bookmarks: 2, entities: 6, comments: 3 }),
  },
  { name: 'hunt-hostile', view: 'hunt-card', card: huntCard(hostileHunt, { ...none, comments: 1 }) },
  {
    name: 'hunt-list',
    view: 'hunt-list-card',
    card: huntListCard({ hunts: manyHunts, total: 23, page: 2, pages: 3, args: {}, filtered: false }),
  },
  {
    name: 'hunt-list-empty',
    view: 'hunt-list-card',
    card: huntListCard({ hunts: [], total: 0, page: 1, pages: 1, args: {}, filtered: false }),
  },
  {
    name: 'hunt-list-no-fit',
    view: 'hunt-list-card',
    card: huntListCard({ hunts: [], total: 0, page: 1, pages: 1, args: { status: 'Closed' }, filtered: true }),
  },
  {
    name: 'query-list-in-hunt',
    view: 'query-list-card',
    card: queryListCard({
      queries: library.slice(0, 23),
      total: 23,
      page: 1,
      pages: 1,
      args: { hunt: 'H-4' },
      filtered: false,
      hunt: 'H-4',
      own,
    }),
  },
  {
    name: 'query-list',
    view: 'query-list-card',
    card: queryListCard({
      queries: [ownQuery, ...library.slice(0, 9)],
      total: 31,
      page: 2,
      pages: 4,
      args: {},
      filtered: false,
      own: [],
    }),
  },
  {
    name: 'query-list-empty',
    view: 'query-list-card',
    card: queryListCard({ queries: [], total: 0, page: 1, pages: 1, args: { search: 'x' }, filtered: true, own: [] }),
  },
  ...libraryExamples,
  { name: 'query-library', view: 'query-card', card: queryCard(sprayQuery) },
  { name: 'query-clone', view: 'query-card', card: queryCard(cloneOf(powershellQuery)) },
  { name: 'query-hostile', view: 'query-card', card: queryCard(ownQuery) },
  ...contentCards,
  ...sweepCards,
  ...tabCards,
  ...indicatorCards,
  ...actingCards,
  ...timelineCards,
  ...playbookCards,
  ...investigationCards,
  ...(['waiting', 'running', 'cancelling', 'cancelled', 'several', 'one', 'failed'] as const).map((state) => ({
    name: `run-${state}`,
    view: 'run-card',
    card: runCard(runs[state], now),
  })),
  { name: 'result-one', view: 'result-card', card: resultCard(runs.one, resultsOf(runs.one, countRows)) },
  ...chartCards,
  ...coverageCards,
  { name: 'result-several', view: 'result-card', card: resultCard(runs.several, resultsOf(runs.several)) },
  { name: 'result-failed', view: 'result-card', card: resultCard(runs.failed, resultsOf(runs.failed)) },
  {
    name: 'result-truncated',
    view: 'result-card',
    card: resultCard(runs.truncated, resultsOf(runs.truncated, signIns)),
  },
  { name: 'result-empty', view: 'result-card', card: resultCard(runs.empty, resultsOf(runs.empty)) },
  { name: 'result-cancelled', view: 'result-card', card: resultCard(runs.cancelled, resultsOf(runs.cancelled)) },
  {
    name: 'results-page-wide',
    view: 'results-page-card',
    card: resultsPageCard({
      run: runs.old,
      query: { ...firstOf(runs.old), rows: 812 },
      rows: wideRows.rows.slice(0, 10),
      numbers: wideRows.rows.map((_, index) => 41 + index),
      total: 812,
      page: 5,
      pages: 82,
      args: { run: 'R-12', query: 'Q-15' },
      file: 'http://127.0.0.1:3978/files/R-12.csv',
    }),
  },
  {
    name: 'results-page-filtered-away',
    view: 'results-page-card',
    card: resultsPageCard({
      run: runs.one,
      query: firstOf(runs.one),
      rows: [],
      numbers: [],
      total: 0,
      page: 1,
      pages: 1,
      args: { run: 'R-8', query: 'kql', filter: 'mimikatz' },
      file: 'http://127.0.0.1:3978/files/R-8.csv',
    }),
  },
  {
    name: 'row',
    view: 'row-card',
    card: rowCard(
      runs.old,
      { ...firstOf(runs.old), rows: 812, columns: [...firstOf(runs.old).columns, { name: 'Extra', type: 'dynamic' }] },
      41,
      [...(wideRows.rows[0] ?? []), { nested: [hostile, { deep: hostile.repeat(200) }] }],
    ),
  },
  {
    name: 'comparison',
    view: 'comparison-card',
    card: comparisonCard({
      earlier: { id: 'R-7', createdAt: daysAgo(7), query: firstOf(runs.old) },
      later: { id: 'R-12', createdAt: daysAgo(1), query: firstOf(runs.old) },
      identity: { keys: ['Account', hostile], ignored: ['TimeGenerated'] },
      same: 780,
      fresh: wideRows.rows.slice(0, 10).map((row, index) => ({ row, number: index + 1 })),
      gone: [],
      freshTotal: 32,
      goneTotal: 0,
    }),
  },
  { name: 'results-choose', view: 'results-page-card', card: chooseQueryCard(runs.several) },
  {
    name: 'run-list',
    view: 'run-list-card',
    card: runListCard(
      [{ ...runs.running, id: 'R-14' }, runs.failed, runs.one, runs.several, { ...runs.cancelled, id: 'R-6' }],
      14,
      'H-4',
      {
        page: 1,
        pages: 3,
      },
    ),
  },
  { name: 'run-list-empty', view: 'run-list-card', card: runListCard([], 0, 'H-4', firstPage) },
  ...evidenceCards,
  {
    name: 'role-list',
    view: 'access-cards',
    card: roleListCard(roleGrants, 2),
  },
  { name: 'role-list-empty', view: 'access-cards', card: roleListCard([], 0) },
  { name: 'audit', view: 'access-cards', card: auditCard(auditLines, 48, {}, { page: 1, pages: 5 }) },
  { name: 'audit-empty', view: 'access-cards', card: auditCard([], 0, {}, firstPage) },
  { name: 'help', view: 'help-card', card: helpCard(summaries) },
  { name: 'help-run', view: 'help-card', card: commandHelpCard(summary('run')) },
  {
    name: 'table-list',
    view: 'table-list-card',
    card: tableListCard(
      'duckdb',
      [
        'SigninLogs',
        'AuditLogs',
        'OfficeActivity',
        'SecurityEvent',
        'DeviceProcessEvents',
        'DeviceNetworkEvents',
        'DeviceFileEvents',
        'Syslog',
      ].map((name, index) => ({
        name,
        rows: 3472 * (index + 1) ** 2,
        columns: wideRows.columns.slice(0, 4 + index),
        ...(index === 5 ? {} : { first: daysAgo(30), last: daysAgo(0.4) }),
      })),
    ),
  },
  { name: 'table-list-empty', view: 'table-list-card', card: tableListCard('duckdb', []) },
  {
    name: 'table',
    view: 'table-list-card',
    card: tableCard({ name: 'SecurityEvent', rows: 120_371, columns: wideRows.columns, first: daysAgo(30), last: now }),
  },
  {
    name: 'confirm',
    view: 'notice-card',
    card: confirmCard(
      'Delete H-4 “Somebody sprays passwords at our accounts”?',
      'Its queries, bookmarks and comments go with it. It can be restored.',
      {
        label: 'Delete',
        command: 'delete',
        args: { hunt: 'H-4', confirmed: 'yes' },
        opens: 'nothing',
      },
    ),
  },
  {
    name: 'notice',
    view: 'notice-card',
    card: noticeCard('H-4 is Validated, said Ada Night: one rented address tried 53 accounts.', [undo]),
  },
  {
    name: 'notice-long',
    view: 'notice-card',
    card: noticeCard(
      `2 queries were added to H-4 by Ada Night: ${own.map((one) => `${one.id} ${one.name}`).join('; ')}. Already there: Q-3 ${powershellQuery.name}; Q-9 ${hostile}.`,
      [undo],
    ),
  },
  {
    name: 'error',
    view: 'error-card',
    card: errorCard(new UserError('not-found', 'There is no table “SignInLog”.', 'Did you mean SigninLogs?')),
  },
  {
    name: 'error-kql',
    view: 'error-card',
    card: errorCard(
      new UserError(
        'bad-input',
        '“make-graph” is not supported yet (line 3, column 5).',
        'The README lists what the embedded engine knows.',
      ),
    ),
  },
  { name: 'fault', view: 'error-card', card: faultCard('8f0c2d1a') },
  {
    name: 'input-fault',
    view: 'input-fault-card',
    card: inputFaultCard(
      summary('bookmark'),
      ['Rows: “all” is no list of row numbers such as 1,3-5.', `Tactics: “${hostile}” is no ATT&CK tactic.`],
      { run: 'R-7' },
      true,
    ),
  },
  {
    name: 'unknown-command',
    view: 'input-fault-card',
    card: unknownCommandCard('ruun', [summary('run'), summary('runs')]),
  },
  { name: 'unknown-word', view: 'input-fault-card', card: unknownCommandCard('abrakadabra', []) },
];

export interface FormExample {
  name: string;
  form: Form;
}

function form(name: string, fixed: Record<string, string> = {}, filled: Record<string, string> = {}): FormExample {
  const command = registry.get(name);
  if (command === undefined) throw new Error(`There is no command ${name} any more`);
  return { name: `form-${name.replace(' ', '-')}`, form: commandForm(command, fixed, filled) };
}

export const formExamples: FormExample[] = [
  form('new'),
  form(
    'edit',
    { hunt: 'H-4' },
    {
      name: validated.name,
      description: validated.description,
      tactics: 'CredentialAccess, InitialAccess',
      techniques: 'T1110.003, T1621',
    },
  ),
  form(
    'bookmark',
    { run: 'R-7' },
    {
      query: 'Q-15',
      name: sprayQuery.name,
      'time-column': 'FirstSeen',
      entities: 'Account=UserPrincipalName, IP=IPAddress',
      tactics: 'CredentialAccess',
      techniques: 'T1110.003',
    },
  ),
  form('query new', {}, { kql: ownQuery.text }),
  form('kql'),
  form('hypothesis', { hunt: 'H-4' }),
];
