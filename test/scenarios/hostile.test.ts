import { createSignedLinks } from '../../adapters/signed-links';
import { signingKey } from '../../adapters/signing-key';
import { roleGrantId } from '../../src/domain/role';
import type { SlackJson } from '../fakes/slack/workspace';
import { createTokenIssuer } from '../fakes/teams/token-issuer';
import { type House, type Logs, openLogs } from './house';
import type { Step } from './hunt-script';
import type { Hunter } from './hunter';
import { hostile } from './logs';
import { play } from './play';
import { openSlackPlace, type SlackPlace } from './slack-hunter';
import { openTeamsPlace, type TeamsPlace } from './teams-hunter';
import { openWebPlace, until, type WebPlace } from './web-hunter';

const rows = Object.keys(hostile).length;
const evil = '<!channel> @everyone [x](https://evil.example/n) <script>alert(2)</script> <at>Ada Lovelace</at>';
const query = `Hostile | project TimeGenerated, Name, ["<!here> =1+1"] = Value, N | sort by TimeGenerated asc`;

/** Hostile text in every place that people and logs can write to. */
const script: Step[] = [
  { do: 'command', words: 'new Odd text', sees: ['posted: H-1 · Odd text'] },
  { do: 'press', on: 'H-1 · Odd text', button: 'Edit', sees: ['form: Edit the hunt'] },
  { do: 'submit', values: { name: evil, description: evil }, sees: ['card: H-1 · '] },
  {
    do: 'mention',
    words: `kql ${query}`,
    sees: ['posted: R-1 · 0 of 1 query done', `posted: R-1 · ${rows} rows`],
  },
  { do: 'press', on: `R-1 · ${rows} rows`, button: 'View results', sees: ['told: R-1 · '] },
  { do: 'press', on: `R-1 · ${rows} rows`, button: 'Bookmark rows', sees: ['form: Bookmark rows'] },
  { do: 'submit', values: { rows: `1-${rows}`, name: evil, notes: evil }, sees: ['card: Bookmarked B-1'] },
  { do: 'mention', words: 'bookmarks', sees: ['told: 1 bookmark'] },
  { do: 'mention', words: 'export R-1', sees: ['file: R-1-kql.csv'] },
  { do: 'reply', name: 'evil', words: '<script>alert(3)</script> [x](https://evil.example/c)', sees: ['sign: kept'] },
  { do: 'mention', words: 'comments', sees: ['told: 1 comment'] },
  { do: 'mention', words: 'results R-1 --filter <!nothing>', sees: ['told: R-1 · '] },
  { do: 'mention', words: '<!channel> https://evil.example/w', sees: ['told: There is no command'] },
];

let logs: Logs;
let slack: SlackPlace;
let teams: TeamsPlace;
let web: WebPlace;

beforeAll(async () => {
  // Bolt and botbuilder tell refusals to the console as well.
  jest.spyOn(console, 'error').mockImplementation(() => {});
  logs = await openLogs();
  const { engine } = logs;
  [slack, teams, web] = await Promise.all([
    openSlackPlace({ engine }),
    openTeamsPlace({ engine }),
    openWebPlace({ engine }),
  ]);
}, 60_000);

afterAll(async () => {
  await Promise.all([slack?.close(), teams?.close(), web?.close()]);
  await logs?.close();
  jest.restoreAllMocks();
});

async function plays({ house, hunter }: { house: House; hunter: Hunter }): Promise<void> {
  await play(hunter, house, script);
  expect(hunter.refusals()).toEqual([]);
  expect(house.logged).toEqual([]);
}

/** Every object inside a payload. */
function objectsIn(value: unknown): SlackJson[] {
  if (Array.isArray(value)) return value.flatMap(objectsIn);
  if (typeof value !== 'object' || value === null) return [];
  return [{ ...value }, ...Object.values(value).flatMap(objectsIn)];
}

const unreadable = /(?![\n\t\r])[\p{Cc}\u202A-\u202E\u2066-\u2069]/u;

