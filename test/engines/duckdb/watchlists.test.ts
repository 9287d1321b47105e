import path from 'node:path';
import { createDuckdbEngine, type DuckdbEngine } from '../../../src/engines/duckdb/engine';
import type { Cell, ColumnType } from '../../../src/ports/query-engine';
import { makeFolder, removeFolders } from './log-folder';

const clock = { now: () => new Date('2026-03-02T00:00:00Z') };
const asOf = clock.now();
let engine: DuckdbEngine;
let logs: string;

beforeAll(async () => {
  logs = await makeFolder({
    'SigninLogs.ndjson': '{"TimeGenerated":"2026-03-01T00:00:00Z","UserPrincipalName":"ceo@example.org"}',
    'watchlists/VIPUsers.csv': 'UPN,Title\nceo@example.org,"Chief, of all"\nboard@example.org,\n',
    'watchlists/Servers.csv': 'Role;Host\nweb;srv1\n',
    'watchlists/Servers.json': '{"searchKey":"Host"}',
    'watchlists/Bad.csv': 'a,b\n1,2\n',
    'watchlists/Bad.json': '{"itemsSearchKey":"c"}',
    'functions/IsVip.kql':
      '// parameters: upn: string\ntoscalar(_GetWatchlist("VIPUsers") | where SearchKey == upn | count) > 0',
  });
  engine = await createDuckdbEngine({
    logs,
    dataFolder: path.join(logs, '.data'),
    memoryLimit: '300MB',
    threads: 1,
    clock,
  });
});

afterAll(async () => {
  await engine.close();
  await removeFolders();
});

async function ask(text: string): Promise<Cell[][]> {
  const cells: Cell[][] = [];
  await engine.run(
    { text, asOf, limits: { rows: 100, milliseconds: 20_000 } },
    async ({ rows }) => void cells.push(...rows),
  );
  return cells;
}

test('a CSV file is a watchlist under its name, with the columns that Sentinel gives', async () => {
  const columns = await engine.check({ text: `_GetWatchlist('VIPUsers')`, asOf });
  expect(columns).toEqual(
    (
      [
        ['_DTItemId', 'string'],
        ['LastUpdatedTimeUTC', 'datetime'],
        ['SearchKey', 'string'],
        ['UPN', 'string'],
        ['Title', 'string'],
      ] satisfies [string, ColumnType][]
    ).map(([name, type]) => ({ name, type })),
  );
  expect(await ask(`_GetWatchlist('VIPUsers') | project SearchKey, UPN, Title | sort by UPN asc`)).toEqual([
    ['board@example.org', 'board@example.org', ''],
    ['ceo@example.org', 'ceo@example.org', 'Chief, of all'],
  ]);
});

test.each<[string, string, Cell[][]]>([
  [
    'joins the logs',
    `SigninLogs | join kind=inner _GetWatchlist('VIPUsers') on $left.UserPrincipalName == $right.SearchKey | project Title`,
    [['Chief, of all']],
  ],
  [
    'stands in a list',
    `let vips = _GetWatchlist('VIPUsers') | project SearchKey; SigninLogs | where UserPrincipalName in (vips) | count`,
    [[1]],
  ],
  [
    'takes its alias from a let, a search key from the file beside it',
    `let list = 'Servers'; _GetWatchlist(list) | project SearchKey, Role`,
    [['srv1', 'web']],
  ],
  ['is counted, not read as logs', `_GetWatchlistAlias | sort by WatchlistAlias asc`, [['Servers'], ['VIPUsers']]],
  ['has an id for each row', `_GetWatchlist('VIPUsers') | summarize dcount(_DTItemId)`, [[2]]],
])('a watchlist %s', async (_name, text, rows) => {
  expect(await ask(text)).toEqual(rows);
});

test('an unknown alias or column is said, with what there is', async () => {
  await expect(ask(`_GetWatchlist('VipUser')`)).rejects.toMatchObject({
    code: 'unknown-name',
    message: /no watchlist VipUser; did you mean VIPUsers\?/,
    column: 15,
  });
  await expect(ask(`_GetWatchlist('VIPUsers') | where Titel == 'x'`)).rejects.toMatchObject({
    code: 'unknown-name',
    message: /Title/,
  });
});

test('a list that cannot be used is a problem, and no log table comes of the folder', async () => {
  expect(await engine.problems()).toEqual([
    { file: 'watchlists/Bad.csv', message: expect.stringMatching(/no column c, which Bad\.json names/) },
  ]);
  expect((await engine.tables()).map((table) => table.name)).toEqual(['SigninLogs']);
});

test('where no data is, any list has the columns that a query names', async () => {
  const empty = await createDuckdbEngine({ logs: { tables: [] }, dataFolder: path.join(logs, '.empty'), clock });
  try {
    const text = `_GetWatchlist('Any') | where Department == 'IT' and SearchKey has 'a' | project Department, SearchKey`;
    expect((await empty.check({ text, asOf })).map(({ name }) => name)).toEqual(['Department', 'SearchKey']);
  } finally {
    await empty.close();
  }
});
