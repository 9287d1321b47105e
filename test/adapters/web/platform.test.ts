import { cardLimits } from '../../../adapters/web/limits';
import type { MessageStores } from '../../../adapters/web/message-log';
import type { WirePage } from '../../../adapters/web/page/wire';
import { ChatError } from '../../../src/ports/chat-platform';
import { type ChatClient, cookieOf, createChatClient } from './chat-client';
import { huntCard, progressCard } from './demo-cards';
import { type DemoServer, startDemoServer } from './demo-server';
import { createMemoryMessages } from './memory-messages';

let server: DemoServer;
let client: ChatClient;
const others: DemoServer[] = [];

beforeEach(async () => {
  server = await startDemoServer({ pause: 5 });
  client = await createChatClient(server);
});

afterEach(async () => {
  await Promise.all([server, ...others.splice(0)].map((one) => one.close()));
});

async function startOther(stores: MessageStores): Promise<DemoServer> {
  const other = await startDemoServer({ stores });
  others.push(other);
  return other;
}

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
    const { messages } = await client.page('channel=hunting');
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
    await client.post('messages', { channel: 'hunting', text: '/hunt help' });
    await server.adapter.stop();
    expect(await server.adapter.platform.find(place, 'x')).toBe('none');
    await client.post('messages', { channel: 'hunting', text: 'hello' }, 503);
    expect(server.logged).toEqual([]);
  });
});
