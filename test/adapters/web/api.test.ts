import type { WireMessage, WireOutcome, WireState } from '../../../adapters/web/page/wire';
import { type ChatClient, createChatClient, TAB, until } from './chat-client';
import { huntCard, progressCard } from './demo-cards';
import { type DemoServer, startDemoServer } from './demo-server';

let server: DemoServer;
let client: ChatClient;

beforeEach(async () => {
  server = await startDemoServer({ pause: 5 });
  client = await createChatClient(server);
});

afterEach(() => server.close());

test('state names people, channels and commands', async () => {
  const state = await client.get<WireState>('state?as=lee');
  expect(state.people.map(({ id }) => id)).toEqual(['ada', 'lee', 'mo']);
  expect(state.channels.map(({ id }) => id)).toEqual(['hunting', 'soc', 'general', 'dm-lee']);
  expect(state.catalogue.find(({ name }) => name === 'query show')).toMatchObject({
    summary: 'One query of the library',
  });
  expect(state.suggestions).toHaveLength(3);
});

describe('words', () => {
  test.each([
    ['hunting', '/hunt help', 'yes', 'help', false],
    ['hunting', '/hunt', 'yes', 'help', false],
    ['hunting', '/run H-1', 'yes', 'run H-1', false],
    ['hunting', '!run H-1', 'yes', 'run H-1', true],
    ['hunting', '@Talbot, run H-1', 'yes', 'run H-1', true],
    ['hunting', '/hunting is fun', 'yes', 'hunting is fun', false],
    ['hunting', 'good morning', 'no', 'good morning', true],
    ['dm-ada', 'help', 'direct', 'help', true],
    ['dm-ada', '/hunt help', 'yes', 'help', false],
  ])('in %s “%s” is addressed %s', async (channel, text, addressed, words, carried) => {
    const sent = await client.post<WireMessage>('messages', { channel, text, timeZone: 'Europe/Zurich' });
    expect(sent.onlyYou).toBe(text.startsWith('/') && channel === 'hunting');
    expect(server.dispatcher.seen).toEqual([
      expect.objectContaining({
        kind: 'text',
        addressed,
        text: words,
        actor: { platform: 'web', tenant: 'local', id: 'ada', name: 'Ada Night', timeZone: 'Europe/Zurich' },
        thread: { platform: 'web', tenant: 'local', channel, ...(channel === 'dm-ada' && { direct: true }) },
      }),
    ]);
    expect('messageId' in (server.dispatcher.seen[0] ?? {})).toBe(carried);
  });

  test('a request that is sent again after a lost answer is carried out once', async () => {
    const wish = { channel: 'hunting', text: '/hunt new Odd', once: 'the-same-wish' };
    const sent = await Promise.all([
      client.post<WireMessage>('messages', wish),
      client.post<WireMessage>('messages', wish),
    ]);
    await client.post('messages', wish);
    expect(new Set(sent.map(({ id }) => id)).size).toBe(1);
    expect(server.dispatcher.seen).toHaveLength(1);
  });

  test('what only one person may see stays with that person', async () => {
    await client.post('messages', { channel: 'hunting', text: '/hunt help' });
    const { messages } = await until(async () => {
      const seen = await client.page('channel=hunting');
      return seen.messages.length === 2 ? seen : undefined;
    });
    expect(messages.map(({ onlyYou, author }) => [onlyYou, author.id])).toEqual([
      [true, 'talbot'],
      [true, 'ada'],
    ]);
    expect((await client.page('channel=hunting', 'lee')).messages).toEqual([]);
    const id = messages[0]?.id;
    await client.post('press', { as: 'lee', message: id, command: 'run', args: {}, values: {} }, 404);
  });

  test('a plain reply in a thread is a comment, changed and withdrawn with its message', async () => {
    const root = await server.adapter.platform.post({ platform: 'web', tenant: 'local', channel: 'hunting' }, huntCard);
    const { id } = await client.post<WireMessage>('messages', {
      channel: 'hunting',
      root: root.id,
      text: 'VPN, I think',
    });
    async function signed(sign: string): Promise<WireMessage> {
      return until(async () => {
        const { messages } = await client.page(`channel=hunting&root=${root.id}`);
        return messages.find((message) => message.id === id && message.signs[0] === sign);
      });
    }
    expect(await signed('kept')).toMatchObject({ mine: true, editable: 'VPN, I think', edited: false });
    expect((await client.page('channel=hunting')).messages[0]?.replies).toMatchObject({
      count: 1,
      people: [{ id: 'ada' }],
    });

    await client.post('messages/edit', { as: 'lee', id, text: 'not mine' }, 403);
    await client.post('messages/edit', { id, text: 'VPN, I know' });
    expect(await signed('changed')).toMatchObject({ edited: true, editable: 'VPN, I know' });

    await client.post('messages/delete', { as: 'mo', id }, 403);
    await client.post('messages/delete', { id });
    expect(await signed('withdrawn')).toMatchObject({ deleted: true, html: '' });
    await client.post('messages/edit', { id, text: 'too late' }, 404);
    expect((await client.page('channel=hunting')).messages[0]?.replies).toBeUndefined();
    expect(server.dispatcher.seen.map(({ kind }) => kind)).toEqual(['text', 'edited', 'deleted']);
  });

  test('pages go back in time until there is no more', async () => {
    for (let number = 1; number <= 95; number += 1)
      await client.post('messages', { channel: 'general', text: `message ${number}` });
    const newest = await client.page('channel=general');
    expect(newest.messages[0]?.editable).toBe('message 95');
    const middle = await client.page(`channel=general&before=${newest.messages.at(-1)?.number}`);
    const oldest = await client.page(`channel=general&before=${middle.messages.at(-1)?.number}`);
    expect([newest, middle, oldest].map(({ messages, more }) => [messages.length, more])).toEqual([
      [40, true],
      [40, true],
      [15, false],
    ]);
    expect(oldest.messages.at(-1)?.editable).toBe('message 1');
  });
});

