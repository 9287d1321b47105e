import { createDuckdbEngine, type DuckdbEngine } from '../../../src/engines/duckdb/engine';
import { type Cell, QueryError } from '../../../src/ports/query-engine';
import { lines, makeFolder, removeFolders } from './log-folder';

const clock = { now: () => new Date('2026-03-02T00:00:00Z') };
const asOf = clock.now();
let engine: DuckdbEngine;

beforeAll(async () => {
  const records = Array.from({ length: 50 }, (_, i) => ({
    TimeGenerated: new Date(Date.UTC(2026, 2, 1) + i * 1000).toISOString(),
    Computer: `ws${i % 3}`,
    Details: i % 2 ? { pid: i, user: 'kim' } : { pid: i, path: 'c:\\x' },
  }));
  const logs = await makeFolder({ 'Things_CL.ndjson': lines(...records) });
  engine = await createDuckdbEngine({ logs, dataFolder: await makeFolder(), memoryLimit: '300MB', threads: 2, clock });
});

afterAll(async () => {
  await engine.close();
  await removeFolders();
});

async function ask(text: string, limits = { rows: 1000, milliseconds: 30_000 }, signal?: AbortSignal) {
  const cells: Cell[][] = [];
  const sink = async ({ rows }: { rows: Cell[][] }) => void cells.push(...rows);
  const summary = await engine.run({ text, asOf, limits }, sink, signal);
  return { columns: summary.columns.map((column) => column.name), cells, truncated: summary.truncated };
}

const unpack = 'Things_CL | project Computer, Details | evaluate bag_unpack(Details)';
/** Takes minutes, whatever looks at it. */
const endless =
  'range a from 1 to 300000 step 1 | extend k = 1 | join kind=inner (range b from 1 to 300000 step 1 | extend k = 1) on k | summarize n = count() by x = a * b % 7 | project d = bag_pack("n", n) | evaluate bag_unpack(d)';

test('what the data decides is asked before the query runs, under its own time and not its limit of rows', async () => {
  const { columns, cells, truncated } = await ask(`${unpack} | sort by pid asc`, { rows: 2, milliseconds: 30_000 });
  expect(columns).toEqual(['Computer', 'path', 'pid', 'user']);
  expect(cells).toEqual([
    ['ws0', 'c:\\x', 0, ''],
    ['ws1', '', 1, 'kim'],
  ]);
  expect(truncated).toBe(true);
  expect((await ask(`${unpack} | summarize count() by user | evaluate pivot(user, sum(count_))`)).cells).toEqual([
    [25, 25],
  ]);
});

test('a name that the data does not have is an error of its place', async () => {
  const failed = ask(`${unpack}\n| where usr == "kim"`);
  await expect(failed).rejects.toMatchObject({ code: 'unknown-name', line: 2, column: 9 });
  await expect(failed).rejects.toThrow(/bag_unpack gave the columns path, pid, user/);
});

test('the time limit and a cancel reach the question', async () => {
  await expect(ask(endless, { rows: 10, milliseconds: 500 })).rejects.toMatchObject({ code: 'timeout' });
  const controller = new AbortController();
  const running = ask(endless, undefined, controller.signal);
  setTimeout(() => controller.abort(), 200);
  await expect(running).rejects.toMatchObject({ code: 'cancelled' });
  expect((await ask('print 1')).cells).toEqual([[1]]);
});

test('a query that asks again and again is refused', async () => {
  const again = Array.from({ length: 20 }, (_, i) => `| extend d = bag_pack("k${i}", 1) | evaluate bag_unpack(d)`);
  const failed = ask(`print x = 0 ${again.join(' ')}`);
  await expect(failed).rejects.toBeInstanceOf(QueryError);
  await expect(failed).rejects.toMatchObject({ code: 'limit', message: expect.stringContaining('more than 16 times') });
});

test('a check reads nothing, and takes the names that the query uses', async () => {
  const columns = await engine.check({ text: `${unpack} | where anything > 3 | summarize count() by other`, asOf });
  expect(columns.map((column) => column.name)).toEqual(['other', 'count_']);
  await expect(engine.check({ text: endless, asOf })).resolves.toHaveLength(1);
});

test('explain shows the SQL that runs', async () => {
  expect(await engine.explain({ text: unpack, asOf })).toContain('"path"');
});

test('with columns only, a query is checked too, even where two of them differ in case', async () => {
  const tables = [
    {
      name: 'T',
      columns: [
        { name: 'StackTrace', type: 'string' as const },
        { name: 'Stacktrace', type: 'string' as const },
        { name: 'd', type: 'dynamic' as const },
      ],
    },
  ];
  const checker = await createDuckdbEngine({ logs: { tables }, dataFolder: await makeFolder(), clock });
  try {
    await expect(checker.check({ text: 'T | evaluate bag_unpack(d) | where x == 1', asOf })).resolves.toHaveLength(3);
    await expect(
      checker.check({ text: 'union isfuzzy=true (Nope | where a == 1), Other_CL | project a, b', asOf }),
    ).resolves.toHaveLength(2);
  } finally {
    await checker.close();
  }
});
