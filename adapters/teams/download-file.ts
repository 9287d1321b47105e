import { ChatError } from '../../src/ports/chat-platform';
import { isLoopback } from './service-url';

const secondsToWait = 60;

/**
 * Whether a file may be fetched from there. Teams keeps what people attach in OneDrive for Business, which is SharePoint
 * (msteams-docs, bots-filesv4). Without credentials anybody may have written the address: then only loopback.
 */
export function isTeamsFile(address: string, anonymous: boolean): boolean {
  if (!URL.canParse(address)) return false;
  const url = new URL(address);
  if (url.username !== '' || url.password !== '') return false;
  if (anonymous) return isLoopback(url);
  return url.protocol === 'https:' && url.port === '' && url.hostname.endsWith('.sharepoint.com');
}

/**
 * A file by its pre-authorised address: no token goes along, and no redirect is followed. Rejects with ChatError where the address is
 * not Microsoft's, the file is not given (its address has expired, say), or there are more than `mostBytes`.
 */
export async function downloadTeamsFile(
  address: string,
  anonymous: boolean,
  mostBytes: number,
  get: typeof fetch = fetch,
): Promise<Uint8Array> {
  if (!isTeamsFile(address, anonymous)) throw new ChatError('rejected', 'its address is not one of Microsoft’s');
  try {
    const response = await get(address, { redirect: 'manual', signal: AbortSignal.timeout(secondsToWait * 1000) });
    return await bytesOf(response, mostBytes);
  } catch (error) {
    if (error instanceof ChatError) throw error;
    throw new ChatError('unavailable', `Teams did not give it (${error instanceof Error ? error.name : 'unknown'})`);
  }
}

async function bytesOf(response: Response, mostBytes: number): Promise<Uint8Array> {
  if (response.status !== 200) {
    await response.body?.cancel();
    throw new ChatError('rejected', `Teams does not give it (${response.status}); its address may have expired`);
  }
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of response.body ?? []) {
    length += piece.byteLength;
    if (length > mostBytes) throw new ChatError('rejected', 'it is too large');
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}
