import { createLogAnalyticsEngine } from '../../../src/engines/log-analytics/engine';
import type { QueryEngine } from '../../../src/ports/query-engine';
import {
  type FakeLogAnalytics,
  laError,
  laPartial,
  laTable,
  startFakeLogAnalytics,
} from '../../fakes/azure/fake-log-analytics';
import type { FakeAnswer } from '../../fakes/azure/start-http-fake';
import { staticCredential } from '../../fakes/azure/static-credential';
import { type Asked, ask, asOf, clock, failure, until } from '../azure/ask-engine';

const range = { from: new Date('2026-02-23T00:00:00Z'), to: asOf };
const credential = staticCredential();
const one = laTable(['n: long'], [[1]]);
let answers: FakeAnswer[] = [];
let fake: FakeLogAnalytics;
let engine: QueryEngine;

beforeAll(async () => {
  fake = await startFakeLogAnalytics(() => answers.shift() ?? one);
  engine = createLogAnalyticsEngine({ workspaceId: fake.workspaceId, endpoint: fake.url, credential, clock });
});

beforeEach(() => {
  answers = [];
  fake.requests.length = 0;
});

afterEach(() => expect(fake.faults).toEqual([]));

afterAll(async () => {
  await engine.close();
  await fake.close();
});

function answered(answer: FakeAnswer, asked: Asked = {}, text = 'T | count') {
  answers = [answer];
  return ask(engine, text, asked);
}

const broken = (answer: FakeAnswer, text?: string) => failure(answered(answer, {}, text));

test('sends the text, the range as timespan, the clock, the time limit and what to tell beside the rows', async () => {
  await ask(engine, 'SigninLogs\n| where TimeGenerated > ago(1d)', { range, milliseconds: 90_000 });
  const [query] = fake.queries();
  expect(query).toMatchObject({
    text: 'set query_now = datetime(2026-03-02T00:00:00.000Z);\nSigninLogs\n| where TimeGenerated > ago(1d)',
    timespan: '2026-02-23T00:00:00.000Z/2026-03-02T00:00:00.000Z',
    prefer: 'wait=90,include-statistics=true,include-render=true',
  });
  expect(query?.request.headers['user-agent']).toMatch(/^Talbot /);
  expect(credential.scopes).toContain('https://api.loganalytics.io/.default');
});

test('sends no timespan without a range, and never asks the service for more than ten minutes', async () => {
  await ask(engine, 'T', { milliseconds: 3_600_000 });
  expect(fake.queries()[0]).toMatchObject({ timespan: undefined, prefer: expect.stringMatching(/^wait=600,/) });
});

test('hands pages over one by one and stops at the row limit', async () => {
  const rows = Array.from({ length: 4500 }, (_, i) => [i]);
  let open = 0;
  const onPage = async () => {
    expect(++open).toBe(1);
    await new Promise((resolve) => setImmediate(resolve));
    open--;
  };
  const all = await answered(laTable(['n: long'], rows), { onPage });
  expect(all).toMatchObject({ rows: 4500, truncated: false, pages: [2000, 2000, 500] });
  expect(await answered(laTable(['n: long'], rows), { rows: 2100 })).toMatchObject({
    rows: 2100,
    truncated: true,
    pages: [2000, 100],
  });
});

test('tells what the service read, and repeats the chart', async () => {
  const summary = await answered(
    laTable(['n: long'], [[1]], {
      statistics: {
        query: { executionTime: 0.42, inputDatasetStatistics: [{ rows: { total: 90_000, scanned: 1200 } }] },
      },
      render: { visualization: 'barchart', title: 'By hour', xColumn: null, accumulate: false },
    }),
  );
  expect(summary.notes).toEqual(['Log Analytics read 1,200 of 90,000 rows in 0.4 s.']);
  expect(summary.render).toEqual({ chart: 'barchart', properties: { title: 'By hour' } });
});

