import { fileBytes } from '../../src/hunting/keep-file';
import type { QueryEngine, TableInfo } from '../../src/ports/query-engine';
import { type Core, cardOf, createCore } from '../support/core';

const tables: TableInfo[] = [
  {
    name: 'SigninLogs',
    columns: [
      { name: 'TimeGenerated', type: 'datetime' },
      { name: 'IPAddress', type: 'string' },
    ],
  },
  {
    name: 'DeviceNetworkEvents',
    columns: [
      { name: 'RemoteIP', type: 'string' },
      { name: 'RemoteUrl', type: 'string' },
    ],
  },
  { name: 'Heartbeat', columns: [{ name: 'Version', type: 'string' }] },
];
const engine: QueryEngine = {
  name: 'duckdb',
  run: async () => ({ columns: [], rows: 0, truncated: false, notes: [] }),
  check: async () => [],
  tables: async () => tables,
  close: async () => {},
};

let core: Core;
beforeAll(async () => {
  core = await createCore({ engine });
});
beforeEach(() => core.reset());
afterAll(() => core.close());

test('a value is refanged, kept once, and tied to each hunt it is added in', async () => {
  await core.say('new One');
  await core.say('new Two');
  expect(cardOf(await core.say('indicator add H-1 hxxp://evil[.]example/a --tags owl')).title).toBe(
    'Added T-1 · hxxp://evil[.]example/a',
  );
  expect(cardOf(await core.say('indicator add H-2 http://evil.example/a --tags cat')).title).toContain(
    'Known already: T-1',
  );
  expect(await core.stores.indicators.get('T-1')).toMatchObject({
    kind: 'url',
    value: 'http://evil.example/a',
    pattern: "[url:value = 'http://evil.example/a']",
    hunts: ['H-1', 'H-2'],
    tags: ['owl', 'cat'],
    tlp: 'amber',
    confidence: 75,
  });
  const lines = await core.stores.changes.find({ where: { subject: { is: 'T-1' } } });
  expect(lines.map((line) => line.hunt).sort()).toEqual(['H-1', 'H-2']);
});

test('twenty people who add the same value at once make one indicator', async () => {
  await Promise.all(Array.from({ length: 20 }, () => core.say('indicator add 198.51.100.7')));
  expect(await core.stores.indicators.count()).toBe(1);
});

test('a private address is asked about, and added when it is meant', async () => {
  const card = cardOf(await core.say('indicator add 10.1.2.3'));
  expect(card.title).toBe('Is 10.1.2.3 meant as an indicator?');
  expect(await core.stores.indicators.count()).toBe(0);
  const button = card.blocks.flatMap((block) => (block.type === 'actions' ? block.buttons : []))[0];
  if (!button || !('command' in button)) throw new Error('no button');
  await core.press(button.command, button.args as Record<string, string>);
  expect(await core.stores.indicators.count()).toBe(1);
});

test('of several values each is accounted for', async () => {
  const card = cardOf(await core.say('indicator add evil[.]example 198.51.100.7 nonsense microsoft.com'));
  expect(card.title).toBe('2 indicators added by Ada Night, 2 left out');
  const text = JSON.stringify(card);
  expect(text).toContain('Everybody talks to it');
  expect(text).toContain('“nonsense” is no address');
});

test('revoking asks, can be undone, and a second press does no harm', async () => {
  await core.say('indicator add evil.example');
  expect(cardOf(await core.say('indicator revoke T-1')).title).toBe('Revoke T-1 evil[.]example?');
  await core.press('indicator revoke', { indicator: 'T-1', confirmed: 'yes' });
  const again = cardOf(await core.press('indicator revoke', { indicator: 'T-1', confirmed: 'yes' }));
  expect(again.title).toContain('revoked already');
  expect(cardOf(await core.say('indicators --state revoked')).title).toBe('1 indicator');
  expect(cardOf(await core.say('indicators --state active')).title).toBe('No indicator fits');
  await core.press('indicator reinstate', { indicator: 'T-1' });
  expect((await core.stores.indicators.get('T-1'))?.revokedAt).toBeUndefined();
});

