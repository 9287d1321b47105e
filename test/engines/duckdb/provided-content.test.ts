import type * as childProcess from 'node:child_process';
import type { ChildProcess, ForkOptions } from 'node:child_process';
import path from 'node:path';
import { createDuckdbEngine, type DuckdbEngine } from '../../../src/engines/duckdb/engine';
import type { Cell, ProvidedContent } from '../../../src/ports/query-engine';
import { makeFolder, removeFolders, writeFiles } from './log-folder';

const forks: ChildProcess[] = [];
jest.mock('node:child_process', () => {
  const actual = jest.requireActual<typeof childProcess>('node:child_process');
  return {
    ...actual,
    fork: (file: string, args: string[], options: ForkOptions) => {
      const child = actual.fork(file, args, options);
      forks.push(child);
      return child;
    },
  };
});

let time = new Date('2026-03-02T00:00:00Z').getTime();
const clock = { now: () => new Date(time) };
let engine: DuckdbEngine;
let logs: string;

const content: ProvidedContent = {
  functions: [
    { name: 'People', parameters: 'tld: string = "org"', body: 'SigninLogs | where UserPrincipalName endswith tld' },
    { name: 'Mine', parameters: '', body: 'print Whose = "provided"' },
    { name: 'Broken', parameters: '', body: 'SigninLogs | wehre 1 ==' },
    ...['SigninLogs', 'strlen', 'where', '_GetWatchlist'].map((name) => ({
      name,
      parameters: '',
      body: 'print Shadow = true',
    })),
  ],
  watchlists: [
    {
      alias: 'BreakGlass',
      searchKey: 'Account',
      columns: ['Reason', 'Account', 'account'],
      rows: [
        ['fire', "emergency'1@example.org", 'x'],
        ['flood', 'emergency2@example.org', 'y'],
      ],
      updatedAt: new Date('2026-02-01T00:00:00Z'),
    },
    { alias: 'Own', searchKey: 'A', columns: ['A'], rows: [['provided']], updatedAt: new Date('2026-02-01T00:00:00Z') },
  ],
};

beforeAll(async () => {
  logs = await makeFolder({
    'SigninLogs.ndjson': '{"TimeGenerated":"2026-03-01T00:00:00Z","UserPrincipalName":"ceo@example.org"}',
    'watchlists/Own.csv': 'A\nlogs\n',
    'functions/Mine.kql': 'print Whose = "logs"',
  });
  engine = await createDuckdbEngine({
    logs,
    dataFolder: path.join(logs, '.data'),
    memoryLimit: '300MB',
    threads: 1,
    clock,
  });
  await engine.provide(content);
});

afterAll(async () => {
  await engine.close();
  await removeFolders();
});

async function ask(text: string): Promise<Cell[][]> {
  const cells: Cell[][] = [];
  await engine.run(
    { text, asOf: clock.now(), limits: { rows: 100, milliseconds: 20_000 } },
    async ({ rows }) => void cells.push(...rows),
  );
  return cells;
}

const list = `_GetWatchlist('BreakGlass') | project SearchKey, Reason, LastUpdatedTimeUTC | sort by Reason asc`;
const listed = [
  ["emergency'1@example.org", 'fire', '2026-02-01T00:00:00.0000000Z'],
  ['emergency2@example.org', 'flood', '2026-02-01T00:00:00.0000000Z'],
];

test('provided functions and watchlists answer as those of a workspace do', async () => {
  expect(await ask('People | count')).toEqual([[1]]);
  expect(await ask('People("com") | count')).toEqual([[0]]);
  expect(await ask(list)).toEqual(listed);
});

test('what came with the logs beats what is provided under the same name', async () => {
  expect(await ask('Mine')).toEqual([['logs']]);
  expect(await ask(`_GetWatchlist('Own') | project A`)).toEqual([['logs']]);
});

test('none takes the place of a table, a built-in function or a word of the language', async () => {
  expect(await ask('union SigninLogs | where strlen(UserPrincipalName) == 15 | project UserPrincipalName')).toEqual([
    ['ceo@example.org'],
  ]);
  await expect(ask('SigninLogs()')).rejects.toMatchObject({ message: expect.stringContaining('SigninLogs') });
});

test('a function that cannot be read fails where it is called, and nowhere else', async () => {
  await expect(ask('Broken')).rejects.toMatchObject({ code: 'syntax', message: expect.stringContaining('Broken') });
  expect(await ask('SigninLogs | count')).toEqual([[1]]);
});

test('it is there again when the process died, and on logs that have changed', async () => {
  const before = forks.length;
  const gone = new Promise((resolve) => forks.at(-1)?.once('exit', resolve));
  forks.at(-1)?.kill('SIGKILL');
  await gone;
  expect(await ask(list)).toEqual(listed);
  expect(forks.length).toBe(before + 1);

  await writeFiles(logs, { 'AuditLogs.ndjson': '{"TimeGenerated":"2026-03-01T00:00:00Z","OperationName":"x"}' });
  time += 60_000;
  expect(await ask('AuditLogs | count')).toEqual([[1]]);
  expect(await ask('People | count')).toEqual([[1]]);
  expect(await ask(list)).toEqual(listed);
});

test('the next content takes the place of the last', async () => {
  await engine.provide({
    functions: [{ name: 'People', parameters: '', body: 'print Name = "nobody"' }],
    watchlists: [
      {
        alias: 'BreakGlass',
        searchKey: 'Account',
        columns: ['Reason', 'Account'],
        rows: [['fire', 'third']],
        updatedAt: clock.now(),
      },
    ],
  });
  expect(await ask('People')).toEqual([['nobody']]);
  expect(await ask(`_GetWatchlist('BreakGlass') | project SearchKey`)).toEqual([['third']]);
  await engine.provide({ functions: [], watchlists: [] });
  await expect(ask('People')).rejects.toMatchObject({ code: 'unknown-name' });
  await expect(ask(list)).rejects.toMatchObject({ code: 'unknown-name' });
  expect(await ask('Mine')).toEqual([['logs']]);
});