describe('presses and forms', () => {
  async function hunt() {
    return server.adapter.platform.post({ platform: 'web', tenant: 'local', channel: 'hunting' }, huntCard);
  }

  test('a press carries its card, its arguments and what the selects hold, and is answered in the card’s thread', async () => {
    const { id } = await hunt();
    const outcome = await client.post<WireOutcome>('press', {
      message: id,
      command: 'share',
      args: { hunt: 'H-1' },
      values: { rows: ['1', '2'] },
    });
    expect(outcome).toMatchObject({ kind: 'posted', message: { root: id, onlyYou: true } });
    expect(server.dispatcher.seen[0]).toMatchObject({
      kind: 'press',
      command: 'share',
      args: { hunt: 'H-1' },
      values: { rows: ['1', '2'] },
      thread: { channel: 'hunting', root: id },
      message: { id },
    });
  });

  test('a replacing answer changes the card in its place', async () => {
    const { id } = await hunt();
    expect(await client.post('press', { message: id, command: 'delete', args: {}, values: {} })).toEqual({
      kind: 'done',
    });
    const { messages } = await client.page('channel=hunting');
    expect(messages).toEqual([expect.objectContaining({ id, version: 2, summary: 'H-1 was deleted' })]);
  });

  test('a form opens, is turned down beside its field, and is taken', async () => {
    const { id } = await hunt();
    const opened = await client.post<WireOutcome>('press', { message: id, command: 'edit', args: {}, values: {} });
    expect(opened).toMatchObject({ kind: 'form', form: { command: 'bookmark', args: { run: 'R-1' } } });
    const form = { channel: 'hunting', message: id, command: 'bookmark', args: { run: 'R-1' } };
    expect(await client.post('forms', { ...form, values: { name: 'ab', owner: 'lee' } })).toMatchObject({
      kind: 'field-errors',
      errors: { name: expect.any(String) },
    });
    expect(server.dispatcher.seen.at(-1)).toMatchObject({ mentions: { lee: { id: 'lee', name: 'Lee Marsh' } } });
    expect(await client.post('forms', { ...form, values: { name: 'Token' } })).toMatchObject({
      kind: 'posted',
      message: { root: id, summary: 'B-1 Token' },
    });
  });

  test('typed words that need a form get it in the tab that asked, or a button where that tab is gone', async () => {
    await client.post('messages', { channel: 'soc', text: '/hunt new' });
    const later = await until(async () => (await client.page('channel=soc')).messages.find(({ author }) => author.bot));
    expect(later.html).toContain('data-press="bookmark"');

    const { seen } = await client.events(
      `as=ada&tab=${TAB}`,
      (all) => all.some(({ kind }) => kind === 'form'),
      () => client.post('messages', { channel: 'soc', text: '/hunt new' }),
    );
    expect(seen.find(({ kind }) => kind === 'form')).toMatchObject({ channel: 'soc', form: { command: 'bookmark' } });
  });
});

describe('events', () => {
  const place = { platform: 'web', tenant: 'local', channel: 'hunting' } as const;

  test('go on after an interruption without a gap, and say when too much was missed', async () => {
    const { platform } = server.adapter;
    const first = await client.events(
      `as=ada&tab=${TAB}`,
      (seen) => seen.length >= 1,
      () => platform.post(place, huntCard),
    );
    const missed = await platform.post(place, progressCard(0));
    await platform.update(missed, progressCard(3));
    const resumed = await client.events(
      `as=ada&tab=${TAB}&after=${first.last}`,
      (seen) => seen.length >= 2,
      async () => undefined,
    );
    expect(resumed.seen).toEqual([
      expect.objectContaining({ message: expect.objectContaining({ id: missed.id, version: 1 }) }),
      expect.objectContaining({
        message: expect.objectContaining({ id: missed.id, version: 2, summary: 'R-1 finished: 3 queries, 47 rows' }),
      }),
    ]);
    const elsewhere = await client.events(
      `as=ada&tab=${TAB}&after=0123456789ab-4`,
      (seen) => seen.length >= 1,
      async () => undefined,
    );
    expect(elsewhere.seen).toEqual([{ kind: 'resync' }]);
  });

  test('do not tell what is meant for somebody else', async () => {
    const { seen } = await client.events(
      `as=lee&tab=${TAB}`,
      (all) => all.some((event) => event.kind === 'message' && event.message.channel === 'soc'),
      async () => {
        await client.post('messages', { channel: 'dm-ada', text: 'a secret' });
        await client.post('messages', { channel: 'hunting', text: '/hunt help' });
        await until(async () => ((await client.page('channel=hunting')).messages.length === 2 ? true : undefined));
        await client.post('messages', { channel: 'soc', text: 'hello' });
      },
    );
    expect(seen.filter(({ kind }) => kind === 'message')).toHaveLength(1);
  });
});