describe('a 200 that did not go well', () => {
  test('rows that the service cut are given, marked and explained', async () => {
    const said = 'The results of this query exceed the set limit of 2 records, so not all records were returned.';
    const summary = await answered(laTable(['n: long'], [[1], [2]], laPartial('-2133196797', said)));
    expect(summary).toMatchObject({ rows: 2, truncated: true });
    expect(summary.notes).toEqual([`Log Analytics cut the answer at its own limit; more rows exist. It says: ${said}`]);
  });
  test('rows of a query that ended early are called incomplete', async () => {
    const summary = await answered(laTable(['n: long'], [[1]], laPartial('-2133196793', 'Low memory condition')));
    expect(summary.truncated).toBe(true);
    expect(summary.notes[0]).toMatch(/^The answer is incomplete.*Low memory condition\.$/);
  });
  test('no rows and an error is an error, never “nothing found”', async () => {
    expect(await broken(laTable(['n: long'], [], laPartial('-2133196793', 'Low memory condition')))).toMatchObject({
      code: 'limit',
      message: expect.stringContaining('Low memory condition'),
    });
    expect(await broken({ body: { error: { code: 'Oops', message: 'it broke' } } })).toMatchObject({
      code: 'internal',
      message: 'Log Analytics: it broke (Oops)',
    });
  });
  test('a warning leaves the answer whole', async () => {
    const summary = await answered(laTable(['n: long'], [], laPartial('-2133196790', 'Old syntax', 3)));
    expect(summary).toMatchObject({ rows: 0, truncated: false, notes: ['Log Analytics warns: Old syntax.'] });
  });
  test('an answer that broke off is an error', async () => {
    expect(await broken({ body: '{"tables":[{"name":"PrimaryResult","columns":[' })).toMatchObject({
      code: 'internal',
    });
  });
});

describe('refusals', () => {
  const bad = { code: 'BadArgumentError', message: 'The request had some invalid properties' };
  test('a syntax error with its place in the person’s text', async () => {
    const answer = laError(
      400,
      bad,
      { code: 'SyntaxError', message: 'A recognition error occurred in the query.' },
      { code: 'SYN0002', message: "Query could not be parsed at 'take'", line: 3, pos: 9, token: 'take' },
    );
    expect(await broken(answer, 'let a = 1;\nPerfTest take 5')).toEqual({
      code: 'syntax',
      message: "Log Analytics: Query could not be parsed at 'take' (SYN0002)",
      at: [2, 10],
    });
  });
  test.each<[string, FakeAnswer, string, RegExp]>([
    [
      'a name that does not exist',
      laError(
        400,
        bad,
        { code: 'SemanticError', message: 'A semantic error occurred.' },
        { code: 'SEM0100', message: "Failed to resolve table or column expression named 'Foo'" },
      ),
      'unknown-name',
      /named 'Foo'/,
    ],
    [
      'types that do not fit',
      laError(
        400,
        bad,
        { code: 'SemanticError', message: 'A semantic error occurred.' },
        { code: 'SEM0001', message: 'Arithmetic expression cannot be carried-out' },
      ),
      'type',
      /cannot be carried-out \(SEM0001\)/,
    ],
    ['another 400', laError(400, bad), 'refused', /invalid properties/],
    ['no access', laError(403, { code: 'InsufficientAccessError', message: 'No' }), 'refused', /InsufficientAccess/],
    ['no such workspace', laError(404, { code: 'PathNotFoundError', message: 'Gone' }), 'unknown-name', /Gone/],
    ['the service’s time limit', laError(504, { code: 'GatewayTimeout', message: 'Too slow' }), 'timeout', /Too slow/],
    ['a gateway’s page', { status: 502, body: '<h1>Bad gateway</h1>' }, 'internal', /status 502/],
  ])('%s', async (_name, answer, code, message) => {
    expect(await broken(answer)).toMatchObject({ code, message: expect.stringMatching(message) });
  });
  test.each([
    ['.drop table T', 'refused', [1, 1]],
    ['// tidy up\n  .show tables', 'refused', [2, 3]],
    ['let a = "set query_now = 1";\nset query_now = datetime(2020-01-01); T', 'refused', [2, 1]],
    ['  // nothing\n', 'syntax', [1, 1]],
  ])('%j never leaves the house', async (text, code, at) => {
    expect(await failure(ask(engine, text))).toMatchObject({ code, at });
    expect(fake.requests).toEqual([]);
  });
  test('a token that is not given', async () => {
    const nobody = createLogAnalyticsEngine({
      workspaceId: fake.workspaceId,
      endpoint: fake.url,
      clock,
      credential: {
        getToken: () =>
          Promise.reject(Object.assign(new Error('no identity here\nmore'), { name: 'CredentialUnavailableError' })),
      },
    });
    expect(await failure(ask(nobody, 'T'))).toMatchObject({
      code: 'refused',
      message: 'Azure gave Talbot no token for Log Analytics: no identity here',
    });
    expect(fake.requests).toEqual([]);
  });
  test('a service that is not there, and one to which a token would go in clear', async () => {
    const gone = createLogAnalyticsEngine({
      workspaceId: fake.workspaceId,
      endpoint: 'http://127.0.0.1:1',
      credential,
      clock,
    });
    expect(await failure(ask(gone, 'T'))).toMatchObject({ code: 'internal', message: /could not be reached/ });
    const clear = createLogAnalyticsEngine({
      workspaceId: fake.workspaceId,
      endpoint: 'http://logs.example',
      credential,
      clock,
    });
    expect(await failure(ask(clear, 'T'))).toMatchObject({ message: expect.stringContaining('over https only') });
  });
});

