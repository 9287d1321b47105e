import childProcess, { type ChildProcess } from 'node:child_process';
import { createDuckdbEngine, type DuckdbEngine } from '../../../src/engines/duckdb/engine';
import { type Cell, QueryError, type QuerySummary } from '../../../src/ports/query-engine';
import { lines, makeFolder, removeFolders, writeFiles } from './log-folder';

const clock = { now: () => new Date('2026-03-02T00:00:00Z') };
const asOf = clock.now();
const heavy =
  'range a from 1 to 30000 step 1 | extend k = 1 | join kind=inner (range b from 1 to 30000 step 1 | extend k = 1) on k | summarize sum(a * b)';
const forks: ChildProcess[] = [];
let engine: DuckdbEngine;
let logs: string;
let data: string;

beforeAll(async () => {
  const fork = childProcess.fork;
  jest.spyOn(childProcess, 'fork').mockImplementation((...words: Parameters<typeof fork>) => {
    const child = fork(...words);
    forks.push(child);
    return child;
  });
  const events = Array.from({ length: 5000 }, (_, i) => ({
    TimeGenerated: new Date(Date.UTC(2026, 2, 1) + i * 1000).toISOString(),
    Computer: `ws${i % 10}`,
    EventID: i % 2 ? 4624 : 4688,
  }));
  logs = await makeFolder({
    'SecurityEvent.ndjson': lines(...events),
    'Odd.ndjson': lines({ 'a b': 1, Bag: { n: 1 } }),
    'functions/Logons.kql': 'SecurityEvent | where EventID == 4624',
    'Deep.ndjson': `{"Bag":${'['.repeat(20_000)}${']'.repeat(20_000)}}`,
    'broken.json': '[{]',
  });
  data = await makeFolder();
  engine = await createDuckdbEngine({ logs, dataFolder: data, memoryLimit: '300MB', threads: 2, clock });
});

afterAll(async () => {
  await engine.close();
  jest.restoreAllMocks();
  await removeFolders();
});

interface Asked {
  rows?: number;
  milliseconds?: number;
  signal?: AbortSignal;
  range?: { from: Date; to: Date };
  onPage?: (rows: Cell[][]) => Promise<void>;
}

async function ask(text: string, asked: Asked = {}): Promise<QuerySummary & { cells: Cell[][]; pages: number }> {
  const cells: Cell[][] = [];
  let pages = 0;
  const { rows = 100_000, milliseconds = 30_000, signal, range, onPage } = asked;
  const request = { text, asOf, limits: { rows, milliseconds }, ...(range ? { range } : {}) };
  const summary = await engine.run(
    request,
    async (page) => {
      pages++;
      cells.push(...page.rows);
      await onPage?.(page.rows);
    },
    signal,
  );
  return { ...summary, cells, pages };
}

async function failure(promise: Promise<unknown>): Promise<QueryError> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof QueryError) return error;
  throw new Error(`expected a QueryError, not ${error}`);
}

test('gives every type of cell in Kusto’s form', async () => {
  const { columns, cells } = await ask(
    `print b = true, i = int(1), l = long(9007199254740993), small = 5, r = 1.5, nan = real(nan), d = decimal(1.50), s = "x", t = datetime(2024-01-01 00:00:00.0000001), p = time(-1.00:00:00.5), g = guid(00000000-0000-0000-0000-000000000001), j = dynamic({"a": [1, "b", null]}), no = datetime(null)`,
  );
  expect(columns.map((column) => column.type)).toEqual([
    'bool',
    'int',
    'long',
    'long',
    'real',
    'real',
    'decimal',
    'string',
    'datetime',
    'timespan',
    'guid',
    'dynamic',
    'datetime',
  ]);
  expect(cells).toEqual([
    [
      true,
      1,
      '9007199254740993',
      5,
      1.5,
      'NaN',
      '1.5',
      'x',
      '2024-01-01T00:00:00.0000001Z',
      '-1.00:00:00.5000000',
      '00000000-0000-0000-0000-000000000001',
      { a: [1, 'b', null] },
      null,
    ],
  ]);
});

test('pages hold 2,000 rows at most, and the next is made when the last is taken in', async () => {
  let taking = 0;
  const answer = await ask('SecurityEvent | project EventID', {
    async onPage(rows) {
      expect(++taking).toBe(1);
      expect(rows.length).toBeLessThanOrEqual(2000);
      await new Promise(setImmediate);
      taking--;
    },
  });
  expect(answer).toMatchObject({ rows: 5000, truncated: false });
  expect(answer.pages).toBeGreaterThanOrEqual(3);
});

test('stops at the row limit and says that there is more', async () => {
  expect(await ask('SecurityEvent | project EventID', { rows: 4500 })).toMatchObject({ rows: 4500, truncated: true });
  expect(await ask('SecurityEvent | project EventID', { rows: 5000 })).toMatchObject({ rows: 5000, truncated: false });
});

test('a range is applied, documented columns without data are empty, functions and odd names work', async () => {
  const range = { from: new Date('2026-03-01T00:00:00Z'), to: new Date('2026-03-01T00:01:00Z') };
  expect((await ask('SecurityEvent | count', { range })).cells).toEqual([[60]]);
  expect((await ask('SecurityEvent | where isempty(CommandLine) and Type == "SecurityEvent" | count')).cells).toEqual([
    [5000],
  ]);
  expect((await ask('Logons | count')).cells).toEqual([[2500]]);
  expect((await ask(`Odd | project x = ['a b'] + toint(Bag.n)`)).cells).toEqual([[2]]);
});

