import { parse } from 'yaml';
import { createDeliverReplayJob } from '../../jobs/deliver-replay';
import { createDeliverRuleJob } from '../../jobs/deliver-rule';
import { createDueRulesJob } from '../../jobs/due-rules';
import { createExpireApprovalsJob } from '../../jobs/expire-approvals';
import { createReplayRuleJob } from '../../jobs/replay-rule';
import { createRunRuleJob } from '../../jobs/run-rule';
import { type QueryEngine, QueryError, type QueryRequest } from '../../src/ports/query-engine';
import { type Core, cardOf, createCore, createRecordingPictures } from '../support/core';

const hour = 3_600_000;
const asked: QueryRequest[] = [];
let answer: (request: QueryRequest) => string[][] = () => [];
const columns = [
  { name: 'IPAddress', type: 'string' as const },
  { name: 'UserPrincipalName', type: 'string' as const },
];
const engine: QueryEngine = {
  name: 'duckdb',
  async run(request, sink) {
    asked.push(request);
    const rows = answer(request);
    await sink({ columns, rows });
    return { columns, rows: rows.length, truncated: false, notes: [] };
  },
  check: async () => columns,
  tables: async () => [],
  close: async () => {},
};

let core: Core;
const signal = new AbortController().signal;
const context = { signal, attempt: 1, lastAttempt: false };

beforeAll(async () => {
  core = await createCore({ engine });
});
beforeEach(async () => {
  await core.reset();
  asked.length = 0;
  answer = () => [];
  core.time.now = new Date('2026-11-24T12:00:00Z');
  await core.say('query new Spray --kql "SigninLogs | take 5" --tactics CredentialAccess --techniques T1110.003');
});
afterAll(() => core.close());

function deps() {
  const clock = { now: () => core.time.now };
  return {
    stores: core.stores,
    queue: core.queue,
    clock,
    queryClock: clock,
    engines: new Map([['duckdb', engine]]),
    chats: new Map([['web' as const, core.chat]]),
    pictures: createRecordingPictures(),
    limits: { resultRows: 1000, queryMilliseconds: 1000 },
    log: { info() {}, warn() {}, error() {} },
    links: { result: () => '', picture: () => '', file: () => '', coverage: () => '' },
  };
}

/** What a worker would do: every job that was added, until none is left. */
async function work(): Promise<void> {
  const jobs = [
    createDueRulesJob(deps()),
    createRunRuleJob(deps(), { concurrency: 1 }),
    createDeliverRuleJob(deps()),
    createReplayRuleJob(deps()),
    createDeliverReplayJob(deps()),
    createExpireApprovalsJob(deps()),
  ];
  for (let next = core.queue.jobs.shift(); next; next = core.queue.jobs.shift()) {
    const job = jobs.find((one) => one.name === next?.name);
    await job?.run(next.payload, context);
  }
}

async function tick(milliseconds = 0): Promise<void> {
  core.time.now = new Date(core.time.now.getTime() + milliseconds);
  await core.queue.add('due-rules', {});
  await work();
}

async function enabledRule(flags = ''): Promise<void> {
  await core.say(`rule new Q-1 --every 1h --period 2h ${flags}`);
  await core.say('rule enable A-1 It found something');
  const [approval] = await core.stores.approvals.find();
  await pressAs('lee', 'approve', approval?.id ?? '');
}

function pressAs(id: string, command: string, approval: string) {
  return core.dispatcher.dispatch({
    id: `${id}-${approval}`,
    actor: { platform: 'web', tenant: 'local', id, name: id },
    thread: { platform: 'web', tenant: 'local', channel: 'hunting' },
    kind: 'press',
    command,
    args: { approval, because: 'Because' },
    values: {},
  });
}

test('a draft has what the query says, and does not run', async () => {
  const card = cardOf(await core.say('rule new Q-1 --severity high --trigger ">= 3" --suppress 4h'));
  expect(card.title).toBe('Drafted A-1 · Spray');
  expect(await core.stores.rules.get('A-1')).toMatchObject({
    text: 'SigninLogs | take 5',
    tactics: ['CredentialAccess'],
    techniques: ['T1110.003'],
    triggerOperator: 'GreaterThan',
    triggerThreshold: 2,
    suppressionMilliseconds: 4 * hour,
    state: 'draft',
    source: 'Q-1',
  });
  await tick(3 * hour);
  expect(asked).toEqual([]);
});

test.each([
  ['--every 1m', 'From 5m to 14d'],
  ['--every 1d --period 1h', 'Shorter than it waits'],
  ['--trigger lots', 'is not like > 0'],
  ['--suppress 30m', 'Between the time it waits and 24h'],
  ['--entities nobody=IPAddress', 'is no entity type'],
])('%s is refused in words', async (flags, words) => {
  expect(JSON.stringify(cardOf(await core.say(`rule new Q-1 ${flags}`)))).toContain(words);
  expect(await core.stores.rules.count()).toBe(0);
});

test('a key that is no query and no tab is refused with what would do', async () => {
  for (const key of ['B-1', 'h-1/r-2'])
    expect(JSON.stringify(cardOf(await core.say(`rule new ${key}`)))).toContain('a tab (K-1;');
});

