import { createDataExplorerEngine } from '../../src/engines/data-explorer/engine';
import { createDuckdbEngine } from '../../src/engines/duckdb/engine';
import { createLogAnalyticsEngine } from '../../src/engines/log-analytics/engine';
import type { QueryEngine } from '../../src/ports/query-engine';
import { adxFrames, adxSchema, startFakeDataExplorer } from '../fakes/azure/fake-data-explorer';
import { laError, laTable, startFakeLogAnalytics } from '../fakes/azure/fake-log-analytics';
import { staticCredential } from '../fakes/azure/static-credential';
import { asOf, clock, failure } from './azure/ask-engine';
import { lines, makeFolder, removeFolders } from './duckdb/log-folder';

jest.mock('azure-kusto-data', () =>
  jest.requireActual<typeof import('../fakes/azure/real-kusto-sdk')>('../fakes/azure/real-kusto-sdk').realKustoSdk(),
);

const day = { from: new Date('2026-03-01T00:00:00Z'), to: asOf };

function count(engine: QueryEngine, text: string, signal?: AbortSignal): Promise<number> {
  if (!engine.count) throw new Error(`${engine.name} does not count`);
  // A limit of rows is for answers that are kept.
  return engine.count({ text, asOf, range: day, limits: { rows: 1, milliseconds: 20_000 } }, signal);
}

describe('the embedded engine', () => {
  let engine: QueryEngine;

  beforeAll(async () => {
    const events = Array.from({ length: 5000 }, (_, i) => ({
      TimeGenerated: new Date(Date.UTC(2026, 1, 28, 23) + i * 1000).toISOString(),
      EventID: i % 2 ? 4624 : 4688,
    }));
    const logs = await makeFolder({ 'SecurityEvent.ndjson': lines(...events) });
    engine = await createDuckdbEngine({ logs, dataFolder: await makeFolder(), threads: 2, clock });
  });

  afterAll(async () => {
    await engine.close();
    await removeFolders();
  });

  test.each([
    ['SecurityEvent', 1400],
    ['let wanted = 4624; SecurityEvent | where EventID == wanted | sort by TimeGenerated asc;  // all of them', 700],
    ['SecurityEvent | summarize count() by EventID | render piechart', 2],
    ['SecurityEvent | where EventID == 1', 0],
    ['SecurityEvent | where EventID == 1 | summarize count()', 1],
    ['SecurityEvent | extend a = EventID | project a, b = a | as Both | union Both', 2800],
    ['SecurityEvent | evaluate pivot(EventID)', 1400],
  ])('%s', async (text, rows) => {
    expect(await count(engine, text)).toBe(rows);
  });

  test.each([
    ['SigninLogs', 'SigninLogs'],
    ['Feed_CL', 'Feed_CL'],
    ['SecurityEvent | join (Feed_CL | project Address) on $left.EventID == $right.Address', 'Feed_CL'],
    ['let hosts = Hosts_CL | project Name; SecurityEvent | where EventID in (hosts)', 'Hosts_CL'],
    ['SecurityEvent | where Nothing == 1', undefined],
    ['SecurityEvent | invoke Nothing()', undefined],
  ])('names the table that %s misses', async (text, missing) => {
    await expect(count(engine, text)).rejects.toMatchObject({ code: 'unknown-name', missing });
  });

  test('rejects as a run does, and is cancelled as one', async () => {
    expect(await failure(count(engine, 'SigninLogs'))).toMatchObject({ code: 'unknown-name', at: [1, 1] });
    expect(await failure(count(engine, 'SecurityEvent | whre EventID == 1'))).toMatchObject({ code: 'syntax' });
    const heavy = 'range a from 1 to 60000 step 1 | extend k = 1 | as A | join kind=inner A on k | where a * a1 == -1';
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 300);
    expect(await failure(count(engine, heavy, controller.signal))).toMatchObject({ code: 'cancelled' });
    expect(await count(engine, 'print 1')).toBe(1);
  });
});

const text = 'SigninLogs | where User == "a//b"\n| render timechart ; // done\n';
const sent = 'SigninLogs | where User == "a//b"\n\n| count';

test('Log Analytics counts at the end of the text, and says where it did not count all', async () => {
  const answers = [laTable(['Count: long'], [[1204]]), laTable(['User: string'], [['7']])];
  const fake = await startFakeLogAnalytics(() => answers.shift() ?? laTable(['Count: long'], []));
  const engine = createLogAnalyticsEngine({
    workspaceId: fake.workspaceId,
    endpoint: fake.url,
    credential: staticCredential(),
    clock,
  });
  try {
    expect(await count(engine, text)).toBe(1204);
    expect(fake.queries()[0]).toMatchObject({
      text: `set query_now = datetime(2026-03-02T00:00:00.000Z);\n${sent}`,
      timespan: '2026-03-01T00:00:00.000Z/2026-03-02T00:00:00.000Z',
    });
    expect(await failure(count(engine, 'SigninLogs | take 1; SigninLogs'))).toMatchObject({ code: 'unsupported' });
    expect(await failure(count(engine, '.show tables'))).toMatchObject({ code: 'refused' });
    const unknown = (kind: string) =>
      laError(400, {
        code: 'BadArgumentError',
        message: 'The request had some invalid properties',
        innererror: {
          code: 'SemanticError',
          message: 'A semantic error occurred.',
          innererror: {
            code: 'SEM0100',
            message: `'where' operator: Failed to resolve ${kind} expression named 'Foo'`,
          },
        },
      });
    answers.push(unknown('table or column'), unknown('scalar'));
    await expect(count(engine, 'Foo | where 1 == 1')).rejects.toMatchObject({ code: 'unknown-name', missing: 'Foo' });
    await expect(count(engine, 'T | where Foo == 1')).rejects.toMatchObject({ missing: undefined });
  } finally {
    await engine.close();
    await fake.close();
  }
});

test('Data Explorer counts at the end of the text, without a limit of rows', async () => {
  const fake = await startFakeDataExplorer((asked) =>
    asked.startsWith('.') ? adxSchema({ SigninLogs: ['User: string'] }) : adxFrames(['Count: long'], [[33]]),
  );
  const engine = createDataExplorerEngine({
    cluster: fake.url,
    database: 'Hunting',
    credential: staticCredential(),
    clock,
  });
  try {
    expect(await count(engine, text)).toBe(33);
    const [query] = fake.sent('query');
    expect(query?.text).toBe(sent);
    expect(query?.options).not.toHaveProperty('query_take_max_records');
  } finally {
    await engine.close();
    await fake.close();
  }
});