test('check binds without running and gives the columns', async () => {
  expect(await engine.check({ text: 'SecurityEvent | summarize n = count() by Computer', asOf })).toEqual([
    { name: 'Computer', type: 'string' },
    { name: 'n', type: 'long' },
  ]);
});

test('tables tell their columns, rows and span; what could not be read is told', async () => {
  const tables = await engine.tables();
  expect(tables.map(({ name, rows }) => [name, rows])).toEqual([
    ['Deep', 1],
    ['Odd', 1],
    ['SecurityEvent', 5000],
  ]);
  expect(tables[2]).toMatchObject({ first: new Date('2026-03-01T00:00:00Z'), last: new Date('2026-03-01T01:23:19Z') });
  expect(await engine.problems()).toEqual([{ file: 'broken.json', message: expect.any(String) }]);
});

test('errors have their code and place', async () => {
  expect(await failure(ask('SecurityEvent\n| wehre EventID == 1'))).toMatchObject({ code: 'syntax', line: 2 });
  expect(await failure(ask('SecurityEvents | count'))).toMatchObject({
    code: 'unknown-name',
    message: expect.stringContaining('SecurityEvent'),
  });
  expect(await failure(ask('SigninLogs | count'))).toMatchObject({
    code: 'unknown-name',
    message: expect.stringContaining('SigninLogs is a table of Log Analytics, but no log of it is loaded'),
  });
});

test('an abort ends the query with code cancelled, also between two pages', async () => {
  const stop = new AbortController();
  setTimeout(() => stop.abort(), 200);
  expect((await failure(ask(heavy, { signal: stop.signal }))).code).toBe('cancelled');
  const later = new AbortController();
  const onPage = () => new Promise<void>((resolve) => setTimeout(resolve, 20, later.abort()));
  expect((await failure(ask('SecurityEvent', { signal: later.signal, onPage }))).code).toBe('cancelled');
  expect((await failure(ask('SecurityEvent', { signal: AbortSignal.abort() }))).code).toBe('cancelled');
});

test('the time limit ends the query with code timeout, and others go on', async () => {
  const [late, good] = await Promise.all([failure(ask(heavy, { milliseconds: 300 })), ask('SecurityEvent | count')]);
  expect(late.code).toBe('timeout');
  expect(good.cells).toEqual([[5000]]);
});

test('too little memory is a limit, and the engine stays healthy', async () => {
  const big =
    'range a from 1 to 3000000 step 1 | extend s = strcat("some longer text for row ", a) | summarize make_list(s, 3000000)';
  expect((await failure(ask(big))).code).toBe('limit');
  expect((await ask('SecurityEvent | count')).cells).toEqual([[5000]]);
});

test('a value nested beyond reason is a limit, not a crash', async () => {
  expect((await failure(ask('Deep'))).code).toBe('limit');
  expect((await ask('Deep | count')).cells).toEqual([[1]]);
});

test('a sink that fails ends the query with its error', async () => {
  const broken = ask('SecurityEvent', { onPage: () => Promise.reject(new Error('the store is full')) });
  await expect(broken).rejects.toThrow('the store is full');
});

test('a host that dies takes its queries with it, and the next one finds another', async () => {
  const running = failure(ask(heavy));
  setTimeout(() => forks.at(-1)?.kill('SIGKILL'), 200);
  expect((await running).code).toBe('internal');
  expect((await ask('SecurityEvent | count')).cells).toEqual([[5000]]);
});

test('processes share a cache; one that starts on changed logs works on a copy of its own', async () => {
  const second = await createDuckdbEngine({ logs, dataFolder: data, clock });
  expect(await second.tables()).toHaveLength(3);
  await second.close();
  await writeFiles(logs, { 'New.ndjson': lines({ N: 1 }) });
  const spare = await createDuckdbEngine({ logs, dataFolder: data, clock, spareCache: true });
  expect((await spare.tables()).map((table) => table.name)).toContain('New');
  await spare.close();
  const third = await createDuckdbEngine({ logs, dataFolder: data, clock });
  expect((await third.tables()).map((table) => table.name)).toContain('New');
  expect((await ask('SecurityEvent | count')).cells).toEqual([[5000]]);
  await third.close();
});

test('of two processes that start on new logs one reads them, the other waits for it', async () => {
  const both = {
    logs: await makeFolder({ 'T.ndjson': lines({ N: 1 }, { N: 2 }) }),
    dataFolder: await makeFolder(),
    clock,
  };
  const engines = await Promise.all([createDuckdbEngine(both), createDuckdbEngine(both)]);
  for (const one of engines) {
    expect((await one.tables()).map(({ name, rows }) => [name, rows])).toEqual([['T', 2]]);
    await one.close();
  }
});

test('a folder that is not there is said', async () => {
  await expect(createDuckdbEngine({ logs: `${logs}/none`, dataFolder: data, clock })).rejects.toThrow(/does not exist/);
});

test('with columns only, queries can be checked', async () => {
  const tables = [
    {
      name: 'T',
      columns: [
        { name: 'A', type: 'long' as const },
        { name: 'B', type: 'dynamic' as const },
      ],
    },
  ];
  const schema = await createDuckdbEngine({ logs: { tables }, dataFolder: data, clock });
  expect(await schema.check({ text: 'T | summarize max(A) by tostring(B.x)', asOf })).toHaveLength(2);
  expect((await failure(schema.check({ text: 'T | project C', asOf }))).code).toBe('unknown-name');
  await schema.close();
});
