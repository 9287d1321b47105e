import { createRunQueryJob } from '../../jobs/run-query';
import type { QueryEngine, QueryRequest } from '../../src/ports/query-engine';
import { runCard } from '../../src/views/run-card';
import { type Core, createCore } from '../support/core';

const asked: QueryRequest[] = [];
const engine: QueryEngine = {
  name: 'duckdb',
  async run(request) {
    asked.push(request);
    return {
      columns: [{ name: 'x', type: 'long' }],
      rows: 0,
      truncated: false,
      notes: [],
      render: { chart: 'timechart', properties: { title: 'T' } },
    };
  },
  check: async () => [],
  tables: async () => [],
  close: async () => undefined,
};
let core: Core;

beforeAll(async () => {
  core = await createCore({ engine });
});
afterAll(() => core.close());
beforeEach(async () => {
  asked.length = 0;
  await core.reset();
});

async function runOf(words: string) {
  await core.say(words);
  const [run] = await core.stores.runs.find();
  if (!run) throw new Error('no run');
  const job = createRunQueryJob(
    {
      stores: core.stores,
      queue: core.queue,
      engines: new Map([['duckdb', engine]]),
      clock: { now: () => core.time.now },
      limits: { resultRows: 10, queryMilliseconds: 1000 },
      log: { info() {}, warn() {}, error() {} },
    },
    { concurrency: 1 },
  );
  await job.run(
    { run: run.id, query: 'kql' },
    { signal: new AbortController().signal, attempt: 1, lastAttempt: false },
  );
  const after = await core.stores.runs.get(run.id);
  if (!after) throw new Error('the run is gone');
  return after;
}

test('--as-of is the clock of now() and ago() and the end of the default range, and the card says so', async () => {
  const run = await runOf('kql SecurityEvent | where TimeGenerated > ago(1d) --as-of 2020-05-02T12:00:00Z');
  expect(asked[0]).toMatchObject({
    asOf: new Date('2020-05-02T12:00:00Z'),
    range: { from: new Date('2020-04-25T12:00:00Z'), to: new Date('2020-05-02T12:00:00Z') },
  });
  expect(JSON.stringify(runCard(run, core.time.now))).toContain(
    'Last 7 days, up to 2020-05-02 12:00 UTC, which counts as “now”',
  );
});

test('a range of its own beside --as-of: both are said', async () => {
  const run = await runOf('kql print now() --as-of 2020-05-02 --from 2020-01-01 --to 2020-02-01');
  expect(asked[0]).toMatchObject({
    asOf: new Date('2020-05-02'),
    range: { from: new Date('2020-01-01'), to: new Date('2020-02-01') },
  });
  expect(JSON.stringify(runCard(run, core.time.now))).toContain('2020-05-02 00:00 UTC counts as “now”');
});

test('without it the clock of the installation, and nothing is said where that is the real one', async () => {
  const run = await runOf('kql print now()');
  expect(asked[0]?.asOf).toEqual(core.time.now);
  expect(JSON.stringify(runCard(run, core.time.now))).not.toContain('counts as');
});

test('a run made again keeps its clock', async () => {
  const first = await runOf('kql print now() --as-of 2020-05-02T12:00:00Z');
  await core.press('run-again', { run: first.id });
  const [, again] = await core.stores.runs.find({ sort: [{ field: 'number', direction: 'up' }] });
  expect(again).toMatchObject({ asOf: first.asOf, from: first.from, to: first.to, asOfGiven: true });
});

test('the picture that a query asks for is kept with the run', async () => {
  const run = await runOf('kql T | summarize count() by bin(TimeGenerated, 1h) | render timechart with (title="T")');
  expect(run.queries[0]?.render).toEqual({ chart: 'timechart', properties: { title: 'T' } });
});
