import type { WireMessage, WireOutcome, WirePage } from '../../adapters/web/page/wire';

/** The page's half of the local chat's API, for a program in another process. */
export interface PageClient {
  say(text: string, root?: string): Promise<WireMessage>;
  press(message: string, command: string, args: Record<string, string>): Promise<WireOutcome>;
  messages(root?: string): Promise<WireMessage[]>;
  url: string;
}

export async function createPageClient(url: string): Promise<PageClient> {
  const page = await fetch(`${url}/`);
  await page.text();
  const cookie = (page.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  const tab = `tab-${Math.random().toString(36).slice(2, 12)}`;
  let wishes = 0;

  async function post<T>(path: string, body: object): Promise<T> {
    wishes += 1;
    const response = await fetch(`${url}/chat/${path}`, {
      method: 'POST',
      headers: { cookie, 'content-type': 'application/json' },
      body: JSON.stringify({ as: 'ada', tab, once: `${tab}-${wishes}`, ...body }),
    });
    const text = await response.text();
    if (response.status !== 200) throw new Error(`${path}: ${response.status} ${text}`);
    return JSON.parse(text);
  }

  return {
    url,
    say: (text, root) => post('messages', { channel: 'hunting', text, ...(root !== undefined && { root }) }),
    press: (message, command, args) => post('press', { message, command, args, values: {} }),
    async messages(root) {
      const query = `as=ada&channel=hunting${root === undefined ? '' : `&root=${root}`}`;
      const response = await fetch(`${url}/chat/messages?${query}`, { headers: { cookie } });
      const { messages }: WirePage = JSON.parse(await response.text());
      return messages;
    },
  };
}
