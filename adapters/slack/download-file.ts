import { ChatError } from '../../src/ports/chat-platform';

const secondsToWait = 60;

/** Whether the bot's token may go there: Slack's own hosts, over https. */
export function isSlackFile(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname, username, password, port } = new URL(address);
  return protocol === 'https:' && hostname === 'files.slack.com' && username === '' && password === '' && port === '';
}

/**
 * A file by its private address, which wants the bot's token. Rejects with ChatError where the address is not Slack's, Slack leads
 * elsewhere (as to a page to log in, where the scope files:read is missing), or there are more than `mostBytes`.
 */
export async function downloadSlackFile(
  address: string,
  token: string,
  mostBytes: number,
  get: typeof fetch = fetch,
): Promise<Uint8Array> {
  if (!isSlackFile(address)) throw new ChatError('rejected', 'its address is not one of Slack’s');
  const response = await get(address, {
    headers: { Authorization: `Bearer ${token}` },
    redirect: 'manual',
    signal: AbortSignal.timeout(secondsToWait * 1000),
  }).catch((error: unknown) => {
    throw new ChatError('unavailable', `Slack did not answer (${error instanceof Error ? error.name : 'unknown'})`);
  });
  const isPage = (response.headers.get('content-type') ?? '').startsWith('text/html');
  if (response.status !== 200 || isPage)
    throw new ChatError('rejected', 'Slack does not give it to Talbot; its app needs the scope files:read');
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of response.body ?? []) {
    length += piece.byteLength;
    if (length > mostBytes) throw new ChatError('rejected', 'it is too large');
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}