describe('a busy service', () => {
  const busy = (after: string): FakeAnswer => ({
    ...laError(429, { code: 'TooManyRequests', message: 'Slow down' }),
    headers: { 'Retry-After': after },
  });
  test('is asked again when it says so', async () => {
    answers = [busy('0'), busy('0')];
    const summary = await ask(engine, 'T');
    expect(summary.cells).toEqual([[1]]);
    expect(summary.notes).toEqual(['Log Analytics was busy: asked 3 times.']);
    expect(fake.requests).toHaveLength(3);
  });
  test('that asks to wait longer than the query may take is not waited for', async () => {
    answers = [busy('120')];
    expect(await failure(ask(engine, 'T', { milliseconds: 60_000 }))).toMatchObject({
      code: 'limit',
      message: expect.stringContaining('wait 120 seconds'),
    });
    expect(fake.requests).toHaveLength(1);
  });
  test('can be given up while waiting', async () => {
    const stop = new AbortController();
    answers = [busy('20')];
    const run = failure(ask(engine, 'T', { signal: stop.signal }));
    await until(() => fake.requests.length === 1);
    stop.abort();
    expect(await run).toMatchObject({ code: 'cancelled' });
  });
});

describe('giving up', () => {
  const never: FakeAnswer = { body: '', after: 'never' };
  test('a cancelled query lets go of its request', async () => {
    const stop = new AbortController();
    answers = [never];
    const run = failure(ask(engine, 'T', { signal: stop.signal }));
    await until(() => fake.requests.length === 1);
    stop.abort();
    expect(await run).toMatchObject({ code: 'cancelled', message: 'The query was cancelled' });
    await until(() => fake.requests[0]?.dropped === true);
  });
  test('so does one past its time limit', async () => {
    answers = [never];
    expect(await failure(ask(engine, 'T', { milliseconds: 300 }))).toMatchObject({ code: 'timeout' });
    await until(() => fake.requests[0]?.dropped === true);
  });
  test('one that was cancelled before it began is never sent', async () => {
    expect(await failure(ask(engine, 'T', { signal: AbortSignal.abort() }))).toMatchObject({ code: 'cancelled' });
    expect(fake.requests).toEqual([]);
  });
  test('five run at a time, and close ends them all', async () => {
    const own = createLogAnalyticsEngine({ workspaceId: fake.workspaceId, endpoint: fake.url, credential, clock });
    answers = Array.from({ length: 10 }, () => never);
    const runs = Array.from({ length: 7 }, () => failure(ask(own, 'T')));
    await until(() => fake.requests.length === 5);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(fake.requests).toHaveLength(5);
    await own.close();
    expect((await Promise.all(runs)).map((error) => error.code)).toEqual(Array(7).fill('cancelled'));
    expect(fake.requests).toHaveLength(5);
  });
});

describe('without running', () => {
  const schema = laTable(
    ['ColumnName: string', 'ColumnOrdinal: int', 'DataType: string', 'ColumnType: string'],
    [
      ['n', 1, 'System.Int64', 'long'],
      ['TimeGenerated', 0, 'System.DateTime', 'datetime'],
    ],
  );
  test('check asks for the columns only', async () => {
    answers = [schema];
    const text =
      'T | summarize n = count() by TimeGenerated // | render x\n| render timechart with (title="a|b");\n// end';
    expect(await engine.check({ text, asOf })).toEqual([
      { name: 'TimeGenerated', type: 'datetime' },
      { name: 'n', type: 'long' },
    ]);
    expect(fake.queries()[0]?.text).toBe(
      'set query_now = datetime(2026-03-02T00:00:00.000Z);\nT | summarize n = count() by TimeGenerated // | render x\n\n| getschema',
    );
  });
  test('tables come from the workspace’s metadata, once', async () => {
    answers = [
      {
        body: {
          tables: [
            { id: 't/1', name: 'SigninLogs', columns: [{ name: 'TimeGenerated', type: 'datetime' }], hasData: true },
            { id: 't/2', name: 'Empty', columns: [{ name: 'TimeGenerated', type: 'datetime' }], hasData: false },
          ],
        },
      },
    ];
    const expected = [{ name: 'SigninLogs', columns: [{ name: 'TimeGenerated', type: 'datetime' }] }];
    expect(await Promise.all([engine.tables(), engine.tables()])).toEqual([expected, expected]);
    expect(fake.requests).toHaveLength(1);
  });
});
