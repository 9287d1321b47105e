import type { Card } from '../../../src/chat/card';
import type { Inbound } from '../../../src/chat/inbound';
import type { Reply } from '../../../src/chat/reply';
import { type FakeTeams, startFakeTeams } from '../../fakes/teams/fake-teams';
import { textsOf } from '../../fakes/teams/read-card';
import { EVERY_BLOCK, EVERY_CONTROL } from './sample-card';
import { startBot, type TestBot } from './start-bot';

const DONE: Card = { title: 'Done', tone: 'good', blocks: [{ type: 'text', text: 'all of it' }] };

let teams: FakeTeams;
let bot: TestBot;
let reply: (inbound: Inbound) => Reply | Promise<Reply>;

async function begin(options: Parameters<typeof startFakeTeams>[0] = {}, invokeMilliseconds?: number): Promise<void> {
  teams = await startFakeTeams(options);
  bot = await startBot((inbound) => reply(inbound), {
    settings: teams.settings(),
    ...(invokeMilliseconds === undefined ? {} : { invokeMilliseconds }),
  });
  teams.connect(bot.endpoint);
}

beforeEach(() => {
  reply = () => ({ kind: 'card', card: EVERY_BLOCK, to: 'everyone' });
});

afterEach(async () => {
  await bot.stop();
  await teams.stop();
});

describe('words', () => {
  test('a mention in a channel is a command, and the answer hangs in its thread', async () => {
    await begin();
    const ada = teams.user('ada', { name: 'Ada Lovelace' });
    const said = await ada.say('channel:general', '<at>Talbot</at>&nbsp;new A &amp; B --hypothesis "x &lt; 5"');
    const answer = await teams.answerTo(said);
    expect(answer.root).toBe(said.id);
    expect(textsOf(ada.view(answer))).toContain('H-1 Odd sign-ins');
    expect(bot.inbounds[0]).toMatchObject({
      kind: 'text',
      text: 'new A & B --hypothesis "x < 5"',
      addressed: 'yes',
      messageId: said.id,
      actor: {
        platform: 'teams',
        tenant: teams.tenant,
        id: ada.aadObjectId,
        name: 'Ada Lovelace',
        timeZone: 'Europe/Zurich',
      },
      thread: { platform: 'teams', tenant: teams.tenant, channel: '19:general@thread.tacv2', root: said.id },
    });
    expect(bot.inbounds[0]?.thread.direct).toBeUndefined();
  });

  test('a plain message is heard but not addressed; a shout, a slash command and a personal chat are', async () => {
    await begin();
    reply = () => ({ kind: 'nothing' });
    const ada = teams.user('ada');
    await ada.say('channel:general', 'looks odd');
    await ada.say('channel:general', '!run H-1');
    await ada.say('channel:general', '/run H-1', { targeted: true });
    await ada.say('personal:ada', 'help');
    await ada.say('chat:ops', 'hello all');
    await ada.say('chat:ops', 'hello <at>Talbot</at>');
    expect(bot.inbounds.map((inbound) => inbound.kind === 'text' && [inbound.text, inbound.addressed])).toEqual([
      ['looks odd', 'no'],
      ['run H-1', 'yes'],
      ['run H-1', 'yes'],
      ['help', 'direct'],
      ['hello all', 'no'],
      ['hello', 'yes'],
    ]);
    expect(bot.inbounds[3]?.thread).toMatchObject({ channel: 'a:ada', direct: true, flat: true });
    expect(bot.inbounds[4]?.thread.root).toBeUndefined();
    expect(bot.inbounds[4]?.thread.flat).toBe(true);
    expect(bot.inbounds[0]?.thread.flat).toBeUndefined();
  });

  test('another person’s mention stays, as one word, with the id of the directory', async () => {
    await begin();
    const ben = teams.user('ben', { name: 'Ben Okri' });
    await teams.user('ada').say('channel:general', '<at>Talbot</at> assign H-1 <at>Ben Okri</at>');
    await teams.until(() => teams.messages('channel:general')[1], 'the answer');
    expect(bot.inbounds[0]).toMatchObject({
      text: 'assign H-1 @Ben.Okri',
      mentions: { '@Ben.Okri': { id: ben.aadObjectId, name: 'Ben Okri' } },
    });
  });

  test('edits, deletions and undeletions; a redelivery carries the same id', async () => {
    await begin();
    reply = () => ({ kind: 'nothing' });
    const ada = teams.user('ada');
    const said = await ada.say('channel:general', 'looks odd');
    await ada.redeliver();
    await ada.edit(said, 'looks very odd');
    await ada.edit(said, 'looks fine');
    await ada.remove(said);
    await ada.undelete(said);
    expect(bot.inbounds.map(({ kind }) => kind)).toEqual(['text', 'text', 'edited', 'edited', 'deleted', 'edited']);
    const ids = bot.inbounds.map(({ id }) => id);
    expect(ids[0]).toBe(ids[1]);
    expect(new Set(ids).size).toBe(5);
    expect(bot.inbounds[3]).toMatchObject({ messageId: said.id, text: 'looks fine' });
    expect(bot.inbounds[4]).toMatchObject({ messageId: said.id });
  });

  test('its own messages and those of other bots are not heard', async () => {
    await begin();
    const conversation = { id: 'a:ada', conversationType: 'personal' };
    await teams.deliver({ type: 'message', text: 'x', from: { id: teams.botId, name: 'Talbot' }, conversation });
    await teams.deliver({ type: 'message', text: 'x', from: { id: '28:other', name: 'Other' }, conversation });
    await teams.deliver({ type: 'messageReaction', from: { id: '29:ada' }, conversation });
    expect(bot.inbounds).toEqual([]);
  });

  test('being added is greeted once; other members are not', async () => {
    await begin();
    await teams.install('chat:ops');
    await teams.install('chat:ops');
    await teams.until(() => teams.messages('chat:ops')[0], 'the greeting');
    const from = { id: '29:ada' };
    const conversation = { id: '19:ops@thread.v2', conversationType: 'groupChat' };
    await teams.deliver({ type: 'conversationUpdate', membersAdded: [from], from, conversation });
    await bot.stop();
    expect(teams.messages('chat:ops')).toHaveLength(1);
    expect(bot.inbounds).toEqual([]);
  });
});

