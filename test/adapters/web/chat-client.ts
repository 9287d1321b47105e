import type { WireEvent, WirePage } from '../../../adapters/web/page/wire';
import type { DemoServer } from './demo-server';

export const TAB = 'tab-of-this-test';

/** The page's half of the API, without a page. */
export interface ChatClient {
  cookie: string;
  get<T>(path: string): Promise<T>;
  /** As Ada, and with a new wish, where the body says nothing else. */
  post<T>(path: string, body: object, status?: number): Promise<T>;
  page(place: string, as?: string): Promise<WirePage>;
  /** Reads a stream of events, after `begin`, until it has seen enough. */
  events(
    query: string,
    enough: (seen: WireEvent[]) => boolean,
    begin: () => Promise<unknown>,
  ): Promise<{ seen: WireEvent[]; last: string }>;
}

export async function cookieOf({ url }: DemoServer): Promise<string> {
  const response = await fetch(`${url}/page/manifest.webmanifest`);
  expect(response.status).toBe(200);
  await response.text();
  const page = await fetch(`${url}/`);
  await page.text();
  return (page.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
}

export async function until<T>(look: () => Promise<T | undefined>): Promise<T> {
  for (let tries = 0; ; tries += 1) {
    const found = await look();
    if (found !== undefined) return found;
    if (tries === 1000) throw new Error('It never came');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

export async function createChatClient(server: DemoServer): Promise<ChatClient> {
  const cookie = await cookieOf(server);
  let wishes = 0;

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

  return { cookie, get, post, page, events };
}
