import { createDataExplorerEngine } from '../../../src/engines/data-explorer/engine';
import type { QueryEngine } from '../../../src/ports/query-engine';
import {
  adxError,
  adxFrames,
  adxSchema,
  adxTable,
  dataTable,
  type FakeDataExplorer,
  startFakeDataExplorer,
} from '../../fakes/azure/fake-data-explorer';
import type { FakeAnswer } from '../../fakes/azure/start-http-fake';
import { staticCredential } from '../../fakes/azure/static-credential';
import { type Asked, ask, asOf, clock, failure, until } from '../azure/ask-engine';

jest.mock('azure-kusto-data', () =>
  jest
    .requireActual<typeof import('../../fakes/azure/real-kusto-sdk')>('../../fakes/azure/real-kusto-sdk')
    .realKustoSdk(),
);

const range = { from: new Date('2026-02-23T00:00:00Z'), to: asOf };
const one = adxFrames(['n: long'], [[1]]);
let schema = adxSchema(
  {
    SigninLogs: ['TimeGenerated: datetime', 'User: string'],
    DeviceEvents: ['Timestamp: datetime', 'DeviceName: string'],
    Both: ['Timestamp: datetime', 'TimeGenerated: datetime'],
    Watchlist: ['Name: string'],
  },
  ['AllLogons'],
);
let answers: FakeAnswer[] = [];
let cancelled: FakeAnswer = adxTable(['ClientRequestId: string', 'RunningQueryCanceled: bool'], [['x', true]]);
let warnings: string[] = [];
let fake: FakeDataExplorer;
let engine: QueryEngine;

beforeAll(async () => {
  fake = await startFakeDataExplorer((text) => {
    if (text.startsWith('.cancel')) return cancelled;
    if (text === ".show database ['Hunting'] schema as json") return schema;
    if (text === '.show tables details')
      return adxTable(
        ['TableName: string', 'TotalRowCount: long'],
        [
          ['SigninLogs', 12],
          ['Watchlist', 3],
        ],
      );
    return answers.shift() ?? one;
  });
  engine = open();
});

beforeEach(() => {
  answers = [];
  warnings = [];
  fake.requests.length = 0;
});

afterEach(() => expect(fake.faults).toEqual([]));

afterAll(async () => {
  await engine.close();
  await fake.close();
});

function open(cluster = fake.url) {
  const onWarning = (text: string) => warnings.push(text);
  return createDataExplorerEngine({ cluster, database: 'Hunting', credential: staticCredential(), clock, onWarning });
}

function answered(answer: FakeAnswer, asked: Asked = {}) {
  answers = [answer];
  return ask(engine, 'SigninLogs | count', asked);
}

const broken = (answer: FakeAnswer) => failure(answered(answer));

test('sends the text as it is, and clock, limits and read-only mode as properties', async () => {
  await ask(engine, ' SigninLogs\n| count', { milliseconds: 90_000, rows: 500 });
  expect(fake.sent('command')).toEqual([]);
  expect(fake.sent('query')).toMatchObject([
    {
      text: ' SigninLogs\n| count',
      id: expect.stringMatching(/^Talbot\.query;[0-9a-f-]{36}$/),
      options: {
        servertimeout: '00:01:30.000',
        query_now: '2026-03-02T00:00:00.000Z',
        query_take_max_records: 501,
        request_readonly: true,
      },
    },
  ]);
  await ask(engine, 'T', { milliseconds: 3_600_000 });
  expect(fake.sent('query')[1]?.options.servertimeout).toBe('00:10:00.000');
});