describe('buttons', () => {
  test('a press sends arguments and the card’s selects; the card is replaced for everybody', async () => {
    await begin();
    const ada = teams.user('ada');
    const card = await teams.answerTo(await ada.say('channel:general', '<at>Talbot</at> show H-1'));
    reply = () => ({ kind: 'replace', card: DONE });
    const seen = await ada.press(card, 'Run', { queries: ['Q-1', 'Q,2'] });
    expect(seen).toMatchObject({ kind: 'card' });
    expect(bot.inbounds[1]).toMatchObject({
      kind: 'press',
      command: 'run',
      args: { hunt: 'H-1' },
      values: { queries: ['Q-1', 'Q,2'] },
      message: { id: card.id, thread: { root: card.root } },
    });
    await teams.until(() => (card.edits === 1 ? true : undefined), 'the edit');
    expect(textsOf(teams.user('ben').view(card))).toEqual(['Done', 'all of it']);
    expect(teams.messages('channel:general')).toHaveLength(2);
  });

  test('a select that acts at once sends its own choice alone', async () => {
    await begin();
    const ada = teams.user('ada');
    const card = await teams.answerTo(await ada.say('personal:ada', 'show H-1'));
    reply = () => ({ kind: 'nothing' });
    await ada.press(card, 'Apply', { status: 'closed' });
    expect(bot.inbounds[1]).toMatchObject({ command: 'status', args: { hunt: 'H-1' }, values: { status: 'closed' } });
    expect(bot.inbounds[1]).not.toHaveProperty('values.queries');
  });

  test('a question stands before what cannot be undone', async () => {
    await begin();
    const ada = teams.user('ada');
    const card = await teams.answerTo(await ada.say('personal:ada', 'show H-1'));
    await expect(ada.press(card, 'Delete')).rejects.toThrow('no button');
    await ada.press(card, 'Yes, delete');
    expect(bot.inbounds[1]).toMatchObject({ kind: 'press', command: 'delete' });
  });

  test('work that takes longer than Teams waits is answered later, in the thread', async () => {
    await begin({}, 30);
    const ada = teams.user('ada');
    const card = await teams.answerTo(await ada.say('channel:general', '<at>Talbot</at> show H-1'));
    let release: () => void = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    reply = async () => {
      await held;
      return { kind: 'replace', card: DONE };
    };
    expect(await ada.press(card, 'Run')).toMatchObject({ kind: 'said', text: expect.stringContaining('Working') });
    release();
    await teams.until(() => (card.edits === 1 ? true : undefined), 'the late edit');
  });

  test('an unknown invoke is answered as not implemented', async () => {
    await begin();
    const conversation = { id: 'a:ada', conversationType: 'personal' };
    const sent = await teams.deliver({
      type: 'invoke',
      name: 'composeExtension/query',
      from: { id: '29:ada' },
      conversation,
    });
    expect(sent.status).toBe(501);
    const forged = { action: { verb: 'press', data: { talbot: { do: 'press', command: 7 } } } };
    const bad = await teams.deliver({
      type: 'invoke',
      name: 'adaptiveCard/action',
      value: forged,
      from: { id: '29:ada' },
      conversation,
    });
    expect(bad.status).toBe(501);
    expect(bot.inbounds).toEqual([]);
  });
});

