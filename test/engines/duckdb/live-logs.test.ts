import { appendFile, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createDuckdbEngine, type DuckdbEngine } from '../../../src/engines/duckdb/engine';
import { Generations } from '../../../src/engines/duckdb/live/generations';
import type { Cell, QuerySummary } from '../../../src/ports/query-engine';
import { lines, makeFolder, removeFolders, writeFiles } from './log-folder';

let now = Date.UTC(2026, 2, 2);
const clock = { now: () => new Date(now) };
const event = (id: number) => ({ TimeGenerated: '2026-03-01T00:00:00Z', EventID: id });
let engine: DuckdbEngine;
let logs: string;
let data: string;

beforeEach(async () => {
  logs = await makeFolder({
    'SecurityEvent.ndjson': `${lines(event(1), event(2))}\n`,
    'Big/a.ndjson': lines(...Array.from({ length: 3000 }, (_, i) => ({ n: i, text: 'x'.repeat(300) }))),
    'watchlists/Hosts.csv': 'Host\na\n',
    'functions/F.kql': 'SecurityEvent | where EventID > 1',
  });
  data = await makeFolder();
  engine = await open();
});

afterEach(async () => {
  await engine.close();
  await removeFolders();
});

function open(): Promise<DuckdbEngine> {
  return createDuckdbEngine({ logs, dataFolder: data, memoryLimit: '300MB', threads: 1, clock });
}

/** As long after the last look at the folder that the next query looks again. */
async function later<T>(ask: () => Promise<T>): Promise<T> {
  now += 60_000;
  return ask();
}

async function ask(text: string, onPage?: () => Promise<void>): Promise<QuerySummary & { cells: Cell[][] }> {
  const cells: Cell[][] = [];
  const request = { text, asOf: clock.now(), limits: { rows: 10_000, milliseconds: 60_000 } };
  const summary = await engine.run(request, async ({ rows }) => {
    cells.push(...rows);
    await onPage?.();
  });
  return { ...summary, cells };
}

test('new lines and new files are seen by the next query, while one that runs keeps what it began with', async () => {
  const seen: Cell[][] = [];
  let first = true;
  const running = await ask('Big', async () => {
    if (!first) return;
    first = false;
    await appendFile(path.join(logs, 'SecurityEvent.ndjson'), `${JSON.stringify(event(3))}\n`);
    await writeFiles(logs, {
      'Fresh.csv': 'a\n7\n',
      'watchlists/Hosts.csv': 'Host\na\nb\n',
      'functions/F.kql': 'SecurityEvent | where EventID > 2',
    });
    const query = `union (SecurityEvent | summarize n = count()), (Fresh | project n = a), (_GetWatchlist('Hosts') | count | project n = Count), (F | count | project n = Count)`;
    const answer = await later(() => ask(query));
    expect(answer.notes).toEqual([]);
    seen.push(...answer.cells);
  });
  expect(running.cells).toHaveLength(3000);
  expect(seen.map(([n]) => n).sort()).toEqual([1, 2, 3, 7]);
});

test('what is gone is gone, twice over', async () => {
  await rm(path.join(logs, 'Big/a.ndjson'));
  await expect(later(() => ask('Big | count'))).rejects.toMatchObject({ code: 'unknown-name' });
  await writeFile(path.join(logs, 'Big/b.ndjson'), '{"n":1}\n');
  expect((await later(() => ask('Big | count'))).cells).toEqual([[1]]);
  expect((await later(() => engine.tables())).map((one) => one.name)).toEqual(['Big', 'SecurityEvent']);
});

test('many queries at once wait for one reading', async () => {
  await appendFile(path.join(logs, 'SecurityEvent.ndjson'), `${JSON.stringify(event(3))}\n`);
  now += 60_000;
  const answers = await Promise.all(Array.from({ length: 6 }, () => ask('SecurityEvent | count')));
  expect(answers.map((one) => one.cells)).toEqual(Array(6).fill([[3]]));
});

test('logs that can no longer be read leave the answers as they were, and say so', async () => {
  await rm(logs, { recursive: true });
  const { cells, notes } = await later(() => ask('SecurityEvent | count'));
  expect(cells).toEqual([[2]]);
  expect(notes).toEqual([
    expect.stringMatching(/^The logs have changed since they were read at .*without the changes/),
  ]);
});

test('what was taken in is there after a restart, and nothing stays behind', async () => {
  await appendFile(path.join(logs, 'SecurityEvent.ndjson'), `${JSON.stringify(event(3))}\n`);
  expect((await later(() => ask('SecurityEvent | count'))).cells).toEqual([[3]]);
  await engine.close();
  const left = await readdir(path.join(data, 'cache'));
  expect(left).toEqual([expect.stringMatching(/^logs-\w+\.duckdb$/)]);
  const read: string[] = [];
  engine = await createDuckdbEngine({
    logs,
    dataFolder: data,
    clock,
    threads: 1,
    onProgress: ({ file }) => read.push(file),
  });
  expect(read).toEqual([]);
  expect((await ask('SecurityEvent | count')).cells).toEqual([[3]]);
});

test('a cache too large to copy is brought up to date once no query runs', async () => {
  await engine.close();
  const source = { kind: 'logs' as const, folder: logs, cacheFolder: path.join(data, 'cache') };
  const spill = path.join(data, 'spill');
  const options = { source, memoryLimit: '300MB', threads: 1, temporaryFolder: spill, externalHosts: [] };
  const generations = new Generations(options, clock, true, 0);
  await generations.start(undefined);
  const count = () =>
    generations.use(async (host, notes) => {
      const cells: Cell[][] = [];
      const query = { text: 'SecurityEvent | count', now: 0n, limits: { rows: 10, milliseconds: 60_000 } };
      await host.run(query, async ({ rows }) => void cells.push(...rows), undefined);
      return { cells, notes };
    });
  try {
    await generations.use(async () => {
      await appendFile(path.join(logs, 'SecurityEvent.ndjson'), `${JSON.stringify(event(3))}\n`);
      expect(await later(count)).toEqual({ cells: [[2]], notes: [expect.stringContaining('too large to copy')] });
    });
    expect(await later(count)).toEqual({ cells: [[3]], notes: [] });
    await appendFile(path.join(logs, 'SecurityEvent.ndjson'), `${JSON.stringify(event(4))}\n`);
    now += 60_000;
    expect(await Promise.all([count(), count()])).toEqual(Array(2).fill({ cells: [[4]], notes: [] }));
  } finally {
    await generations.close();
  }
});