describe('the time range', () => {
  test.each([
    ['SigninLogs | count', 'TimeGenerated'],
    ['DeviceEvents | count', 'Timestamp'],
    ['SigninLogs | union Both', 'TimeGenerated'],
  ])('%s is cut on its time column', async (text, column) => {
    await ask(engine, text, { range });
    expect(fake.sent('query')[0]?.options).toMatchObject({
      query_datetimescope_column: column,
      query_datetimescope_from: '2026-02-23T00:00:00.000Z',
      query_datetimescope_to: '2026-03-02T00:00:00.000Z',
    });
  });
  test.each(['SigninLogs | union DeviceEvents', 'union *', 'AllLogons', 'search "x"'])(
    '%s may read tables of both kinds and is refused by name',
    async (text) => {
      expect(await failure(ask(engine, text, { range }))).toMatchObject({
        code: 'unsupported',
        message: expect.stringContaining('SigninLogs (TimeGenerated) and DeviceEvents (Timestamp)'),
      });
      expect(fake.sent('query')).toEqual([]);
    },
  );
  test('a schema that does not come holds nobody who gives up', async () => {
    const before = schema;
    schema = { body: '', after: 'never' };
    const fresh = open();
    const stop = new AbortController();
    const run = failure(ask(fresh, 'SigninLogs', { range, signal: stop.signal }));
    await until(() => fake.sent('command').length === 1);
    stop.abort();
    expect(await run).toMatchObject({ code: 'cancelled' });
    expect(await failure(ask(fresh, 'SigninLogs', { range, milliseconds: 50 }))).toMatchObject({ code: 'timeout' });
    await fresh.close();
    schema = before;
  });
  test('the schema is asked for once', async () => {
    const fresh = open();
    await Promise.all([ask(fresh, 'SigninLogs', { range }), ask(fresh, 'Both', { range })]);
    expect(fake.sent('command').map(({ text }) => text)).toEqual([".show database ['Hunting'] schema as json"]);
    await fresh.close();
  });
});

test('stops at the row limit, gives pages, tells what was read, repeats the chart', async () => {
  const rows = Array.from({ length: 2101 }, (_, i) => [i]);
  const summary = await answered(
    adxFrames(['n: long'], rows, {
      figures: { ExecutionTime: 12.5, input_dataset_statistics: { rows: { total: 1_000_000, scanned: 12_345 } } },
      render: { Visualization: 'piechart', Title: 'Share', XColumn: null, Accumulate: false },
      also: [dataTable('PrimaryResult', 'PrimaryResult', ['m: long'], [[1]])],
    }),
    { rows: 2100 },
  );
  expect(summary).toMatchObject({
    rows: 2100,
    truncated: true,
    pages: [2000, 100],
    notes: ['The query gave 2 tables; this is the first.', 'Data Explorer read 12,345 of 1,000,000 rows in 13 s.'],
    render: { chart: 'piechart', properties: { title: 'Share' } },
  });
});

describe('a 200 that did not go well', () => {
  const limits = {
    code: 'LimitsExceeded',
    message: 'Request is invalid and cannot be executed.',
    '@type': 'Kusto.Data.Exceptions.KustoServicePartialQueryFailureLimitsExceededException',
    '@message': 'Query execution has exceeded the allowed limits (80DA0003): too many records.',
  };
  test('rows that the service cut are given, marked and explained', async () => {
    const summary = await answered(
      adxFrames(['n: long'], [[1], [2], { OneApiErrors: [{ error: limits }] }], { errors: [limits] }),
    );
    expect(summary).toMatchObject({ rows: 2, truncated: true, cells: [[1], [2]] });
    expect(summary.notes).toEqual([
      `Data Explorer cut the answer at its own limit; more rows exist. It says: ${limits['@message']}`,
    ]);
  });
  test('no rows and an error is an error, never “nothing found”', async () => {
    expect(await broken(adxFrames(['n: long'], [], { errors: [limits] }))).toMatchObject({ code: 'limit' });
  });
  test('an answer without its end is incomplete', async () => {
    const summary = await answered(adxFrames(['n: long'], [[1]], { unfinished: true }));
    expect(summary).toMatchObject({ truncated: true, notes: [expect.stringContaining('broke off')] });
    expect(await broken({ body: '[{"FrameType":"DataSetHeader"' })).toMatchObject({ code: 'internal' });
  });
});

test.each<[string, FakeAnswer, object]>([
  [
    'a syntax error with its place',
    adxError(400, {
      code: 'General_BadRequest',
      '@type': 'Kusto.Data.Exceptions.SyntaxException',
      '@message':
        "Request is invalid and cannot be processed: Syntax error: SYN0002: A recognition error occurred. [line:position=1:9]. Query: 'PerfTest take 5'",
    }),
    { code: 'syntax', at: [1, 10], message: 'Data Explorer: Syntax error: SYN0002: A recognition error occurred.' },
  ],
  [
    'a name that does not exist',
    adxError(400, {
      code: 'General_BadRequest',
      '@type': 'Kusto.Data.Exceptions.SemanticException',
      '@message': "Semantic error: SEM0100: 'where' operator: Failed to resolve scalar expression named 'foo'",
    }),
    { code: 'unknown-name', at: [undefined, undefined], message: expect.stringContaining("named 'foo'") },
  ],
  [
    'types that do not fit',
    adxError(400, {
      code: 'General_BadRequest',
      '@type': 'Kusto.Data.Exceptions.SemanticException',
      '@message': 'Semantic error: bin(): argument #1 must be a datetime value. [line:position=2:47]',
    }),
    { code: 'type', at: [2, 48] },
  ],
  ['no access', adxError(403, { code: 'Forbidden', '@message': 'Principal may not read' }), { code: 'refused' }],
  ['no token taken', { status: 401, body: '' }, { code: 'refused' }],
  [
    'no such database',
    adxError(400, { code: 'BadRequest_EntityNotFound', '@message': 'Database Hunting was not found' }),
    { code: 'unknown-name' },
  ],
  [
    'the service’s time limit',
    adxError(504, { code: 'Gateway_Timeout', '@type': 'KustoServiceTimeoutException', '@message': 'took too long' }),
    { code: 'timeout' },
  ],
  ['a gateway’s page', { status: 502, body: '<h1>Bad gateway</h1>' }, { code: 'internal' }],
])('%s', async (_name, answer, expected) => {
  expect(await broken(answer)).toMatchObject(expected);
});