describe('forms', () => {
  const typed = {
    name: 'New name',
    tactics: ['a,b', 'c%2'],
    silent: 'false',
    owner: '00000000-0000-4000-8000-00000062656e',
  };

  test('a button opens a dialog, faults come back beside their fields, then it closes', async () => {
    await begin();
    const ada = teams.user('ada');
    teams.user('ben');
    const card = await teams.answerTo(await ada.say('channel:general', '<at>Talbot</at> show H-1'));
    reply = () => ({ kind: 'form', form: EVERY_CONTROL });
    const opened = await ada.press(card, 'Edit');
    if (opened.kind !== 'dialog') throw new Error(`a dialog, not ${opened.kind}`);
    expect(opened.dialog.title).toBe('Edit H-1');
    reply = () => ({ kind: 'field-errors', errors: { name: 'is taken', form: 'try another' } });
    const again = await ada.submit(opened.dialog, typed);
    expect(bot.inbounds[2]).toMatchObject({ mentions: { [typed.owner]: { id: typed.owner, name: 'Ben' } } });
    if (again.kind !== 'dialog') throw new Error(`a dialog, not ${again.kind}`);
    const texts = textsOf(again.dialog.card);
    expect(texts.slice(0, 1)).toEqual(['try another']);
    expect(texts[texts.indexOf('Name') + 1]).toBe('⚠ is taken');
    expect(bot.inbounds[2]).toMatchObject({
      kind: 'form',
      command: 'edit',
      args: { hunt: 'H-1' },
      values: { name: 'New name', query: 'T | take 1', tactics: ['a,b', 'c%2'], silent: 'false' },
      message: { id: card.id },
    });
    reply = () => ({ kind: 'replace', card: DONE });
    expect(await ada.submit(again.dialog, { name: 'Another' })).toEqual({ kind: 'closed' });
    expect(bot.inbounds[3]).toMatchObject({ values: { name: 'Another', tactics: ['a,b', 'c%2'], owner: typed.owner } });
    await teams.until(() => (card.edits === 1 ? true : undefined), 'the edit of the card that opened the form');
  });

  test('a form that answers words is a card, and becomes the outcome', async () => {
    await begin();
    reply = () => ({ kind: 'form', form: EVERY_CONTROL });
    const ada = teams.user('ada');
    const form = await teams.answerTo(await ada.say('channel:general', '<at>Talbot</at> edit H-1'));
    reply = () => ({ kind: 'field-errors', errors: { name: 'is taken' } });
    expect(await ada.submit(form, typed)).toMatchObject({ kind: 'card' });
    expect(textsOf(ada.view(form))).toContain('⚠ is taken');
    expect(textsOf(teams.user('ben').view(form))).not.toContain('⚠ is taken');
    reply = () => ({ kind: 'card', card: DONE, to: 'everyone' });
    await ada.submit(form, { name: 'Another' });
    await teams.until(() => (form.edits === 1 ? true : undefined), 'the outcome in the form’s place');
    expect(textsOf(ada.view(form))).toEqual(['Done', 'all of it']);
    expect(teams.messages('channel:general')).toHaveLength(2);
  });

  test('a client without dialogs sends the button as a message, and gets the form as a card', async () => {
    await begin();
    const ada = teams.user('ada');
    const card = await teams.answerTo(await ada.say('personal:ada', 'show H-1'));
    reply = () => ({ kind: 'form', form: EVERY_CONTROL });
    const conversation = { id: 'a:ada', conversationType: 'personal' };
    const value = { talbot: { do: 'press', command: 'edit', args: { hunt: 'H-1' }, fields: [], several: [] } };
    const from = { id: '29:ada', name: 'Ada', aadObjectId: ada.aadObjectId };
    await teams.deliver({ type: 'message', value, from, conversation, replyToId: card.id });
    const form = await teams.answerTo(card);
    reply = () => ({ kind: 'replace', card: DONE });
    await ada.submit(form, typed);
    await teams.until(() => (card.edits === 1 && form.edits === 1 ? true : undefined), 'both edits');
    expect(textsOf(ada.view(card))).toEqual(['Done', 'all of it']);
    expect(textsOf(ada.view(form))).toEqual(['Edit H-1', '✓ Done']);
  });

  test('a card for the asker alone is shown inside the dialog', async () => {
    await begin();
    const ada = teams.user('ada');
    const card = await teams.answerTo(await ada.say('channel:general', '<at>Talbot</at> show H-1'));
    reply = () => ({ kind: 'card', card: EVERY_BLOCK, to: 'asker' });
    const seen = await ada.press(card, 'Edit');
    if (seen.kind !== 'dialog') throw new Error(`a dialog, not ${seen.kind}`);
    await ada.press(seen.dialog, 'Run');
    expect(bot.inbounds[2]).toMatchObject({ kind: 'press', command: 'run' });
    expect(teams.messages('channel:general')).toHaveLength(2);
  });
});

