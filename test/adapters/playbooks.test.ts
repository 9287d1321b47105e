import { createHmac } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPlaybooks } from '../../adapters/playbooks/call-playbook';
import { readPlaybooks } from '../../adapters/playbooks/read-playbooks';
import { createRunPlaybookJob } from '../../jobs/run-playbook';
import { type Playbooks, PlaybookUnreachable } from '../../src/ports/playbooks';
import { type Core, cardOf, createCore } from '../support/core';

interface Asked {
  headers: IncomingHttpHeaders;
  body: string;
}

let server: Server;
let folder: string;
let core: Core;
let playbooks: Playbooks;
const asked: Asked[] = [];
let answers: { status: number; body: string; type?: string; location?: string }[] = [];

beforeAll(async () => {
  server = createServer((request, response) => {
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () => {
      asked.push({ headers: request.headers, body: Buffer.concat(pieces).toString('utf8') });
      const { status, body, type, location } = answers.shift() ?? {
        status: 200,
        body: '{"message":"isolated"}',
        type: 'application/json',
      };
      response.writeHead(status, { 'content-type': type ?? 'application/json', ...(location ? { location } : {}) });
      response.end(body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
  folder = mkdtempSync(join(tmpdir(), 'talbot-playbooks-'));
  const file = join(folder, 'playbooks.yaml');
  writeFileSync(
    file,
    `playbooks:
  - name: Isolate the host
    for: [Host, Incident]
    url: ${url}
    secretEnv: ISOLATE_SECRET
    inputs: [{ name: hours, required: true }]
  - name: Disable the account
    for: [Account]
    url: ${url}
    approval: required
`,
  );
  playbooks = createPlaybooks(readPlaybooks(file, (name) => (name === 'ISOLATE_SECRET' ? 's3cret' : undefined)));
  core = await createCore({ playbooks });
});
beforeEach(async () => {
  await core.reset();
  asked.length = 0;
  answers = [];
  await core.say('new Spray');
  await core.say('incident new H-1 --title Spray');
});
afterAll(async () => {
  await core.close();
  rmSync(folder, { recursive: true });
  await new Promise((resolve) => server.close(resolve));
});

async function work(lastAttempt = false): Promise<void> {
  const job = createRunPlaybookJob({
    stores: core.stores,
    playbooks,
    chats: new Map([['web', core.chat]]),
    clock: { now: () => core.time.now },
    log: { info() {}, warn() {}, error() {} },
  });
  for (const { name, payload } of core.queue.jobs.splice(0))
    if (name === 'run-playbook')
      await job.run(payload, { signal: new AbortController().signal, attempt: 1, lastAttempt });
}

const runIt = () => core.say('playbook run P-1 I-1 --why "It beacons" --inputs hours=4');

test('a run is one signed call, and its outcome comes into the thread once', async () => {
  await runIt();
  await work();
  await work();
  expect(asked).toHaveLength(1);
  const [call] = asked;
  expect(call?.headers['x-talbot-signature']).toBe(
    `sha256=${createHmac('sha256', 's3cret')
      .update(call?.body ?? '')
      .digest('hex')}`,
  );
  expect(JSON.parse(call?.body ?? '')).toMatchObject({
    playbook: 'Isolate the host',
    target: { key: 'I-1', type: 'Incident', title: 'Spray' },
    inputs: { hours: '4' },
    requestedBy: 'Ada Night',
    hunts: ['H-1'],
  });
  expect(core.chat.posts.at(-1)?.card.title).toBe('X-1: Isolate the host on I-1 was carried out');
  expect(JSON.stringify(core.chat.posts.at(-1)?.card)).toContain('isolated');
  expect(core.chat.posts.filter((post) => post.key === 'result.X-1')).toHaveLength(1);
  expect(JSON.stringify(core.logged)).not.toContain('s3cret');
});

test('a passing fault is tried again with the same key, and in the end it is said that nobody knows', async () => {
  await runIt();
  answers = [
    { status: 503, body: '' },
    { status: 429, body: '' },
  ];
  const job = core.queue.jobs.find((one) => one.name === 'run-playbook');
  await expect(work()).rejects.toThrow(PlaybookUnreachable);
  core.queue.jobs.push(job as (typeof core.queue.jobs)[number]);
  await work(true);
  expect(new Set(asked.map((one) => one.headers['idempotency-key'])).size).toBe(1);
  expect(new Set(asked.map((one) => one.body)).size).toBe(1);
  expect(JSON.stringify(core.chat.posts.at(-1)?.card)).toContain('is not known');
});

test('a file that was changed since leads a run nowhere else, and past no approval', async () => {
  await runIt();
  const list = playbooks.list().map((one) => (one.name === 'Isolate the host' ? { ...one, approval: true } : one));
  const before = playbooks;
  playbooks = { ...before, list: () => list };
  try {
    await work();
  } finally {
    playbooks = before;
  }
  expect(asked).toEqual([]);
  expect(JSON.stringify(core.chat.posts.at(-1)?.card)).toContain('was changed since it was asked for');
});

test.each([
  [{ status: 400, body: '{"message":"no such host http://evil.example/a"}' }, 'hxxp://evil[.]example/a'],
  [{ status: 302, body: '', location: 'http://127.0.0.1:1/' }, 'which is not followed'],
  [{ status: 200, body: `<html>${'x'.repeat(200_000)}</html>`, type: 'text/html' }, 'It answered 200.'],
  [{ status: 200, body: 'not json' }, 'It answered 200.'],
])('the answer %j', async (answer, words) => {
  await runIt();
  answers = [answer];
  await work();
  expect(asked).toHaveLength(1);
  expect(JSON.stringify(core.chat.posts.at(-1)?.card)).toContain(words);
});

test('what needs an approval waits for it, and does not run when it is refused', async () => {
  const at = core.time.now;
  await core.stores.entities.insert({
    id: 'E-1',
    number: 1,
    type: 'Account',
    name: 'ada@fernhill.example',
    identifiers: [{ identifier: 'FullName', value: 'ada@fernhill.example' }],
    keys: [],
    key: 'x',
    hunts: ['H-1'],
    bookmarks: [],
    createdAt: at,
    updatedAt: at,
  });
  const decide = (id: string, command: string) =>
    core.dispatcher.dispatch({
      id,
      actor: { platform: 'web', tenant: 'local', id: 'lee', name: 'Lee' },
      thread: { platform: 'web', tenant: 'local', channel: 'hunting' },
      kind: 'press',
      command,
      args: { approval: command === 'reject' ? 'Y-1' : 'Y-2', because: 'x' },
      values: {},
    });
  await core.say('playbook run P-2 E-1 --why "It got in"');
  await work();
  await decide('l1', 'reject');
  await work();
  expect(asked).toEqual([]);
  expect((await core.stores.playbookRuns.get('X-1'))?.state).toBe('refused');
  await core.say('playbook run P-2 E-1 --why "It got in again"');
  await decide('l2', 'approve');
  await work();
  expect(JSON.parse(asked[0]?.body ?? '')).toMatchObject({ approvedBy: 'Lee' });
  expect((await core.stores.playbookRuns.get('X-2'))?.state).toBe('done');
});

test('what does not fit is refused in words, and the list shows what fits', async () => {
  expect(cardOf(await core.say('playbook run P-2 I-1 --why x')).title).toContain('works on Account, not on Incident');
  expect(cardOf(await core.say('playbook run P-1 I-1 --why x')).title).toContain('It needs hours');
  expect(cardOf(await core.say('playbook run P-1 I-1 --why x --inputs days=2')).title).toContain(
    'is not like name=value',
  );
  expect(cardOf(await core.say('playbooks I-1')).title).toBe('1 playbook for Incident I-1');
  expect(cardOf(await core.say('playbooks')).title).toBe('2 playbooks');
});

test.each([
  ['playbooks: [{ name: a, for: [Host], url: "http://far.example/" }]', 'must begin with https'],
  ['playbooks: [{ name: a, for: [Host], url: "https://far.example/", secret: x }]', 'secret'],
  [
    'playbooks: [{ name: a, for: [], url: "https://far.example/" }, { for: [Host], url: "https://a.example/" }]',
    'playbooks.1.name',
  ],
  ['playbooks: [{ name: a, for: [Host], url: "https://far.example/", secretEnv: NOT_SET }]', 'NOT_SET'],
  [
    'playbooks: [{ name: A, for: [Host], url: "https://a.example/" }, { name: a, for: [Host], url: "https://b.example/" }]',
    'two playbooks',
  ],
])('the file %s is refused', (text, words) => {
  const file = join(folder, 'wrong.yaml');
  writeFileSync(file, text);
  expect(() => readPlaybooks(file, () => undefined)).toThrow(words);
});