test('an indicator past its end is expired, and an edit gives it more time', async () => {
  await core.say('indicator add evil.example --valid 1d');
  const before = core.time.now;
  core.time.now = new Date(before.getTime() + 2 * 86_400_000);
  try {
    expect(JSON.stringify(cardOf(await core.say('indicator show T-1')))).toContain('expired on');
    await core.say('indicator edit T-1 --valid 30d');
    expect(JSON.stringify(cardOf(await core.say('indicator show T-1')))).toContain('active until');
  } finally {
    core.time.now = before;
  }
});

test('the STIX bundle holds its markings, and keeps those for few ears back', async () => {
  await core.say('indicator add evil.example --tlp green');
  await core.say("indicator add http://evil.example/it's --tlp red");
  const reply = await core.say('export indicators');
  if (reply.kind !== 'file') throw new Error(reply.kind);
  expect(reply.card.title).toContain('1 more marked TLP:RED stayed out');
  const bundle = JSON.parse(Buffer.from(reply.file.bytes).toString('utf8'));
  const ids = new Set(bundle.objects.map((one: { id: string }) => one.id));
  const indicators = bundle.objects.filter((one: { type: string }) => one.type === 'indicator');
  expect(indicators).toHaveLength(1);
  expect(indicators[0].object_marking_refs.every((id: string) => ids.has(id))).toBe(true);
  expect(ids.has(indicators[0].created_by_ref)).toBe(true);
  const stored = reply.file.url.split('file-')[1] ?? '';
  const pieces: Buffer[] = [];
  for await (const piece of fileBytes(core.stores.results, stored)) pieces.push(piece);
  expect(Buffer.concat(pieces).equals(Buffer.from(reply.file.bytes))).toBe(true);
  expect(cardOf(await core.say('export indicators --red')).title).toContain('TLP:RED too?');
  const whole = await core.press('export indicators', { format: 'stix', red: 'yes', confirmed: 'yes' });
  if (whole.kind !== 'file') throw new Error(whole.kind);
  expect(Buffer.from(whole.file.bytes).toString('utf8')).toContain("evil.example/it\\\\'s'");
});

test('a bundle that was exported is taken back as it was', async () => {
  await core.say('indicator add evil.example --tlp green --tags owl --confidence 40');
  const reply = await core.say('export indicators');
  if (reply.kind !== 'file') throw new Error(reply.kind);
  await core.reset();
  const { bytes } = reply.file;
  core.chat.download = async () => bytes;
  const said = await core.say('indicator import', { files: [{ name: 'a.json', handle: 'x' }] });
  expect(cardOf(said).title).toBe('1 indicator added by Ada Night');
  expect(await core.stores.indicators.get('T-1')).toMatchObject({
    value: 'evil.example',
    tlp: 'green',
    tags: ['owl'],
    confidence: 40,
  });
});

test('a list of values is taken line by line, and what is left is in the report', async () => {
  const text = [
    '# a feed',
    'value,why',
    'evil[.]example,c2',
    'not a value',
    ...Array.from({ length: 30 }, (_, i) => `198.51.100.${i + 1}`),
  ].join('\n');
  core.chat.download = async () => Buffer.from(text);
  const reply = await core.say('indicator import --tags feed', { files: [{ name: 'a.txt', handle: 'x' }] });
  if (reply.kind !== 'file') throw new Error(reply.kind);
  expect(reply.card.title).toContain('31 indicators added');
  expect(Buffer.from(reply.file.bytes).toString('utf8')).toContain('line 4: not a value');
});

test('a sweep asks every table that has a column for the value, and quotes the value whatever it holds', async () => {
  await core.say('indicator add http://evil.example/%22');
  await core.say('indicator add 198.51.100.7');
  await core.say('indicator sweep T-2');
  const [run] = await core.stores.runs.find();
  expect(run?.queries.map((query) => query.id)).toEqual(['SigninLogs', 'DeviceNetworkEvents']);
  expect(run?.queries[1]?.text).toBe(
    'DeviceNetworkEvents\n| where RemoteIP =~ "198.51.100.7"\n    or RemoteUrl contains "198.51.100.7"',
  );
  expect(cardOf(await core.say('indicator sweep T-9')).title).toContain('There is no indicator T-9');
});

test('a reader looks and does not add', async () => {
  core.roles.set('ada', 'reader');
  expect(cardOf(await core.say('indicator add evil.example')).title).toContain('needs more than your role');
  expect(cardOf(await core.say('indicators')).title).toBe('No indicators yet');
});