test('a rule is enabled by a second person only, once, and the card is locked', async () => {
  await core.say('rule new Q-1');
  await core.say('rule enable A-1 It found something');
  expect(cardOf(await core.say('approve Y-1')).title).toContain('You asked for it yourself');
  expect((await core.stores.rules.get('A-1'))?.state).toBe('draft');
  expect(cardOf(await core.say('rule enable A-1 Again')).title).toContain('waits for Y-1 already');
  const both = await Promise.all([pressAs('lee', 'approve', 'Y-1'), pressAs('kim', 'approve', 'Y-1')]);
  expect(both.filter((reply) => JSON.stringify(reply).includes('no longer open'))).toHaveLength(1);
  expect(await core.stores.rules.get('A-1')).toMatchObject({ state: 'enabled', nextWindow: core.time.now });
  const locked = core.chat.posts.find((post) => post.key === 'approval.Y-1')?.card;
  expect(locked?.title).toContain('Y-1: Approved by');
  expect(JSON.stringify(locked)).not.toContain('"actions"');
});

test('what was approved is what runs: a rule that changed since it was asked for stays off, and the card says so', async () => {
  await core.say('rule new Q-1');
  await core.say('rule enable A-1 It found something');
  await core.say('rule edit A-1 --kql "SigninLogs | take 6"');
  await pressAs('lee', 'approve', 'Y-1');
  expect((await core.stores.rules.get('A-1'))?.state).toBe('draft');
  const locked = core.chat.posts.findLast((post) => post.key === 'approval.Y-1')?.card;
  expect(JSON.stringify(locked)).toContain('changed since');
});

test('an approval that nobody gives ends by itself, and cannot be given afterwards', async () => {
  await core.say('rule new Q-1');
  await core.say('rule enable A-1 It found something');
  core.time.now = new Date(core.time.now.getTime() + 25 * hour);
  await core.queue.add('expire-approvals', {});
  await work();
  expect(await core.stores.approvals.get('Y-1')).toMatchObject({ state: 'expired' });
  expect(core.chat.posts.at(-1)?.card.title).toBe('Y-1: Nobody decided in time');
});

test('an enabled rule looks at each window once, over its period, and says nothing where nothing is', async () => {
  await enabledRule();
  const posts = core.chat.posts.length;
  await tick();
  await tick(30 * 60_000);
  await tick(30 * 60_000);
  expect(asked.map((one) => one.range?.to.toISOString())).toEqual([
    '2026-11-24T12:00:00.000Z',
    '2026-11-24T13:00:00.000Z',
  ]);
  expect(asked[1]?.range?.from.toISOString()).toBe('2026-11-24T11:00:00.000Z');
  expect(asked[1]?.asOf.toISOString()).toBe('2026-11-24T13:00:00.000Z');
  expect(core.chat.posts.length).toBe(posts);
});

test('alerts with the same entities join one incident, others begin a new one; each window is told once', async () => {
  await enabledRule();
  answer = ({ asOf }) => [['198.51.100.7', asOf.getUTCHours() < 14 ? 'ada@fernhill.example' : 'lee@fernhill.example']];
  await tick();
  await tick(hour);
  await tick(hour);
  const incidents = await core.stores.incidents.find({ sort: [{ field: 'number', direction: 'up' }] });
  expect(incidents.map((one) => one.alerts.length)).toEqual([2, 1]);
  expect(incidents[0]).toMatchObject({ title: 'Spray', rule: 'A-1', severity: 'Medium', status: 'New' });
  const titles = core.chat.posts.map((post) => post.card.title).filter((title) => title.startsWith('A-1'));
  expect(titles).toEqual([
    'A-1 Spray: 1 alert, 1 new incident',
    'A-1 Spray: 1 alert, 1 open incident grew',
    'A-1 Spray: 1 alert, 1 new incident',
  ]);
  expect(cardOf(await core.say('results R-1')).title).toContain('1 row');
});

test('a window that is started twice raises its alerts once', async () => {
  await enabledRule('--group per-result --incidents each');
  answer = () => [
    ['198.51.100.7', 'a@b.example'],
    ['198.51.100.8', 'c@b.example'],
  ];
  await core.queue.add('due-rules', {});
  const due = createDueRulesJob(deps());
  await Promise.all([due.run({}, context), due.run({}, context)]);
  const run = createRunRuleJob(deps(), { concurrency: 1 });
  const [window] = await core.stores.ruleWindows.find();
  await Promise.all([run.run({ window: window?.id }, context), run.run({ window: window?.id }, context)]);
  await work();
  expect(await core.stores.ruleWindows.count()).toBe(1);
  expect(await core.stores.incidents.count()).toBe(2);
  expect(core.chat.posts.filter((post) => post.card.title.startsWith('A-1'))).toHaveLength(1);
});

test('after an alert a rule with suppression is quiet for so long', async () => {
  await enabledRule('--suppress 2h');
  answer = () => [['198.51.100.7', 'a@b.example']];
  for (const wait of [0, hour, hour, hour]) await tick(wait);
  const windows = await core.stores.ruleWindows.find({ sort: [{ field: 'to', direction: 'up' }] });
  expect(windows.map((one) => one.state)).toEqual(['done', 'skipped', 'done', 'skipped']);
});

