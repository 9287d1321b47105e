import { createSlackAdapter } from '../../adapters/slack/app';
import { wordsOf } from '../fakes/slack/read-message';
import { type FakeSlack, startFakeSlack } from '../fakes/slack/start-fake-slack';
import { type House, type Logs, openHouse, openLogs } from './house';
import { until } from './web-hunter';

const address = 'https://files.slack.com/files-pri/T0-F1/download/owl.yaml';
const content = `id: 7e0c2c1e-6d5b-4a57-9d5e-3f1c2a9b8d01
name: Owls at night
description: Somebody signs in at night.
tactics: [InitialAccess]
relevantTechniques: [T1078]
query: |
  SigninLogs
  | take 5
version: 1.0.0
`;

let logs: Logs;
let house: House;
let slack: FakeSlack;
const asked: { address: string; authorization: string | undefined }[] = [];
let served: () => Response;

beforeAll(async () => {
  logs = await openLogs();
  slack = await startFakeSlack();
  house = await openHouse({
    engine: logs.engine,
    adapters: (parts) => [createSlackAdapter({ ...parts, settings: slack.settings('http') })],
  });
  slack.connect(`${house.url}/slack/events`);
  const real = globalThis.fetch;
  jest.spyOn(globalThis, 'fetch').mockImplementation(async (input, init) => {
    const to = String(input);
    if (!to.startsWith('https://files.slack.com/')) return real(input, init);
    asked.push({ address: to, authorization: new Headers(init?.headers).get('authorization') ?? undefined });
    return served();
  });
}, 60_000);

afterAll(async () => {
  jest.restoreAllMocks();
  await house?.close();
  await slack?.stop();
  await logs?.close();
});

beforeEach(() => {
  asked.length = 0;
  served = () => new Response(content);
});

const file = (more: object = {}) => ({ name: 'owl.yaml', size: content.length, address, ...more });
const answer = (words: string) =>
  slack.until(() =>
    slack.workspace.messages.findLast((one) => one.bot_id !== undefined && wordsOf(one).includes(words)),
  );

test('a file attached on Slack is fetched with the bot’s token from Slack alone, and imported', async () => {
  const ada = slack.user('U1');
  await ada.say('C1', '@Talbot content import', undefined, file());
  await answer('1 added, 0 updated from owl.yaml');
  expect(asked.length).toBeGreaterThan(0);
  expect(asked.every((one) => /^Bearer xox/.test(one.authorization ?? ''))).toBe(true);
  const [query] = await house.stores.queries.find({ where: { name: { is: 'Owls at night' } } });
  expect(query).toMatchObject({ techniques: ['T1078'] });
}, 60_000);

test('a file elsewhere, a page to log in and a file that is too large are refused in words', async () => {
  const ada = slack.user('U1');
  await ada.say('C1', '@Talbot content import', undefined, file({ address: 'https://evil.example/owl.yaml' }));
  await answer('not one of Slack');
  expect(asked).toEqual([]);
  served = () => new Response('<html>Sign in</html>', { headers: { 'content-type': 'text/html' } });
  await ada.say('C1', '@Talbot content import', undefined, file());
  await answer('files:read');
  await ada.say('C1', '@Talbot content import', undefined, file({ size: 40_000_000 }));
  await answer('more than 32 MB');
}, 60_000);

test('a file without words is asked about in a direct message, and kept with the hunt in its thread', async () => {
  const ada = slack.user('U1');
  const direct = slack.workspace.direct('U1').id;
  await ada.say(direct, '', undefined, file({ name: 'iocs.txt' }));
  await answer('What shall be done with iocs.txt?');
  await ada.say('C1', '@Talbot new Owls');
  const root = (await answer('H-1 · Owls')).ts;
  await ada.say('C1', '', root, file({ name: 'shot.png' }));
  const kept = await until('the comment', async () => (await house.stores.comments.find())[0]);
  expect(kept).toMatchObject({ text: 'shot.png', files: [{ name: 'shot.png', size: content.length }] });
}, 60_000);
