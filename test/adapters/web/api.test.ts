import { request } from 'node:http';
import { cardLimits } from '../../../adapters/web/limits';
import type { MessageStores } from '../../../adapters/web/message-log';
import type { WireEvent, WireMessage, WireOutcome, WirePage, WireState } from '../../../adapters/web/page/wire';
import { ChatError } from '../../../src/ports/chat-platform';
import { huntCard, progressCard } from './demo-cards';
import { type DemoServer, startDemoServer } from './demo-server';
import { createMemoryMessages } from './memory-messages';

const TAB = 'tab-of-this-test';
let server: DemoServer;
const others: DemoServer[] = [];
let cookie: string;
let wishes = 0;

beforeEach(async () => {
  server = await startDemoServer({ pause: 5 });
  cookie = await cookieOf(server);
});

afterEach(async () => {
  await Promise.all([server, ...others.splice(0)].map((one) => one.close()));
});

async function startOther(stores: MessageStores): Promise<DemoServer> {
  const other = await startDemoServer({ stores });
  others.push(other);
  return other;
}

async function cookieOf({ url }: DemoServer): Promise<string> {
  const response = await fetch(`${url}/page/manifest.webmanifest`);
  expect(response.status).toBe(200);
  await response.text();
  const page = await fetch(`${url}/`);
  await page.text();
  return (page.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
}

async function get<T>(path: string): Promise<T> {
  const response = await fetch(`${server.url}/chat/${path}`, { headers: { cookie } });
  expect(response.status).toBe(200);
  return JSON.parse(await response.text());
}

async function post<T>(path: string, body: object, status = 200): Promise<T> {
  wishes += 1;
  const response = await fetch(`${server.url}/chat/${path}`, {
    method: 'POST',
    headers: { cookie, 'content-type': 'application/json' },
    body: JSON.stringify({ as: 'ada', tab: TAB, once: `wish-number-${wishes}`, ...body }),
  });
  const answer = JSON.parse(await response.text());
  expect([response.status, answer]).toEqual([status, answer]);
  return answer;
}

function page(place: string, as = 'ada'): Promise<WirePage> {
  return get<WirePage>(`messages?as=${as}&${place}`);
}

async function until<T>(look: () => Promise<T | undefined>): Promise<T> {
  for (let tries = 0; ; tries += 1) {
    const found = await look();
    if (found !== undefined) return found;
    if (tries === 1000) throw new Error('It never came');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** Reads a stream of events until it has seen what it waits for. */
async function events(query: string, enough: (seen: WireEvent[]) => boolean, begin: () => Promise<unknown>) {
  const stop = new AbortController();
  const response = await fetch(`${server.url}/chat/events?${query}`, { headers: { cookie }, signal: stop.signal });
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  const seen: WireEvent[] = [];
  let text = '';
  let last = '';
  let begun = false;
  while (!enough(seen)) {
    const chunk = await reader?.read();
    if (chunk === undefined || chunk.done) break;
    text += chunk.value;
    const parts = text.split('\n\n');
    text = parts.pop() ?? '';
    for (const part of parts) {
      last = /^id: (.*)$/m.exec(part)?.[1] ?? last;
      const data = /^data: (.*)$/m.exec(part)?.[1];
      if (data !== undefined && !part.includes('event: ready')) seen.push(JSON.parse(data));
    }
    if (!begun) {
      begun = true;
      await begin();
    }
  }
  stop.abort();
  return { seen, last };
}

describe('who may ask', () => {
  function raw(headers: Record<string, string>, path = '/chat/state?as=ada', method = 'GET'): Promise<number> {
    const { port } = new URL(server.url);
    return new Promise((resolve, reject) => {
      const asked = request({ host: '127.0.0.1', port, path, method, headers }, (response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
      });
      asked.on('error', reject);
      asked.end();
    });
  }

  test('only the page that this start served', async () => {
    const host = new URL(server.url).host;
    expect(await raw({ host, cookie })).toBe(200);
    expect(await raw({ host })).toBe(403);
    expect(await raw({ host, cookie: `${cookie.slice(0, -1)}x` })).toBe(403);
    expect(await raw({ host: 'evil.example', cookie })).toBe(403);
    expect(await raw({ host: `evil.example:${new URL(server.url).port}`, cookie }, '/')).toBe(403);
    expect(await raw({ host: `localhost:${new URL(server.url).port}`, cookie })).toBe(200);
    expect(await raw({ host, cookie, origin: 'https://evil.example' })).toBe(403);
    expect(await raw({ host, cookie, origin: 'http://127.0.0.1:1' })).toBe(403);
    expect(await raw({ host, cookie, origin: 'null' })).toBe(403);
    expect(await raw({ host, cookie, 'sec-fetch-site': 'cross-site' })).toBe(403);
    expect(await raw({ host, cookie, 'content-type': 'text/plain' }, '/chat/messages', 'POST')).toBe(403);
  });

  test('the page forbids everything it does not need', async () => {
    const response = await fetch(`${server.url}/page/style.css`);
    await response.text();
    const policy = response.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toMatch(/unsafe|\*/);
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
  });

  test('nothing outside the page’s own folders is served', async () => {
    for (const path of [
      '/page/index.html',
      '/page/main.ts',
      '/page/script/..%2f..%2fapp.js',
      '/page/lit-html/..%2fexpress/package.json',
    ]) {
      const response = await fetch(`${server.url}${path}`);
      await response.text();
      expect([path, [403, 404].includes(response.status)]).toEqual([path, true]);
    }
  });

  test('malformed and oversized requests are turned down in words', async () => {
    await post('messages', { channel: 'hunting', text: '' }, 400);
    await post('messages', { channel: 'hunting', text: 'x'.repeat(40_001) }, 400);
    await post('messages', { channel: 'hunting', text: 'x', as: 'eve' }, 400);
    await post('messages', { channel: 'nowhere', text: 'x' }, 404);
    await post('messages', { channel: 'dm-lee', text: 'x' }, 404);
    await post('messages', { channel: 'hunting', root: 'm999', text: 'x' }, 404);
    await post('press', { message: 'm1', command: 'x', args: { big: 'x'.repeat(2_000_000) }, values: {} }, 413);
    expect(server.logged).toEqual([]);
  });
});

test('state names people, channels and commands', async () => {
  const state = await get<WireState>('state?as=lee');
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
    const sent = await post<WireMessage>('messages', { channel, text, timeZone: 'Europe/Zurich' });
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
    const sent = await Promise.all([post<WireMessage>('messages', wish), post<WireMessage>('messages', wish)]);
    await post('messages', wish);
    expect(new Set(sent.map(({ id }) => id)).size).toBe(1);
    expect(server.dispatcher.seen).toHaveLength(1);
  });

  test('what only one person may see stays with that person', async () => {
    await post('messages', { channel: 'hunting', text: '/hunt help' });
    const { messages } = await until(async () => {
      const seen = await page('channel=hunting');
      return seen.messages.length === 2 ? seen : undefined;
    });
    expect(messages.map(({ onlyYou, author }) => [onlyYou, author.id])).toEqual([
      [true, 'talbot'],
      [true, 'ada'],
    ]);
    expect((await page('channel=hunting', 'lee')).messages).toEqual([]);
    const id = messages[0]?.id;
    await post('press', { as: 'lee', message: id, command: 'run', args: {}, values: {} }, 404);
  });

  test('a plain reply in a thread is a comment, changed and withdrawn with its message', async () => {
    const root = await server.adapter.platform.post({ platform: 'web', tenant: 'local', channel: 'hunting' }, huntCard);
    const { id } = await post<WireMessage>('messages', { channel: 'hunting', root: root.id, text: 'VPN, I think' });
    async function signed(sign: string): Promise<WireMessage> {
      return until(async () => {
        const { messages } = await page(`channel=hunting&root=${root.id}`);
        return messages.find((message) => message.id === id && message.signs[0] === sign);
      });
    }
    expect(await signed('kept')).toMatchObject({ mine: true, editable: 'VPN, I think', edited: false });
    expect((await page('channel=hunting')).messages[0]?.replies).toMatchObject({ count: 1, people: [{ id: 'ada' }] });

    await post('messages/edit', { as: 'lee', id, text: 'not mine' }, 403);
    await post('messages/edit', { id, text: 'VPN, I know' });
    expect(await signed('changed')).toMatchObject({ edited: true, editable: 'VPN, I know' });

    await post('messages/delete', { as: 'mo', id }, 403);
    await post('messages/delete', { id });
    expect(await signed('withdrawn')).toMatchObject({ deleted: true, html: '' });
    await post('messages/edit', { id, text: 'too late' }, 404);
    expect((await page('channel=hunting')).messages[0]?.replies).toBeUndefined();
    expect(server.dispatcher.seen.map(({ kind }) => kind)).toEqual(['text', 'edited', 'deleted']);
  });

  test('pages go back in time until there is no more', async () => {
    for (let number = 1; number <= 95; number += 1)
      await post('messages', { channel: 'general', text: `message ${number}` });
    const newest = await page('channel=general');
    expect(newest.messages[0]?.editable).toBe('message 95');
    const middle = await page(`channel=general&before=${newest.messages.at(-1)?.number}`);
    const oldest = await page(`channel=general&before=${middle.messages.at(-1)?.number}`);
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
    const outcome = await post<WireOutcome>('press', {
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
    expect(await post('press', { message: id, command: 'delete', args: {}, values: {} })).toEqual({ kind: 'done' });
    const { messages } = await page('channel=hunting');
    expect(messages).toEqual([expect.objectContaining({ id, version: 2, summary: 'H-1 was deleted' })]);
  });

  test('a form opens, is turned down beside its field, and is taken', async () => {
    const { id } = await hunt();
    const opened = await post<WireOutcome>('press', { message: id, command: 'edit', args: {}, values: {} });
    expect(opened).toMatchObject({ kind: 'form', form: { command: 'bookmark', args: { run: 'R-1' } } });
    const form = { channel: 'hunting', message: id, command: 'bookmark', args: { run: 'R-1' } };
    expect(await post('forms', { ...form, values: { name: 'ab', owner: 'lee' } })).toMatchObject({
      kind: 'field-errors',
      errors: { name: expect.any(String) },
    });
    expect(server.dispatcher.seen.at(-1)).toMatchObject({ mentions: { lee: { id: 'lee', name: 'Lee Marsh' } } });
    expect(await post('forms', { ...form, values: { name: 'Token' } })).toMatchObject({
      kind: 'posted',
      message: { root: id, summary: 'B-1 Token' },
    });
  });

  test('typed words that need a form get it in the tab that asked, or a button where that tab is gone', async () => {
    await post('messages', { channel: 'soc', text: '/hunt new' });
    const later = await until(async () => (await page('channel=soc')).messages.find(({ author }) => author.bot));
    expect(later.html).toContain('data-press="bookmark"');

    const { seen } = await events(
      `as=ada&tab=${TAB}`,
      (all) => all.some(({ kind }) => kind === 'form'),
      () => post('messages', { channel: 'soc', text: '/hunt new' }),
    );
    expect(seen.find(({ kind }) => kind === 'form')).toMatchObject({ channel: 'soc', form: { command: 'bookmark' } });
  });
});

describe('events', () => {
  const place = { platform: 'web', tenant: 'local', channel: 'hunting' } as const;

  test('go on after an interruption without a gap, and say when too much was missed', async () => {
    const { platform } = server.adapter;
    const first = await events(
      `as=ada&tab=${TAB}`,
      (seen) => seen.length >= 1,
      () => platform.post(place, huntCard),
    );
    const missed = await platform.post(place, progressCard(0));
    await platform.update(missed, progressCard(3));
    const resumed = await events(
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
    const elsewhere = await events(
      `as=ada&tab=${TAB}&after=0123456789ab-4`,
      (seen) => seen.length >= 1,
      async () => undefined,
    );
    expect(elsewhere.seen).toEqual([{ kind: 'resync' }]);
  });

  test('do not tell what is meant for somebody else', async () => {
    const { seen } = await events(
      `as=lee&tab=${TAB}`,
      (all) => all.some((event) => event.kind === 'message' && event.message.channel === 'soc'),
      async () => {
        await post('messages', { channel: 'dm-ada', text: 'a secret' });
        await post('messages', { channel: 'hunting', text: '/hunt help' });
        await until(async () => ((await page('channel=hunting')).messages.length === 2 ? true : undefined));
        await post('messages', { channel: 'soc', text: 'hello' });
      },
    );
    expect(seen.filter(({ kind }) => kind === 'message')).toHaveLength(1);
  });
});

describe('Talbot by itself', () => {
  const place = { platform: 'web', tenant: 'local', channel: 'hunting' } as const;

  test('posts once by key, finds, updates, and keeps all of it over a restart', async () => {
    const stores = createMemoryMessages();
    const before = await startOther(stores);
    const [one, two] = await Promise.all([
      before.adapter.platform.post(place, progressCard(0), 'run:R-1'),
      before.adapter.platform.post(place, progressCard(0), 'run:R-1'),
    ]);
    expect(two).toEqual(one);
    await before.adapter.stop();

    const after = await startOther(stores);
    const { platform } = after.adapter;
    expect(await platform.find(place, 'run:R-1')).toEqual(one);
    expect(await platform.find(place, 'run:R-2')).toBe('none');
    await platform.update(one, progressCard(3));
    expect(stores.all()).toEqual([expect.objectContaining({ id: one.id, version: 2 })]);
  });

  test('says when a place is gone', async () => {
    const { platform } = server.adapter;
    await expect(platform.post({ ...place, channel: 'closed' }, huntCard)).rejects.toBeInstanceOf(ChatError);
    await expect(platform.post({ ...place, root: 'm99' }, huntCard)).rejects.toMatchObject({ code: 'gone' });
    await expect(platform.update({ thread: place, id: 'm99' }, huntCard)).rejects.toMatchObject({ code: 'gone' });
    await expect(platform.sign({ thread: place, id: 'm99' }, 'kept')).rejects.toMatchObject({ code: 'gone' });
  });

  test('shares a file as a link with its size, and bounds a table in words', async () => {
    const file = {
      name: 'rows.csv',
      mime: 'text/csv',
      bytes: new Uint8Array(2500),
      url: 'http://127.0.0.1:3978/files/x?sig=y',
    };
    await server.adapter.platform.share(place, file, { title: 'All rows', blocks: [] });
    const rows = Array.from({ length: 812 }, (_, row) => [String(row)]);
    await server.adapter.platform.post(place, {
      title: 'Rows',
      blocks: [{ type: 'table', columns: [{ title: 'n' }], rows, rest: 'the file has all' }],
    });
    const { messages } = await page('channel=hunting');
    expect(messages[1]?.html).toContain('href="/files/x?sig=y" download="rows.csv"');
    expect(messages[1]?.html).toContain('2.5 kB');
    expect(messages[0]?.html.match(/<tr>/g)).toHaveLength(cardLimits.table.rows + 1);
    expect(messages[0]?.html).toContain('200 of 812 rows; the file has all');
  });

  test('a card of another version is named, not hidden', async () => {
    const stores = createMemoryMessages();
    const other = await startOther(stores);
    await stores.localMessages.insert({
      id: 'm1',
      number: 1,
      channel: 'hunting',
      author: { id: 'talbot', name: 'Talbot', bot: true },
      at: new Date(),
      signs: [],
      card: { title: 'From the future', blocks: [{ type: 'hologram' }] },
    });
    const response = await fetch(`${other.url}/chat/messages?as=ada&channel=hunting`, {
      headers: { cookie: await cookieOf(other) },
    });
    const { messages }: WirePage = JSON.parse(await response.text());
    expect(messages[0]?.html).toContain('kept by another version');
  });

  test('stopping waits for what is being answered and takes nothing new', async () => {
    await post('messages', { channel: 'hunting', text: '/hunt help' });
    await server.adapter.stop();
    expect(await server.adapter.platform.find(place, 'x')).toBe('none');
    await post('messages', { channel: 'hunting', text: 'hello' }, 503);
    expect(server.logged).toEqual([]);
  });
});
