import { createMirrorCommentJob } from '../../jobs/mirror-comment';
import { resumeComments } from '../../src/hunting/mirror-comment';
import { ChatError, type ChatPlatform } from '../../src/ports/chat-platform';
import { type Core, cardOf, createCore, createRecordingChat } from '../support/core';

let core: Core;
const slack = createRecordingChat('slack');
const web = { platform: 'web' as const, tenant: 'local', channel: 'hunting', root: 'm1' };
const far = { platform: 'slack' as const, tenant: 'T1', channel: 'C1', root: '1.2' };
let down = false;
const chat: ChatPlatform = {
  ...slack,
  async post(...args) {
    if (down) throw new ChatError('unavailable', 'Slack is down');
    return slack.post(...args);
  },
};

beforeAll(async () => {
  core = await createCore();
});
beforeEach(async () => {
  await core.reset();
  slack.posts.length = 0;
  down = false;
  await core.say('new Spray');
  const hunt = await core.stores.hunts.get('H-1');
  if (!hunt) throw new Error('no hunt');
  const threads = [web, far];
  await core.stores.hunts.update({ ...hunt, threads, threadKeys: ['web|local|hunting|m1', 'slack|T1|C1|1.2'] });
  core.chat.posts.length = 0;
});
afterAll(() => core.close());

function mirror() {
  return createMirrorCommentJob({
    stores: core.stores,
    chats: new Map([
      ['web', core.chat],
      ['slack', chat],
    ]),
    clock: { now: () => core.time.now },
    links: { result: () => '', picture: () => '', coverage: () => '', file: (id) => `http://127.0.0.1/files/${id}` },
    log: { info() {}, warn() {}, error() {} },
  });
}
const context = { signal: new AbortController().signal, attempt: 1, lastAttempt: false };
const run = (comment = 'C-1') => mirror().run({ comment }, context);
const reply = (text: string, more: object = {}) => ({
  text,
  options: { thread: web, addressed: 'no' as const, messageId: 'm9', ...more },
});

async function say(text: string, more: object = {}) {
  const { options } = reply(text, more);
  return core.say(text, options);
}

test('a reply shows in the hunt’s other thread, once, with who said it and where', async () => {
  expect(await say('Look at `198.51.100.7`:\n```\nwhoami\n```')).toMatchObject({ kind: 'sign' });
  expect(core.queue.jobs).toContainEqual(
    expect.objectContaining({ name: 'mirror-comment', payload: { comment: 'C-1' } }),
  );
  await run();
  await run();
  expect(slack.posts.map((post) => post.card.title)).toEqual(['Ada Night on the local page']);
  expect(slack.posts[0]?.card.blocks).toContainEqual({ type: 'code', text: 'whoami' });
  expect(core.chat.posts).toEqual([]);
});

test('two starts at the same moment and a try after a lost answer leave one copy', async () => {
  await say('Look');
  await Promise.allSettled([run(), run(), run()]);
  expect(slack.posts).toHaveLength(1);
  expect((await core.stores.comments.get('C-1'))?.mirror).toBe('done');
  const comment = await core.stores.comments.get('C-1');
  const [copy] = comment?.copies ?? [];
  if (!comment || !copy) throw new Error('no copy');
  const { message: _message, shown: _shown, ...lost } = copy;
  await core.stores.comments.update({ ...comment, copies: [{ ...lost, at: new Date(0), state: 'sending' }] });
  await run();
  expect(slack.posts).toHaveLength(1);
  expect((await core.stores.comments.get('C-1'))?.copies?.[0]).toMatchObject({ state: 'sent', message: copy.message });
});

test('an edit and a withdrawal follow', async () => {
  await say('Look');
  await run();
  const edited = { kind: 'edited' as const, messageId: 'm9', text: 'Look again', thread: web };
  const actor = { platform: 'web' as const, tenant: 'local', id: 'ada', name: 'Ada Night' };
  await core.dispatcher.dispatch({ id: 'e1', actor, ...edited });
  await run();
  expect(JSON.stringify(slack.posts[0]?.card)).toContain('Look again');
  await core.dispatcher.dispatch({ id: 'e2', actor, kind: 'deleted', messageId: 'm9', thread: web });
  await run();
  expect(slack.posts).toHaveLength(1);
  expect(slack.posts[0]?.card.title).toBe('Ada Night on the local page took a comment back');
  const lines = await core.stores.changes.find({ where: { subject: { is: 'C-1' } } });
  expect(lines.map((line) => line.what).sort()).toEqual(['commented', 'edited a comment', 'took a comment back']);
});

