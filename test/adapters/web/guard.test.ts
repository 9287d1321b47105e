import { request } from 'node:http';
import { type ChatClient, createChatClient } from './chat-client';
import { type DemoServer, startDemoServer } from './demo-server';

let server: DemoServer;
let client: ChatClient;

beforeEach(async () => {
  server = await startDemoServer({ pause: 5 });
  client = await createChatClient(server);
});

afterEach(() => server.close());

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
    const { host } = new URL(server.url);
    const { cookie } = client;
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
    await client.post('messages', { channel: 'hunting', text: '' }, 400);
    await client.post('messages', { channel: 'hunting', text: 'x'.repeat(40_001) }, 400);
    await client.post('messages', { channel: 'hunting', text: 'x', as: 'eve' }, 400);
    await client.post('messages', { channel: 'nowhere', text: 'x' }, 404);
    await client.post('messages', { channel: 'dm-lee', text: 'x' }, 404);
    await client.post('messages', { channel: 'hunting', root: 'm999', text: 'x' }, 404);
    await client.post('press', { message: 'm1', command: 'x', args: { big: 'x'.repeat(2_000_000) }, values: {} }, 413);
    expect(server.logged).toEqual([]);
  });
});