describe('what Talbot does by itself', () => {
  async function thread(place: string) {
    reply = () => ({ kind: 'nothing' });
    const said = await teams.user('ada').say(place, 'looks odd');
    const inbound = bot.inbounds[0];
    if (inbound === undefined) throw new Error('nothing came in');
    return { said, thread: inbound.thread };
  }

  test('posts, edits in place, shares a link, and signs with a reaction', async () => {
    await begin();
    const { said, thread: where } = await thread('channel:general');
    const posted = await bot.platform.post(where, EVERY_BLOCK);
    await bot.platform.update(posted, DONE);
    await bot.platform.share(
      where,
      { name: 'R-1.csv', mime: 'text/csv', bytes: new Uint8Array(2048), url: 'https://x.test/r1' },
      DONE,
    );
    await bot.platform.sign({ thread: where, id: said.id }, 'kept');
    expect(await bot.platform.find(where, 'k')).toBe('unknown');
    const [, card, file] = teams.messages('channel:general', said.id);
    expect(card).toMatchObject({ id: posted.id, edits: 1 });
    expect(textsOf(file?.card ?? { type: 'AdaptiveCard', version: '1.5', body: [] })).toEqual(
      expect.arrayContaining(['R-1.csv', ' · 2 KB', '[Download]']),
    );
    expect(said.reactions).toEqual(['2705_whiteheavycheckmark']);
    expect(teams.messages('channel:general')).toHaveLength(3);
  });

  test('signs with two words where reactions are unknown', async () => {
    await begin({ reactions: false });
    const { said, thread: where } = await thread('channel:general');
    await bot.platform.sign({ thread: where, id: said.id }, 'kept');
    expect(teams.messages('channel:general').at(-1)).toMatchObject({ text: '✓ kept', root: said.id });
  });

  test('a chat without threads takes messages for a thread’s root all the same', async () => {
    await begin();
    const { thread: where } = await thread('personal:ada');
    await bot.platform.post({ ...where, root: '12345' }, DONE);
    expect(teams.messages('personal:ada')).toHaveLength(2);
  });

  test('tries again when Teams asks, and only then', async () => {
    await begin();
    const { thread: where } = await thread('channel:general');
    teams.fail({ status: 429, retryAfter: 0 }, { status: 502 }, { status: 412 });
    await bot.platform.post(where, DONE);
    expect(teams.messages('channel:general')).toHaveLength(2);
    const before = teams.requests.length;
    teams.fail({ status: 500 });
    await expect(bot.platform.post(where, DONE)).rejects.toMatchObject({ code: 'unavailable' });
    expect(teams.requests).toHaveLength(before + 1);
    teams.fail({ status: 429, retryAfter: 3600 });
    await expect(bot.platform.post(where, DONE)).rejects.toMatchObject({
      code: 'rate-limited',
      retryAfterSeconds: 3600,
    });
    teams.fail({ status: 403 });
    await expect(bot.platform.post(where, DONE)).rejects.toMatchObject({ code: 'gone' });
    teams.fail({ status: 413 });
    await expect(bot.platform.post(where, DONE)).rejects.toMatchObject({ code: 'rejected' });
  });

  test('stays under the rate of a thread: twenty posts at once, none refused, in order', async () => {
    await begin();
    const { thread: where } = await thread('channel:general');
    await Promise.all(
      Array.from({ length: 20 }, (_, n) => bot.platform.post(where, { title: `card ${n}`, blocks: [] })),
    );
    const titles = teams
      .messages('channel:general')
      .slice(1)
      .map(({ card }) => card?.fallbackText);
    expect(titles).toEqual(Array.from({ length: 20 }, (_, n) => `card ${n}`));
    expect(teams.requests.filter(({ status }) => status === 429)).toEqual([]);
  });

  test('a thread whose address nobody vouches for is not written to', async () => {
    await begin();
    const { thread: where } = await thread('channel:general');
    const forged = { ...where, route: 'http://169.254.169.254/#channel&28%3Atalbot' };
    await expect(bot.platform.post(forged, DONE)).rejects.toMatchObject({ code: 'rejected' });
    await expect(bot.platform.post({ ...where, route: 'nowhere' }, DONE)).rejects.toMatchObject({ code: 'gone' });
  });

  test('an answer that Teams refuses is told to the thread and to the log', async () => {
    await begin();
    reply = () => ({ kind: 'card', card: DONE, to: 'everyone' });
    teams.fail({ status: 400 });
    const said = await teams.user('ada').say('personal:ada', 'help');
    const answer = await teams.answerTo(said);
    expect(answer.card?.fallbackText).toContain('could not be shown');
    expect(bot.logged.join()).toContain('did not reach Teams');
  });
});
