import { lookup } from 'node:dns';
import { createWriteStream } from 'node:fs';
import http, { type IncomingMessage } from 'node:http';
import https from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ListedHosts } from './listed-hosts';
import { shownUrl } from './shown-url';

/** What a query's file may weigh, on the way as unpacked. */
export const mostBytes = 200 * 1024 * 1024;
const mostRedirects = 5;
/** A server that says nothing for so long has gone. */
const silenceMilliseconds = 30_000;

/** A file that could not be fetched, as a clause that a person can act on. */
export class DownloadRefused extends Error {
  constructor(
    readonly code: 'refused' | 'limit' | 'unsupported',
    message: string,
  ) {
    super(message);
  }
}

/**
 * Writes what an address gives into a file, as it comes (still packed where it is packed); resolves to its size. Only
 * listed hosts are called, also behind redirects, and what a name leads to is looked at when it is called. Rejects with
 * DownloadRefused, and with the signal's reason once that is aborted.
 */
export async function downloadFile(
  url: string,
  file: string,
  hosts: ListedHosts,
  signal: AbortSignal,
): Promise<number> {
  let next = url;
  for (let redirects = 0; ; redirects++) {
    const refused = hosts.refusal(next);
    if (refused !== undefined)
      throw new DownloadRefused('refused', redirects > 0 ? `${shownUrl(url)} leads elsewhere: ${refused}` : refused);
    const response = await get(new URL(next), hosts, signal);
    const { statusCode = 0, headers } = response;
    if (statusCode >= 300 && statusCode < 400 && headers.location) {
      response.destroy();
      if (redirects >= mostRedirects) throw new DownloadRefused('refused', `${shownUrl(url)} leads on and on`);
      next = new URL(headers.location, next).href;
      continue;
    }
    if (statusCode !== 200) {
      response.destroy();
      throw new DownloadRefused(
        'refused',
        `${shownUrl(url)} answers ${statusCode} ${response.statusMessage ?? ''}`.trim(),
      );
    }
    const encoding = headers['content-encoding'] ?? 'identity';
    if (!/^(identity|gzip|x-gzip)$/i.test(encoding)) {
      response.destroy();
      throw new DownloadRefused('unsupported', `${shownUrl(url)} is packed in a way that is not read (${encoding})`);
    }
    return save(response, file, url, signal);
  }
}

function get(url: URL, hosts: ListedHosts, signal: AbortSignal): Promise<IncomingMessage> {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  return new Promise((resolve, reject) => {
    if (isIP(host) !== 0 && !hosts.mayCall(host, host, url.port)) {
      reject(privateAddress(host, host));
      return;
    }
    const client = url.protocol === 'https:' ? https : http;
    const request = client.get(
      url,
      {
        signal,
        agent: false,
        lookup: guardedLookup(hosts, url.port),
        headers: { 'user-agent': 'Talbot', accept: '*/*', 'accept-encoding': 'identity' },
      },
      resolve,
    );
    request.setTimeout(silenceMilliseconds, () =>
      request.destroy(new DownloadRefused('refused', `${shownUrl(url.href)} does not answer`)),
    );
    request.once('error', (error) => {
      if (signal.aborted) reject(signal.reason);
      else if (error instanceof DownloadRefused) reject(error);
      else reject(new DownloadRefused('refused', `${shownUrl(url.href)} cannot be read: ${error.message}`));
    });
  });
}

/** Looks a name up, and lets only addresses through that may be called: a name's owner may change where it leads at any time. */
function guardedLookup(hosts: ListedHosts, port: string): LookupFunction {
  return (name, options, callback) => {
    lookup(name, { ...options, all: true }, (error, addresses) => {
      if (error) return callback(error, '', 0);
      const allowed = addresses.filter(({ address }) => hosts.mayCall(address, name, port));
      const [first] = allowed;
      if (!first) return callback(privateAddress(name, addresses[0]?.address ?? '?'), '', 0);
      if (options.all) return callback(null, allowed);
      callback(null, first.address, first.family);
    });
  };
}

function privateAddress(name: string, address: string): DownloadRefused {
  return new DownloadRefused('refused', `${name} leads to the private address ${address}, which is not listed itself`);
}

async function save(response: IncomingMessage, file: string, url: string, signal: AbortSignal): Promise<number> {
  let bytes = 0;
  const counted = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      if (bytes <= mostBytes) done(null, chunk);
      else done(new DownloadRefused('limit', `${shownUrl(url)} is larger than ${mostBytes / 2 ** 20} MB`));
    },
  });
  try {
    await pipeline(response, counted, createWriteStream(file, { flags: 'wx', mode: 0o600 }), { signal });
    return bytes;
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    if (error instanceof DownloadRefused) throw error;
    const message = error instanceof Error ? error.message : String(error);
    throw new DownloadRefused('refused', `${shownUrl(url)} broke off: ${message}`);
  }
}