test.each(['.drop table SigninLogs', 'set request_readonly = false; T', ''])(
  '%j never leaves the house',
  async (text) => {
    expect(await failure(ask(engine, text))).toMatchObject({ code: text ? 'refused' : 'syntax' });
    expect(fake.requests).toEqual([]);
  },
);

test('a busy service is asked again when it says so, and not past the time limit', async () => {
  const busy = (after: string) => adxError(429, { code: 'Too many requests' }, { 'Retry-After': after });
  answers = [busy('0')];
  expect(await ask(engine, 'T')).toMatchObject({ cells: [[1]], notes: ['Data Explorer was busy: asked 2 times.'] });
  answers = [busy('90')];
  expect(await failure(ask(engine, 'T'))).toMatchObject({ code: 'limit' });
});

describe('giving up', () => {
  const never: FakeAnswer = { body: '', after: 'never' };
  async function giveUp(asked: Asked, stop?: AbortController) {
    answers = [never];
    const run = failure(ask(engine, 'T', asked));
    await until(() => fake.sent('query').length === 1);
    stop?.abort();
    const error = await run;
    await until(() => fake.sent('command').length === 1 && fake.sent('query')[0]?.request.dropped === true);
    expect(fake.sent('command')[0]?.text).toBe(`.cancel query "${fake.sent('query')[0]?.id}"`);
    return error;
  }
  test('a cancelled query is dropped here and cancelled there', async () => {
    const stop = new AbortController();
    expect(await giveUp({ signal: stop.signal }, stop)).toMatchObject({ code: 'cancelled' });
    expect(warnings).toEqual([]);
  });
  test('so is one past its time limit', async () => {
    expect(await giveUp({ milliseconds: 400 })).toMatchObject({ code: 'timeout' });
  });
  test('where the service does not cancel it, that is told', async () => {
    const before = cancelled;
    cancelled = adxError(403, { code: 'Forbidden', '@message': 'Not your query' });
    const stop = new AbortController();
    await giveUp({ signal: stop.signal }, stop);
    await until(() => warnings.length === 1);
    expect(warnings[0]).toContain('Not your query');
    cancelled = before;
  });
  test('five run at a time, and close cancels them all', async () => {
    const own = open();
    answers = Array.from({ length: 10 }, () => never);
    const runs = Array.from({ length: 7 }, () => failure(ask(own, 'T')));
    await until(() => fake.sent('query').length === 5);
    await own.close();
    expect((await Promise.all(runs)).map((error) => error.code)).toEqual(Array(7).fill('cancelled'));
    expect(fake.sent('query')).toHaveLength(5);
    expect(fake.sent('command')).toHaveLength(5);
  });
});

test('check asks for the columns only', async () => {
  answers = [
    adxFrames(
      ['ColumnName: string', 'ColumnOrdinal: int', 'DataType: string', 'ColumnType: string'],
      [['User', 0, 'System.String', 'string']],
    ),
  ];
  expect(await engine.check({ text: 'SigninLogs | distinct User;', asOf })).toEqual([{ name: 'User', type: 'string' }]);
  expect(fake.sent('query')[0]?.text).toBe('SigninLogs | distinct User\n| getschema');
});

test('tables come from the database’s schema, with the rows that the service counts', async () => {
  const tables = await engine.tables();
  expect(tables.map(({ name, rows, columns }) => [name, rows, columns.length])).toEqual([
    ['SigninLogs', 12, 2],
    ['DeviceEvents', undefined, 2],
    ['Both', undefined, 2],
    ['Watchlist', 3, 1],
  ]);
});