test('an edit made while a post was under way is not lost, and a comment taken back before it was shown never shows', async () => {
  await say('Look');
  await run();
  const comment = await core.stores.comments.get('C-1');
  const [copy] = comment?.copies ?? [];
  if (!comment || !copy) throw new Error('no copy');
  const { message: _message, shown: _shown, ...lost } = copy;
  await core.stores.comments.update({
    ...comment,
    text: 'Look again',
    copies: [{ ...lost, at: new Date(0), state: 'sending' }],
  });
  await run();
  expect(JSON.stringify(slack.posts[0]?.card)).toContain('Look again');
  await core.say('Never mind', { thread: web, addressed: 'no', messageId: 'm10' });
  const other = await core.stores.comments.get('C-2');
  if (!other) throw new Error('no comment');
  const at = new Date(core.time.now.getTime() - 120_000);
  await core.stores.comments.update({
    ...other,
    withdrawnAt: core.time.now,
    copies: [{ ...lost, state: 'sending', at }],
  });
  await run('C-2');
  expect(slack.posts).toHaveLength(1);
});

test('a comment whose job was lost is brought over later', async () => {
  await say('Look');
  core.queue.jobs.length = 0;
  const before = core.time.now;
  core.time.now = new Date(before.getTime() + 180_000);
  await resumeComments({ stores: core.stores, queue: core.queue, clock: { now: () => core.time.now } });
  core.time.now = before;
  expect(core.queue.jobs).toContainEqual(
    expect.objectContaining({ name: 'mirror-comment', payload: { comment: 'C-1' } }),
  );
});

test('a chat that is down gets the comment later', async () => {
  await say('Look');
  down = true;
  await expect(run()).rejects.toThrow('Slack is down');
  down = false;
  await run();
  expect(slack.posts).toHaveLength(1);
});

test('a comment typed elsewhere shows in every thread of the hunt; an unlinked thread gets no more', async () => {
  await core.say('comment H-1 From the channel', { thread: { platform: 'web', tenant: 'local', channel: 'other' } });
  await run();
  expect([core.chat.posts.length, slack.posts.length]).toEqual([1, 1]);
  const hunt = await core.stores.hunts.get('H-1');
  if (!hunt) throw new Error('no hunt');
  await core.stores.hunts.update({ ...hunt, threads: [web], threadKeys: ['web|local|hunting|m1'] });
  await core.say('comment H-1 Another', { thread: { platform: 'web', tenant: 'local', channel: 'other' } });
  await run('C-2');
  expect([core.chat.posts.length, slack.posts.length]).toEqual([2, 1]);
});

test('files of a reply are kept with it, under a harmless name, and linked where they cannot go', async () => {
  core.chat.download = async (_thread, file) => {
    if (file.name === 'big.bin') throw new ChatError('rejected', 'it has more than 20 MB');
    return Buffer.from('MZ');
  };
  const files = [
    { name: '../../evil\u202egnp.exe', handle: 'a' },
    { name: 'big.bin', handle: 'b' },
  ];
  const said = cardOf(await say('See the files', { files }));
  expect(said.title).toContain('big.bin');
  const comment = await core.stores.comments.get('C-1');
  expect(comment?.files).toEqual([expect.objectContaining({ name: 'evil_gnp.exe', size: 2 })]);
  await run();
  expect(slack.posts[0]?.card.blocks).toContainEqual(expect.objectContaining({ type: 'file', name: 'evil_gnp.exe' }));
  expect(JSON.stringify(cardOf(await core.say('comments H-1')))).toContain('evil_gnp.exe');
});

test('a file without words is a comment in the hunt’s thread, and a question elsewhere', async () => {
  core.chat.download = async () => Buffer.from('x');
  expect(await say('', { files: [{ name: 'a.png', handle: 'a' }] })).toMatchObject({ kind: 'sign' });
  expect((await core.stores.comments.get('C-1'))?.text).toBe('a.png');
  const direct = {
    thread: { platform: 'web' as const, tenant: 'local', channel: 'dm', direct: true },
    addressed: 'direct' as const,
  };
  expect(cardOf(await core.say('', { ...direct, files: [{ name: 'iocs.txt', handle: 'a' }] })).title).toContain(
    'iocs.txt',
  );
});

test('words find comments, and the newest can come first', async () => {
  for (const text of ['one apple', 'two pears', 'three apples']) await core.say(`comment H-1 ${text}`);
  expect(cardOf(await core.say('comments H-1 apple')).title).toBe('2 comments in H-1');
  const text = JSON.stringify(cardOf(await core.say('comments H-1 --newest')));
  expect(text.indexOf('three')).toBeLessThan(text.indexOf('one'));
});
