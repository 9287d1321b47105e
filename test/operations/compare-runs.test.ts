import { rowIdentity } from '../../src/domain/row-identity';
import type { Cell } from '../../src/ports/query-engine';
import { type Core, cardOf, createCore } from '../support/core';

const columns = [
  { name: 'TimeGenerated', type: 'datetime' },
  { name: 'Account', type: 'string' },
  { name: 'IPAddress', type: 'string' },
  { name: 'Tries', type: 'long' },
];
let core: Core;
beforeAll(async () => {
  core = await createCore();
});
beforeEach(async () => {
  await core.reset();
  await core.say('new Spray');
});
afterAll(() => core.close());

async function keepRun(number: number, rows: Cell[][]): Promise<void> {
  const at = new Date(core.time.now.getTime() + number * 1000);
  const person = { platform: 'web' as const, tenant: 'local', id: 'ada', name: 'Ada Night' };
  await core.stores.runs.insert({
    id: `R-${number}`,
    number,
    hunt: 'H-1',
    engine: 'duckdb',
    from: at,
    to: at,
    asOf: at,
    asOfGiven: false,
    queries: [
      {
        id: 'Q-1',
        name: 'Spray',
        text: 'T',
        tactics: [],
        techniques: [],
        entityMappings: [],
        state: 'done',
        attempt: 1,
        columns,
        rows: rows.length,
        truncated: false,
        notes: [],
      },
    ],
    state: 'done',
    requestedBy: person,
    createdAt: at,
    thread: { platform: 'web', tenant: 'local', channel: 'hunting' },
    progress: { state: 'none' },
    result: { state: 'sent' },
  });
  await core.stores.results.put({ run: `R-${number}`, query: 'Q-1', attempt: 1 }, 0, rows);
}

test('rows are the same by who and where, not by when and how often', async () => {
  expect(rowIdentity(columns)).toEqual({ keys: ['Account', 'IPAddress'], ignored: ['TimeGenerated', 'Tries'] });
  expect(rowIdentity([{ name: 'Count', type: 'long' }])).toEqual({ keys: ['Count'], ignored: [] });
  expect(
    rowIdentity([
      { name: 'EventID', type: 'int' },
      { name: 'CorrelationId', type: 'string' },
    ]).keys,
  ).toEqual(['EventID']);
  await keepRun(1, [
    ['t1', 'ada', '192.0.2.1', 3],
    ['t1', 'lee', '192.0.2.2', 1],
  ]);
  await keepRun(2, [
    ['t2', 'ada', '192.0.2.1', 9],
    ['t2', 'kim', '192.0.2.3', 1],
    ['t3', 'kim', '192.0.2.3', 2],
  ]);
  for (const words of ['compare R-1 R-2', 'compare R-2 R-1', 'compare R-2'])
    expect(cardOf(await core.say(words)).title).toBe('R-2 against R-1: 2 new, 1 gone, 1 the same');
  expect(cardOf(await core.say('compare R-1 R-2 --keys Account,Tries')).title).toBe(
    'R-2 against R-1: 3 new, 2 gone, 0 the same',
  );
  const reply = await core.press('compare', {
    earlier: 'R-1',
    later: 'R-2',
    keys: ['Account', 'IPAddress'],
    file: 'yes',
  });
  if (reply.kind !== 'file') throw new Error(reply.kind);
  expect(Buffer.from(reply.file.bytes).toString('utf8').replaceAll('\r', '')).toBe(
    'change,TimeGenerated,Account,IPAddress,Tries\nnew,t2,kim,192.0.2.3,1\nnew,t3,kim,192.0.2.3,2\ngone,t1,lee,192.0.2.2,1\n',
  );
});

test('what cannot be compared is said', async () => {
  await keepRun(1, []);
  expect(cardOf(await core.say('compare R-1')).title).toContain('no earlier run of this query');
  await keepRun(2, []);
  expect(cardOf(await core.say('compare R-2')).title).toBe('R-2 against R-1: 0 new, 0 gone, 0 the same');
  expect(cardOf(await core.say('compare R-1 R-2 --keys Nothing')).title).toContain('There is no column “Nothing”');
});
