import type { Card } from '../../../src/chat/card';
import type { ThreadRef } from '../../../src/chat/thread-ref';
import { wordsOf } from '../../fakes/slack/read-message';
import { ScriptedDispatcher } from '../../fakes/slack/scripted-dispatcher';
import { type SlackHouse, startSlackHouse } from '../../fakes/slack/start-slack-house';

const png = Buffer.from('89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489', 'hex');
const local = 'http://127.0.0.1:3978/files/one.token';
const reads: string[] = [];
const files = {
  async read(url: string) {
    reads.push(url);
    return url.includes('lost') ? null : png;
  },
  readWithin: async () => png,
};
const channel: ThreadRef = { platform: 'slack', tenant: 'T0HUNT', channel: 'C1' };
let house: SlackHouse;

beforeAll(async () => {
  house = await startSlackHouse(
    new ScriptedDispatcher((inbound) =>
      inbound.kind === 'text' && inbound.text === 'chart'
        ? { kind: 'card', card: pictured(local), to: 'asker' }
        : { kind: 'nothing' },
    ),
    'http',
    files,
  );
});
afterAll(() => house.close());
beforeEach(() => {
  reads.length = 0;
  house.slack.workspace.looksAtFiles = 0;
});

function pictured(url: string): Card {
  return { title: 'R-1 · 7 rows', blocks: [{ type: 'image', alt: 'A chart of failures', url }] };
}

async function posted(card: Card) {
  const { id } = await house.adapter.platform.post(channel, card);
  const message = house.slack.messages('C1').find(({ ts }) => ts === id);
  if (!message) throw new Error('not posted');
  return { id, message, image: message.blocks.find(({ type }) => type === 'image') };
}

test('a picture that Slack cannot fetch is brought to it once, and an edit shows the same file', async () => {
  const { id, image } = await posted(pictured(local));
  expect(image).toMatchObject({ slack_file: { id: expect.stringMatching(/^F/) }, alt_text: 'A chart of failures' });
  expect(house.slack.files().at(-1)).toMatchObject({ bytes: png, completed: true });
  expect(house.slack.files().at(-1)?.channel).toBeUndefined();
  await house.adapter.platform.update({ thread: channel, id }, pictured(local));
  expect(house.slack.messages('C1').find(({ ts }) => ts === id)?.blocks).toContainEqual(
    expect.objectContaining({ slack_file: image?.slack_file }),
  );
  expect(reads).toEqual([local]);
});

test('a picture under a public address is fetched by Slack', async () => {
  const url = 'https://talbot.example/files/a.b';
  expect((await posted(pictured(url))).image).toMatchObject({ image_url: url });
  expect(reads).toEqual([]);
});

test('Slack’s time with a new file is waited for', async () => {
  house.slack.workspace.looksAtFiles = 2;
  expect((await posted(pictured(`${local}.slow`))).image).toMatchObject({ slack_file: { id: expect.any(String) } });
});

test('a file that Slack never makes a picture of is named, and brought anew the next time', async () => {
  house.slack.workspace.looksAtFiles = 100;
  const { message, image } = await posted(pictured(`${local}.never`));
  expect(image).toBeUndefined();
  expect(wordsOf(message)).toContain('[picture: A chart of failures]');
  house.slack.workspace.looksAtFiles = 0;
  expect((await posted(pictured(`${local}.never`))).image).toBeDefined();
});

test('an address that looks public and is not: the picture is brought after Slack’s refusal', async () => {
  house.slack.failNext('chat.postMessage', { error: 'invalid_blocks' });
  const { image } = await posted(pictured('https://talbot.soc.company.example/files/a.b'));
  expect(image).toMatchObject({ slack_file: { id: expect.any(String) } });
});

test.each([
  [
    'a token without the right to upload',
    () => house.slack.failNext('files.getUploadURLExternal', { error: 'missing_scope' }),
    local,
  ],
  ['a picture that is no longer kept', () => undefined, `${local}.lost`],
])('%s costs the picture, not the message', async (_name, prepare, url) => {
  prepare();
  const { message, image } = await posted(pictured(`${url}.${_name.length}`));
  expect(image).toBeUndefined();
  expect(wordsOf(message)).toContain('[picture: A chart of failures]');
});

test('an answer for one reader shows its picture too', async () => {
  await house.slack.user('U1').command('C1', '/hunt chart');
  const message = await house.slack.until(() =>
    house.slack.workspace.messages.find(
      (one) => one.ephemeralFor === 'U1' && one.blocks.some(({ type }) => type === 'image'),
    ),
  );
  expect(message.blocks.find(({ type }) => type === 'image')).toMatchObject({ slack_file: { id: expect.any(String) } });
});