test('what was missed while nothing ran is made up for, and what is too old is said', async () => {
  await enabledRule();
  await tick();
  await tick(30 * hour);
  const windows = await core.stores.ruleWindows.find({ sort: [{ field: 'to', direction: 'up' }], limit: 100 });
  expect(windows.filter((one) => one.state === 'done')).toHaveLength(25);
  expect(windows.filter((one) => one.late)).toHaveLength(23);
  expect(core.chat.posts.at(-1)?.card.title).toBe('A-1 Spray did not run for a while');
  expect(JSON.stringify(core.chat.posts.at(-1)?.card)).toContain('6 windows were skipped');
});

test('a query that fails is told once, and switches the rule off after ten times', async () => {
  await enabledRule();
  answer = () => {
    throw new QueryError('unknown-name', 'There is no table SigninLogs.');
  };
  for (let time = 0; time < 11; time++) await tick(time === 0 ? 0 : hour);
  const titles = core.chat.posts.map((post) => post.card.title).filter((title) => title.startsWith('A-1'));
  expect(titles).toEqual(['A-1 Spray could not run', 'A-1 Spray was switched off']);
  expect((await core.stores.rules.get('A-1'))?.state).toBe('disabled');
  expect(await core.stores.ruleWindows.count()).toBe(10);
});

test('a replay runs every window as it would have run, and says what would have rung', async () => {
  await core.say('rule new Q-1 --every 1h --period 1h --trigger "> 1"');
  answer = ({ asOf }) =>
    asOf.getUTCHours() === 3
      ? Array.from({ length: 5 }, (_, i) => [`198.51.100.${i}`, 'a@b.example'])
      : asOf.getUTCHours() === 4
        ? [['198.51.100.7', 'a@b.example']]
        : [];
  await core.say('rule replay A-1 --since 3d');
  await work();
  expect(asked).toHaveLength(72);
  const result = core.chat.posts.at(-1)?.card;
  expect(result?.title).toBe('A-1 would have rung 3 times in 3 days');
  const text = JSON.stringify(result);
  expect(text).toContain('"a@b.example","6 of 6"');
  expect(text).toContain('["0","6","2.0"]');
  expect(text).toContain('["1 (now)","3","1.0"]');
  expect(await core.stores.rules.get('A-1')).toMatchObject({ lastReplay: { days: 3, alerts: 3 } });
});

test('a change of what an enabled rule watches switches it off; a change of words does not', async () => {
  await enabledRule();
  await core.say('rule edit A-1 --severity low');
  expect((await core.stores.rules.get('A-1'))?.state).toBe('enabled');
  const card = cardOf(await core.say('rule edit A-1 --trigger "> 5"'));
  expect(JSON.stringify(card)).toContain('was switched off');
  expect(await core.stores.rules.get('A-1')).toMatchObject({ state: 'disabled', triggerThreshold: 5 });
});

test('a deleted rule runs no more and comes back switched off', async () => {
  await enabledRule();
  await core.press('rule delete', { rule: 'A-1', confirmed: 'yes' });
  await tick(2 * hour);
  expect(asked).toEqual([]);
  await core.press('rule restore', { rule: 'A-1' });
  expect(await core.stores.rules.get('A-1')).toMatchObject({ state: 'disabled' });
});

test('the exports have what Sentinel’s own checks want', async () => {
  await core.say(
    'rule new Q-1 --every 5m --period 1d --entities ip=IPAddress,account=UserPrincipalName --severity high',
  );
  const yaml = await core.say('export rule A-1');
  const arm = await core.say('export rule A-1 --format arm');
  if (yaml.kind !== 'file' || arm.kind !== 'file') throw new Error('no file');
  const detection = parse(Buffer.from(yaml.file.bytes).toString('utf8'));
  expect(detection).toMatchObject({
    kind: 'Scheduled',
    severity: 'High',
    queryFrequency: '5m',
    queryPeriod: '1d',
    triggerOperator: 'gt',
    triggerThreshold: 0,
    tactics: ['CredentialAccess'],
    relevantTechniques: ['T1110.003'],
    entityMappings: [
      { entityType: 'IP', fieldMappings: [{ identifier: 'Address', columnName: 'IPAddress' }] },
      { entityType: 'Account', fieldMappings: [{ identifier: 'FullName', columnName: 'UserPrincipalName' }] },
    ],
  });
  expect(detection.id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  const [resource] = JSON.parse(Buffer.from(arm.file.bytes).toString('utf8')).resources;
  expect(resource).toMatchObject({
    kind: 'Scheduled',
    properties: {
      enabled: false,
      queryFrequency: 'PT5M',
      queryPeriod: 'P1D',
      suppressionEnabled: false,
      suppressionDuration: 'PT5H',
      techniques: ['T1110'],
      subTechniques: ['T1110.003'],
      incidentConfiguration: {
        createIncident: true,
        groupingConfiguration: { enabled: true, lookbackDuration: 'PT5H' },
      },
    },
  });
});
