import { createRegistry } from '../../src/commands/registry';
import type { QueryEngine } from '../../src/ports/query-engine';
import { type Core, cardOf, createCore } from '../support/core';

const columns = [{ name: 'IPAddress', type: 'string' as const }];
const engine: QueryEngine = {
  name: 'duckdb',
  run: async () => ({ columns, rows: 0, truncated: false, notes: [] }),
  check: async () => columns,
  tables: async () => [],
  close: async () => {},
};

let core: Core;
beforeAll(async () => {
  core = await createCore({ engine });
});
beforeEach(async () => {
  await core.reset();
  await core.say('query new Spray --kql "SigninLogs | take 5"');
  await core.say('new Spray');
});
afterAll(() => core.close());

const lines = () => core.stores.changes.find({ where: { hunt: { is: 'H-1' } }, limit: 1000 });

/** What a person does to a hunt or to a part of it, and what has to be there before. */
const changes: [command: string, words: string, before?: string[]][] = [
  ['edit', 'edit H-1 --name Sprayed'],
  ['status', 'status H-1 active'],
  ['hypothesis', 'hypothesis H-1 validated --because "It was so"'],
  ['assign', 'assign H-1 me'],
  ['close', 'close H-1'],
  ['delete', 'delete H-1 --confirmed yes'],
  ['restore', 'restore H-1', ['delete H-1 --confirmed yes']],
  ['link', 'link H-1'],
  ['unlink', 'unlink H-1', ['link H-1']],
  ['add', 'add H-1 Q-1'],
  ['query edit', 'query edit H-1/Q-1 --name Other', ['add H-1 Q-1']],
  ['query delete', 'query delete H-1/Q-1 --confirmed yes', ['add H-1 Q-1']],
  ['query restore', 'query restore H-1/Q-1', ['add H-1 Q-1', 'query delete H-1/Q-1 --confirmed yes']],
  ['run', 'run H-1', ['add H-1 Q-1']],
  ['cancel', 'cancel R-1', ['add H-1 Q-1', 'run H-1']],
  ['kql', 'kql SigninLogs --hunt H-1'],
  ['tab edit', 'tab edit K-1 --kql "SigninLogs | take 2"', ['kql SigninLogs --hunt H-1']],
  ['tab rename', 'tab rename K-1 Other', ['kql SigninLogs --hunt H-1']],
  ['tab delete', 'tab delete K-1 --confirmed yes', ['kql SigninLogs --hunt H-1']],
  ['comment', 'comment H-1 Said'],
  ['indicator add', 'indicator add H-1 evil.example'],
  ['indicator edit', 'indicator edit T-1 --confidence 10', ['indicator add H-1 evil.example']],
  ['indicator revoke', 'indicator revoke T-1 --confirmed yes', ['indicator add H-1 evil.example']],
  ['incident new', 'incident new H-1 --title It'],
  ['incident update', 'incident update I-1 --severity high', ['incident new H-1 --title It']],
  ['incident task', 'incident task I-1 Do', ['incident new H-1 --title It']],
  ['incident done', 'incident done I-1 1', ['incident new H-1 --title It', 'incident task I-1 Do']],
  ['incident comment', 'incident comment I-1 Said', ['incident new H-1 --title It']],
  ['incident close', 'incident close I-1 TruePositive', ['incident new H-1 --title It']],
  ['incident reopen', 'incident reopen I-1', ['incident new H-1 --title It', 'incident close I-1 TruePositive']],
  ['incident delete', 'incident delete I-1 --confirmed yes', ['incident new H-1 --title It']],
  ['incident restore', 'incident restore I-1', ['incident new H-1 --title It', 'incident delete I-1 --confirmed yes']],
  ['rule new', 'rule new Q-1 --hunt H-1 --every 1h'],
  ['rule edit', 'rule edit A-1 --severity low', ['rule new Q-1 --hunt H-1 --every 1h']],
  ['rule enable', 'rule enable A-1 Why', ['rule new Q-1 --hunt H-1 --every 1h']],
  ['withdraw', 'withdraw Y-1', ['rule new Q-1 --hunt H-1 --every 1h', 'rule enable A-1 Why']],
  ['rule delete', 'rule delete A-1 --confirmed yes', ['rule new Q-1 --hunt H-1 --every 1h']],
  ['rule restore', 'rule restore A-1', ['rule new Q-1 --hunt H-1 --every 1h', 'rule delete A-1 --confirmed yes']],
];

/** Named as this words it in the text of a command: hidden flags are said by buttons alone. */
async function doIt(words: string): Promise<void> {
  const [text = '', confirmed] = words.split(' --confirmed ');
  const thread = { platform: 'web' as const, tenant: 'local', channel: 'hunting', root: 'm50' };
  if (!confirmed) return void (await core.say(text, /^(?:un)?link /.test(text) ? { thread } : {}));
  const [command, key = ''] = [text.split(' ').slice(0, -1).join(' '), text.split(' ').at(-1)];
  const name =
    key.startsWith('H-') && !key.includes('/')
      ? 'hunt'
      : { Q: 'query', K: 'tab', T: 'indicator', I: 'incident', A: 'rule', H: 'query' }[key[0] ?? ''];
  await core.press(command ?? '', { [name ?? '']: key, confirmed: 'yes' });
}

test.each(changes)('“%s” stands in the timeline', async (command, words, before = []) => {
  expect(createRegistry().has(command)).toBe(true);
  for (const one of before) await doIt(one);
  const known = (await lines()).length;
  await doIt(words);
  const now = await lines();
  expect(now.length).toBeGreaterThan(known);
  expect(now.every((line) => line.by.name === 'Ada Night' && line.by.platform === 'web')).toBe(true);
});

/** Commands that change something which is no part of a hunt, or that are walked through in tests of their own. */
const elsewhere =
  /^(?:help|roles?|audit|content |attack |query (?:new|clone|favourite|unfavourite)|run-all|rule (?:replay|stop|disable)|playbook run|approve|reject|entity (?:pivot|merge|split)|bookmark|indicator (?:import|sweep|reinstate)|incident (?:add|remove|thread)|comment |tab (?:run|promote|restore)|run-again|new$|template$)/;

test('no command that changes something was forgotten', () => {
  const writing = [...createRegistry().values()]
    .filter((one) => one.permission !== 'read' && !one.internal)
    .map((one) => one.name);
  const walked = new Set(changes.map(([command]) => command));
  expect(writing.filter((name) => !walked.has(name) && !elsewhere.test(name))).toEqual([]);
});

test('the timeline shows the newest first, is narrowed, and says before and after', async () => {
  await core.say('status H-1 active');
  core.time.now = new Date(core.time.now.getTime() + 1000);
  await core.say('comment H-1 Said');
  const text = JSON.stringify(cardOf(await core.say('timeline H-1')));
  expect(text.indexOf('C-1')).toBeLessThan(text.indexOf('Active'));
  expect(text).toContain('New');
  expect(JSON.stringify(cardOf(await core.say('timeline H-1 --of C-1')))).not.toContain('Active');
});