test('hostile rows, names and comments are dead text on Slack', async () => {
  await plays(slack);
  const sent = slack.slack.calls.filter(({ method }) => /^chat\.|^views\.|^response_url|^files\./.test(method));
  expect(sent.length).toBeGreaterThan(10);
  for (const { args } of sent) {
    for (const text of [args.text, args.initial_comment]) expect(String(text ?? '')).not.toMatch(/<[!@#h]/);
    for (const object of objectsIn(args)) {
      if (object.type === 'mrkdwn') expect(object.text).not.toMatch(/<[!@#h]|evil\.example/);
      expect(['user', 'usergroup', 'channel', 'broadcast', 'emoji', 'image']).not.toContain(object.type);
      if (object.url !== undefined) expect(String(object.url)).toMatch(slack.house.url);
      if (typeof object.text === 'string') expect(object.text).not.toMatch(unreadable);
    }
  }
  expect(await slack.hunter.seen()).toContain('<!channel> <!here>');
}, 90_000);

test('hostile rows, names and comments are dead text on Teams', async () => {
  await plays(teams);
  const cards = teams.teams.messages('channel:hunting').flatMap(({ card }) => (card === undefined ? [] : [card]));
  expect(cards.length).toBeGreaterThan(5);
  for (const object of objectsIn(cards)) {
    expect(object.type).not.toBe('mention');
    // Markdown is read in a TextBlock, not in a run of text.
    if (object.type === 'TextBlock') expect(String(object.text)).not.toMatch(/\]\(|<at>|https?:/);
    if (object.type === 'FactSet' || object.type === 'Image') throw new Error(`${object.type} reads markup or loads`);
    if (object.url !== undefined) expect(String(object.url)).toMatch(teams.house.url);
    if (typeof object.text === 'string') expect(object.text).not.toMatch(unreadable);
  }
  expect(await teams.hunter.seen()).toContain('<!channel> <!here>');
}, 90_000);

test('hostile rows, names and comments are dead text on the local page', async () => {
  await plays(web);
  const html = await web.hunter.seen();
  const tags = [...html.matchAll(/<([a-z][a-z0-9]*)([^>]*)>/gi)];
  expect(tags.length).toBeGreaterThan(100);
  for (const [, tag = '', attributes = ''] of tags) {
    expect(['script', 'img', 'iframe', 'object', 'at', 'style', 'base', 'link']).not.toContain(tag.toLowerCase());
    expect(attributes.replace(/"[^"]*"/g, '""')).not.toMatch(/\son\w+=/i);
    const address = /(?:href|src)="([^"]*)"/.exec(attributes)?.[1];
    if (address !== undefined) expect(address).not.toContain('evil');
  }
  expect(html).toContain('&lt;script&gt;');
  expect(html).not.toMatch(unreadable);
}, 90_000);

test('an export holds every row whole, and no cell that a spreadsheet would run', async () => {
  const file = slack.slack.files().find(({ name }) => name === 'R-1-kql.csv');
  const records = csvRecords(file?.bytes.toString('utf8') ?? '');
  expect(records[0]).toEqual(['TimeGenerated', 'Name', '<!here> =1+1', 'N']);
  expect(records).toHaveLength(rows + 1);
  for (const cell of records.flatMap((record) => record.slice(0, 3))) expect(cell).not.toMatch(/^[=+\-@\t\r]/);
  expect(records.find(([, name]) => name === 'long')?.[2]).toHaveLength(30_000);
  expect(records.find(([, name]) => name === 'quotes')?.[2]).toBe(hostile.quotes);
  expect(records.map(([, , , number]) => number)).toContain('-5');
});

test('a link that was made up, has ended, or names what is not there opens nothing', async () => {
  const { stores, url } = slack.house;
  const key = await signingKey(stores);
  const at = (time: number) => createSignedLinks({ key, publicUrl: () => url, clock: { now: () => new Date(time) } });
  const file = { run: 'R-1', query: 'kql', format: 'csv' } as const;
  const now = Date.now();
  const good = at(now).result(file);
  const status = async (address: string) => (await fetch(address)).status;
  expect(await status(good)).toBe(200);
  expect(await status(at(now - 8 * 86_400_000).result(file))).toBe(410);
  expect(await status(at(now).result({ ...file, run: 'R-99' }))).toBe(410);
  expect(await status(at(now).result({ ...file, query: 'Q-1' }))).toBe(410);
  const others = createSignedLinks({ key: 'another', publicUrl: () => url, clock: { now: () => new Date() } });
  expect(await status(others.result(file))).toBe(404);
  const forged = `${Buffer.from('{"r":"R-1","q":"kql","f":"csv","e":9999999999999}').toString('base64url')}.${good.split('.').at(-1)}`;
  for (const token of [forged, 'x', '.', 'a.b.c', '%00', `${'A'.repeat(5000)}.B`]) {
    expect(await status(`${url}/files/${token}`)).toBe(404);
  }
  const response = await fetch(good);
  expect(response.headers.get('content-disposition')).toBe('attachment; filename="R-1-kql.csv"');
  expect(response.headers.get('x-content-type-options')).toBe('nosniff');
  expect(csvRecords(await response.text())).toHaveLength(rows + 1);
});

test('a forged, old or future Slack request is not heard', async () => {
  const { house, slack: fake } = slack;
  const before = house.recorder.heard.length;
  const ada = fake.user('U1');
  expect((await ada.command('C1', '/hunt list', { forged: true })).status).toBe(401);
  expect((await ada.command('C1', '/hunt list', { skew: -600 })).status).toBe(401);
  expect((await ada.command('C1', '/hunt list', { skew: 600 })).status).toBe(401);
  expect(house.recorder.heard).toHaveLength(before);
});

test('a forged Teams token is not heard where there are credentials', async () => {
  const appId = '11111111-2222-4333-8444-555555555555';
  const serviceUrl = 'https://smba.trafficmanager.net/emea/';
  const place = await openTeamsPlace({ engine: logs.engine, worker: false, fake: { appId, serviceUrl } });
  try {
    const said = {
      type: 'message',
      text: 'new Evil',
      from: { id: '29:eve', name: 'Eve', aadObjectId: 'eve' },
      conversation: { id: 'a:eve', conversationType: 'personal', tenantId: 't' },
    };
    const forged = createTokenIssuer(appId, serviceUrl).authorization({});
    expect((await place.teams.deliver(said, forged)).status).toBe(401);
    expect((await place.teams.deliver(said, '')).status).toBe(401);
    expect(place.house.recorder.heard).toEqual([]);
  } finally {
    await place.close();
  }
});

test('invented commands, arguments and fields do nothing but say so', async () => {
  const { house, slack: fake } = slack;
  const ada = fake.user('U1');
  const faults = house.logged.length;
  const before = await house.stores.audit.count();
  const long = 'x'.repeat(1500);
  const inventions: [string, Record<string, string | string[]>][] = [
    ['no such command', {}],
    ['constructor', {}],
    ['__proto__', {}],
    ['comment revise', { text: 'rewritten' }],
    ['comment withdraw', {}],
    ['delete', { hunt: '../H-1', confirmed: 'yes' }],
    ['delete', { hunt: ['H-1', 'H-2'], confirmed: 'maybe' }],
    ['bookmark', { run: 'R-1', rows: '1-999999999' }],
    ['results', { run: 'R-1', page: '-1', columns: ['__proto__'], sort: 'constructor' }],
    ['results', { run: 'R-1', query: '__proto__' }],
    ['status', { hunt: 'H-1', status: 'Exploded', constructor: 'x', toString: 'y' }],
    ['export', { run: 'R-1', format: '/etc/passwd' }],
    ['list', { search: long, owner: 'constructor' }],
    ['assign', { hunt: 'H-1', person: 'constructor' }],
  ];
  for (const [c, a] of inventions) {
    const heard = house.recorder.said.length;
    const value = JSON.stringify({ c, a });
    const elements = [{ type: 'button', action_id: 'x', text: { type: 'plain_text', text: 'Press' }, value }];
    const invented = { ts: '1.1', channel: 'C1', blocks: [{ type: 'actions', block_id: 'b', elements }] };
    await ada.press(invented, 'Press');
    await until(`an answer to ${c}`, async () => (house.recorder.said.length > heard ? true : undefined), 200);
    expect(house.recorder.said[heard]?.line).toMatch(/^(told|form): /);
    expect(house.recorder.said[heard]?.line).not.toContain('Something went wrong');
  }
  for (const words of [
    'list --constructor x',
    'run --__proto__ x',
    'assign constructor',
    'help __proto__',
    'constructor',
  ]) {
    const heard = house.recorder.said.length;
    await ada.command('C1', `/hunt ${words}`);
    await until(`an answer to ${words}`, async () => (house.recorder.said.length > heard ? true : undefined), 200);
    expect(house.recorder.said[heard]?.line).not.toContain('Something went wrong');
  }
  expect(house.logged.slice(faults)).toEqual([]);
  expect((await house.stores.hunts.get('H-1'))?.status).toBe('Active');
  expect(await house.stores.audit.count()).toBeGreaterThan(before);

  const form = await house.dispatcher.dispatch({
    id: 'invented-form',
    kind: 'form',
    actor: { platform: 'slack', tenant: 'T0HUNT', id: 'U1', name: 'Ada' },
    thread: { platform: 'slack', tenant: 'T0HUNT', channel: 'C1' },
    command: 'edit',
    args: { hunt: 'H-1' },
    values: { name: 'Renamed', status: 'Closed', threadKeys: ['evil'], __proto__: 'x', deletedAt: 'now' },
  });
  expect(form).toMatchObject({ kind: 'card' });
  expect(await house.stores.hunts.get('H-1')).toMatchObject({ name: 'Renamed', status: 'Active' });
  expect((await house.stores.hunts.get('H-1'))?.deletedAt).toBeUndefined();
});

test('a body past every bound is refused, and the house goes on', async () => {
  const big = JSON.stringify({ text: 'x'.repeat(6_000_000) });
  const post = async (url: string) => {
    const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: big });
    return response.status;
  };
  expect(await post(`${slack.house.url}/slack/events`)).toBeGreaterThanOrEqual(400);
  expect(await post(`${teams.house.url}/api/messages`)).toBe(400);
  expect(await post(`${web.house.url}/chat/messages`)).toBe(403);
  await play(slack.hunter, slack.house, [{ do: 'command', words: 'help', sees: ['told: What Talbot can do'] }]);
});

test('a reader presses a hunter’s buttons, and nothing happens', async () => {
  const { house, slack: fake } = await openSlackPlace({ engine: logs.engine, defaultRole: 'reader' }).then((place) => {
    closing = place.close;
    return place;
  });
  const person = { platform: 'slack', tenant: 'T0HUNT', id: 'U1', name: 'Ada Lovelace' } as const;
  await house.stores.roles.insert({
    id: roleGrantId(person),
    role: 'lead',
    person,
    grantedBy: person,
    grantedAt: new Date(),
  });
  const ada = fake.user('U1');
  const grace = fake.user('U2');
  await ada.command('C1', '/hunt new Ours --queries Q-1');
  const card = await fake.until(() => fake.messages('C1').find(({ bot_id }) => bot_id !== undefined));
  for (const button of ['Run all', 'Verdict', 'Edit']) {
    await grace.press(card, button);
  }
  await grace.command('C1', '/hunt delete H-1');
  await grace.command('C1', '/hunt new Mine');
  await grace.say('C1', 'Readers may speak', card.ts);
  const refused = () => house.recorder.said.filter(({ line }) => line.includes('needs more than your role')).length;
  await fake.until(() => refused() >= 5);
  expect(fake.workspace.open.get('U2')).toBeUndefined();
  expect(await house.stores.runs.count()).toBe(0);
  expect(await house.stores.hunts.count()).toBe(1);
  const spoken = { where: { command: { is: 'comment' } } };
  await until('the comment', async () => ((await house.stores.audit.count(spoken)) === 1 ? true : undefined));
  expect(await house.stores.comments.count()).toBe(1);
  expect(await house.stores.audit.count({ where: { outcome: { is: 'refused' } } })).toBeGreaterThanOrEqual(5);
  const lines = await house.stores.audit.count();
  const other = await grace.say('C1', 'About lunch');
  await grace.edit(other, 'About dinner');
  await grace.remove(other);
  await until('all of it heard', async () => (house.recorder.heard.at(-1)?.kind === 'deleted' ? true : undefined));
  await grace.command('C1', '/hunt show H-1');
  await fake.until(() => house.recorder.said.at(-1)?.line.includes('H-1 · Ours'));
  expect(refused()).toBe(5);
  expect(await house.stores.audit.count()).toBeLessThanOrEqual(lines + 1);
}, 60_000);

let closing: (() => Promise<void>) | undefined;
afterEach(async () => {
  await closing?.();
  closing = undefined;
});

/** RFC 4180. */
function csvRecords(text: string): string[][] {
  const records: string[][] = [];
  let record: string[] = [];
  for (const match of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g)) {
    record.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? '');
    if (match[3] === ',') continue;
    records.push(record);
    record = [];
  }
  return records;
}
