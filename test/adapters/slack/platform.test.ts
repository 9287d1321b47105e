import { createPostPace } from '../../../adapters/slack/post-pace';
import type { Card } from '../../../src/chat/card';
import type { ThreadRef } from '../../../src/chat/thread-ref';
import { ChatError } from '../../../src/ports/chat-platform';
import { wordsOf } from '../../fakes/slack/read-message';
import { ScriptedDispatcher } from '../../fakes/slack/scripted-dispatcher';
import { type SlackHouse, startSlackHouse } from '../../fakes/slack/start-slack-house';

const card: Card = { title: 'R-1 done', blocks: [{ type: 'text', text: 'body' }] };
const channel: ThreadRef = { platform: 'slack', tenant: 'T0HUNT', channel: 'C1' };

const dispatcher = new ScriptedDispatcher((inbound) =>
  inbound.kind === 'text' && inbound.text === 'heard?'
    ? { kind: 'sign', sign: 'kept', messageId: inbound.messageId ?? '' }
    : { kind: 'nothing' },
);
let house: SlackHouse;

beforeAll(async () => {
  house = await startSlackHouse(dispatcher);
});

afterAll(() => house.close());

test('a post whose answer was lost is found by its key, in a channel and in a thread', async () => {
  const { slack, adapter } = house;
  slack.failNext('chat.postMessage', { lost: true });
  await expect(adapter.platform.post(channel, card, 'deliver:R-1')).rejects.toMatchObject({ code: 'unavailable' });
  const found = await adapter.platform.find(channel, 'deliver:R-1');
  expect(found).toMatchObject({ id: slack.messages('C1')[0]?.ts });
  expect(await adapter.platform.find(channel, 'deliver:R-2')).toBe('none');

  const thread = { ...channel, root: slack.messages('C1')[0]?.ts ?? '' };
  slack.failNext('chat.postMessage', { lost: true });
  await expect(adapter.platform.post(thread, card, 'deliver:R-3')).rejects.toBeInstanceOf(ChatError);
  expect(await adapter.platform.find(thread, 'deliver:R-3')).toMatchObject({ thread });
});

test('Talbot joins a public channel it is called in, so that it hears the replies', async () => {
  const { slack, adapter } = house;
  slack.addChannel('C7', { bot: false });
  const { id } = await adapter.platform.post({ ...channel, channel: 'C7' }, card);
  const reply = await slack.user('U1').say('C7', 'heard?', id);
  await slack.until(() => reply.reactions.feet);
});

test('where Talbot may write but not read, nobody can tell whether a post is there', async () => {
  const { slack, adapter } = house;
  slack.failNext('conversations.history', { error: 'missing_scope' });
  expect(await adapter.platform.find(channel, 'k')).toBe('unknown');
  slack.failNext('conversations.history', { retryAfter: 60 });
  await expect(adapter.platform.find(channel, 'k')).rejects.toMatchObject({ code: 'rate-limited' });
});

test('an edit keeps the mark, and nothing that Slack would add by itself is asked for', async () => {
  const { slack, adapter } = house;
  const message = await adapter.platform.post(channel, card, 'k');
  await adapter.platform.update(message, { ...card, title: 'R-1 edited' });
  expect(await adapter.platform.find(channel, 'k')).toMatchObject({ id: message.id });
  const post = slack.calls.findLast((call) => call.method === 'chat.postMessage');
  expect(post?.args).toMatchObject({
    unfurl_links: 'false',
    unfurl_media: 'false',
    link_names: 'false',
    parse: 'none',
    mrkdwn: 'false',
  });
});

test.each([
  ['channel_not_found', 'gone'],
  ['not_in_channel', 'gone'],
  ['is_archived', 'gone'],
  ['invalid_auth', 'unavailable'],
  ['invalid_blocks', 'rejected'],
  ['internal_error', 'unavailable'],
])('Slack’s %s is %s', async (error, code) => {
  house.slack.failNext('chat.update', { error });
  const message = { thread: channel, id: '1.1' };
  await expect(house.adapter.platform.update(message, card)).rejects.toMatchObject({ code });
});

test('a short Retry-After is waited for, a long one is told', async () => {
  const { slack, adapter } = house;
  slack.failNext('chat.postMessage', { retryAfter: 1 });
  await expect(adapter.platform.post(channel, { ...card, title: 'after a wait' })).resolves.toMatchObject({
    thread: channel,
  });
  slack.failNext('chat.postMessage', { retryAfter: 40 });
  await expect(adapter.platform.post(channel, card)).rejects.toMatchObject({
    code: 'rate-limited',
    retryAfterSeconds: 40,
  });
});

test('a picture that Slack refuses costs the picture, not the message', async () => {
  const { slack, adapter } = house;
  slack.failNext('chat.postMessage', { error: 'invalid_blocks' });
  const blocks: Card['blocks'] = [{ type: 'image', alt: 'A graph', url: 'https://talbot.example/p/1.png' }];
  const { id } = await adapter.platform.post({ ...channel, channel: 'C2' }, { title: 'Graph', blocks });
  expect(wordsOf(slack.messages('C2').find((message) => message.ts === id) as never)).toContain('[picture: A graph]');
});

test('signs come and go, and coming twice is no fault', async () => {
  const { slack, adapter } = house;
  const message = await slack.user('U1').say('C1', 'a comment');
  const at = { thread: channel, id: message.ts };
  await adapter.platform.sign(at, 'kept');
  await adapter.platform.sign(at, 'kept');
  await adapter.platform.sign(at, 'changed');
  expect(Object.keys(message.reactions)).toEqual(['feet', 'pencil2']);
  await adapter.platform.sign(at, 'withdrawn');
  await adapter.platform.sign(at, 'withdrawn');
  expect(message.reactions).toEqual({});
  await slack.user('U1').remove(message);
  await adapter.platform.sign(at, 'kept');
});

test('many posts keep their order and Slack’s pace', async () => {
  const { slack, adapter } = house;
  slack.addChannel('C5');
  const titles = Array.from({ length: 9 }, (_, index) => `post ${index}`);
  await Promise.all(titles.map((title) => adapter.platform.post({ ...channel, channel: 'C5' }, { title, blocks: [] })));
  expect(slack.messages('C5').map((message) => wordsOf(message))).toEqual(titles);
  expect(slack.calls.filter((call) => call.method === 'chat.postMessage' && call.args.channel === 'C5').length).toBe(9);
});

test('one failed post holds up no other', async () => {
  const pace = createPostPace(1, 5);
  const order: string[] = [];
  const results = await Promise.allSettled([
    pace.take('C1', async () => order.push('a')),
    pace.take('C1', async () => {
      order.push('b');
      throw new Error('b failed');
    }),
    pace.take('C1', async () => order.push('c')),
  ]);
  expect(order).toEqual(['a', 'b', 'c']);
  expect(results.map((result) => result.status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
});
