import { createPurgeRunsJob } from '../../jobs/purge-runs';
import { resumeSweeps } from '../../jobs/resume-sweeps';
import { closeSweep, keepOutcome, leaveOut } from '../../jobs/settle-sweep';
import { cardToText } from '../../src/chat/plain-text';
import type { HuntQuery } from '../../src/domain/query';
import { type Core, cardOf, createCore } from '../support/core';

let core: Core;
const engine = {
  name: 'duckdb',
  run: async () => ({ columns: [], rows: 0, truncated: false, notes: [] }),
  check: async () => [],
  tables: async () => [],
  close: async () => undefined,
};

beforeAll(async () => {
  core = await createCore({ engine });
});
beforeEach(() => core.reset());
afterAll(() => core.close());

const deps = () => ({
  stores: core.stores,
  queue: core.queue,
  clock: { now: () => core.time.now },
  log: { info() {}, warn() {}, error() {} },
});

async function addQueries(...texts: string[]): Promise<void> {
  for (const text of texts) await core.say(`query new Query of ${text} --kql "${text} | take 1"`);
  core.queue.jobs.length = 0;
}

const sweep = async (id = 'S-1') => {
  const found = await core.stores.sweeps.get(id);
  if (!found) throw new Error(`no ${id}`);
  return found;
};

const counted = (resultCount: number, resultDelta: number) => ({
  resultState: 'counted' as const,
  resultCount,
  resultDelta,
  resultChange: Math.abs(resultDelta),
});

const textOf = async (words: string) => cardToText(cardOf(await core.say(words)));

async function order(): Promise<string[]> {
  const card = cardOf(await core.say('queries --sort delta'));
  return card.blocks.flatMap((block) => (block.type === 'table' ? block.rows.map((row) => row[0] ?? '') : []));
}

test('an empty library, and a filter that nothing fits, are said and start nothing', async () => {
  expect(await textOf('run-all')).toContain('The library has no queries.');
  await addQueries('SigninLogs');
  expect(await textOf('run-all --table Nothing')).toContain('The library has no query with table Nothing.');
  expect(await textOf('sweep show')).toContain('The library was never run as a whole.');
  expect(await textOf('queries')).toContain('“run-all” counts what each query finds');
  expect(core.queue.jobs).toEqual([]);
});

test('what changed most stands first, whichever way, and what was never counted last', async () => {
  await addQueries('A', 'B', 'C', 'D', 'E');
  await core.say('run-all');
  expect(core.queue.jobs).toEqual([{ name: 'feed-sweep', payload: { sweep: 'S-1' }, id: 'S-1.feed' }]);
  const run = await sweep();
  expect(run.queries).toEqual(['Q-1', 'Q-2', 'Q-3', 'Q-4', 'Q-5']);
  await keepOutcome(deps(), run, 'Q-1', counted(10, 2));
  await keepOutcome(deps(), run, 'Q-2', { resultState: 'missing', resultMessage: 'There is no table B here.' });
  await keepOutcome(deps(), run, 'Q-3', counted(3, -7));
  await keepOutcome(deps(), run, 'Q-4', counted(11, 2));
  expect(await order()).toEqual(['Q-3', 'Q-4', 'Q-1', 'Q-2', 'Q-5']);
  expect(await textOf('runs')).toContain('Library run S-1');
  expect((await closeSweep(deps(), 'S-1'))?.sweep.state).toBe('running');
  await leaveOut(deps(), 'S-1', 'Q-5');
  expect((await closeSweep(deps(), 'S-1'))?.counts).toEqual({ total: 4, done: 4, found: 3, missing: 1, failed: 0 });
  expect((await sweep()).state).toBe('done');
  expect(core.queue.jobs.at(-1)).toMatchObject({ name: 'deliver-sweep', id: 'S-1.result' });
});

test('an earlier run that ends late does not take the place of what a later one counted', async () => {
  await addQueries('A');
  await core.say('run-all');
  const first = await sweep();
  await core.say('cancel S-1');
  await core.say('run-all');
  const second = await sweep('S-2');
  await keepOutcome(deps(), second, 'Q-1', counted(5, 5));
  await keepOutcome(deps(), first, 'Q-1', { resultState: 'failed', resultMessage: 'late' });
  const kept: HuntQuery | null = await core.stores.queries.get('Q-1');
  expect(kept).toMatchObject({ resultState: 'counted', resultCount: 5, resultSweep: 'S-2' });
  await core.say('cancel S-2');
  await core.say('run-all');
  await keepOutcome(deps(), await sweep('S-3'), 'Q-1', { resultState: 'missing', resultMessage: 'none' });
  expect(await core.stores.queries.get('Q-1')).not.toHaveProperty('resultCount');
});

test('a run whose process ended is handed out again at the next start, one that is over is not', async () => {
  await addQueries('A');
  await core.say('run-all');
  core.queue.jobs.length = 0;
  expect(await resumeSweeps(deps(), 'all')).toBe(1);
  expect(core.queue.jobs.map((job) => job.name)).toEqual(['feed-sweep']);
  await keepOutcome(deps(), await sweep(), 'Q-1', counted(1, 1));
  core.queue.jobs.length = 0;
  expect(await resumeSweeps(deps(), 'lost')).toBe(0);
  expect((await sweep()).state).toBe('done');
  expect(core.queue.jobs.every((job) => job.id === 'S-1.result')).toBe(true);
  expect(core.queue.jobs.length).toBeGreaterThan(0);
});

test('“Run these” with nothing ticked runs nothing, in a hunt’s thread neither', async () => {
  await addQueries('A');
  await core.say('new A hunt --queries Q-1');
  core.queue.jobs.length = 0;
  for (const hunt of [{}, { hunt: 'H-1' }])
    expect(cardToText(cardOf(await core.press('run', { ticked: 'yes', ...hunt }, { queries: [] })))).toContain(
      'No query is ticked.',
    );
  expect(core.queue.jobs).toEqual([]);
});

test('readers may look, and start nothing', async () => {
  await addQueries('A');
  core.roles.set('ada', 'reader');
  expect(await textOf('run-all')).toContain('needs more than your role');
  expect(await core.stores.sweeps.count()).toBe(0);
});

test('old records are cleared away, the latest stays', async () => {
  await addQueries('A');
  for (const id of ['S-1', 'S-2', 'S-3']) {
    await core.say('run-all');
    await core.say(`cancel ${id}`);
  }
  const later = { now: () => new Date(core.time.now.getTime() + 200 * 86_400_000) };
  const job = createPurgeRunsJob({ ...deps(), clock: later }, { resultDays: 180 });
  await job.run({}, { signal: new AbortController().signal, attempt: 1, lastAttempt: false });
  expect((await core.stores.sweeps.find()).map(({ id }) => id)).toEqual(['S-3']);
});
