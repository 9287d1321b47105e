import { isIP } from 'node:net';
import { domainToASCII } from 'node:url';
import type { IndicatorKind } from './indicator';
import { refang } from './refang';

export interface Recognised {
  kind: IndicatorKind;
  value: string;
  /** Why it may find too much, or nothing of an attacker's: a private address, a name that everybody uses. */
  caution?: string;
}

/** Characters of the longest value that is taken: RFC 2048-and-more addresses are no use as indicators. */
export const longestIndicator = 2048;

const hashes: Record<number, IndicatorKind> = { 32: 'file-md5', 40: 'file-sha1', 64: 'file-sha256' };

/** Names under which half of the internet lies: an indicator of one of them alone would ring all day. */
const everybodys = new Set(
  'microsoft.com office.com office365.com windows.com live.com outlook.com google.com gmail.com googleapis.com amazonaws.com cloudfront.net github.com apple.com icloud.com akamai.net cloudflare.com slack.com dropbox.com example.com'.split(
    ' ',
  ),
);

/** What a value is, in its normal form; a sentence where it is nothing that can be looked for. */
export function recogniseIndicator(text: string): Recognised | { fault: string } {
  const value = refang(text);
  if (value === '') return { fault: 'Nothing is left of it.' };
  if (value.length > longestIndicator)
    return { fault: `It has ${value.length} characters; ${longestIndicator} at most.` };
  if (/\p{Cc}/u.test(value)) return { fault: 'It holds characters that nothing of the kind has.' };
  if (/^[0-9a-f]+$/i.test(value) && hashes[value.length])
    return hashOf(value.toLowerCase(), hashes[value.length] as IndicatorKind);
  const address = value.replace(/^\[|\]$/g, '');
  if (isIP(address) === 4) return cautious('ipv4-addr', address, privateAddress(address));
  if (isIP(address) === 6) return cautious('ipv6-addr', normalIpv6(address), privateAddress(address));
  if (/^[\d.:a-f]+\/\d{1,3}$/i.test(value)) return { fault: 'A network is no single value: name its addresses.' };
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(value)) return urlOf(value);
  if (value.includes('@')) return emailOf(value);
  if (/^[^\s/]+\/\S*$/.test(value) && domainOf(value.split('/')[0] ?? '')) return urlOf(`http://${value}`);
  const domain = domainOf(value);
  if (domain) return cautious('domain-name', domain, commonName(domain));
  return { fault: `“${value.slice(0, 60)}” is no address, domain, URL, e-mail address or hash (MD5, SHA-1, SHA-256).` };
}

function hashOf(value: string, kind: IndicatorKind): Recognised {
  const empty = [
    'd41d8cd98f00b204e9800998ecf8427e',
    'da39a3ee5e6b4b0d3255bfef95601890afd80709',
    'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  ];
  return cautious(kind, value, empty.includes(value) ? 'It is the hash of an empty file.' : undefined);
}

function cautious(kind: IndicatorKind, value: string, caution: string | undefined): Recognised {
  return { kind, value, ...(caution ? { caution } : {}) };
}

function normalIpv6(address: string): string {
  return new URL(`http://[${address}]`).hostname.slice(1, -1);
}

function privateAddress(address: string): string | undefined {
  if (/^(?:127\.|::1$)/.test(address)) return 'It is a machine’s own address.';
  if (
    /^(?:10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|169\.254\.|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.)/.test(
      address,
    )
  )
    return 'It is a private address: another network has another machine there.';
  if (/^(?:fe[89ab]|f[cd])/i.test(address))
    return 'It is a private address: another network has another machine there.';
  if (/^(?:0\.|255\.255\.255\.255$|22[4-9]\.|23\d\.|::$|ff)/i.test(address))
    return 'It is no single machine’s address.';
  return undefined;
}

/** In ASCII and small letters; null where it is no name on the internet. */
function domainOf(text: string): string | null {
  const ascii = domainToASCII(text.replace(/\.$/, '').toLowerCase());
  const label = '[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?';
  return ascii.length <= 253 && new RegExp(`^(?:${label}\\.)+[a-z][a-z0-9-]{1,62}$`).test(ascii) ? ascii : null;
}

function commonName(domain: string): string | undefined {
  return everybodys.has(domain.replace(/^www\./, '')) ? 'Everybody talks to it: it would be found all day.' : undefined;
}

function urlOf(value: string): Recognised | { fault: string } {
  if (!URL.canParse(value)) return { fault: `“${value.slice(0, 60)}” is no whole address.` };
  const url = new URL(value);
  if (!['http:', 'https:', 'ftp:'].includes(url.protocol))
    return { fault: `Addresses that begin with ${url.protocol} are not looked for.` };
  const bare = ['', '/'].includes(url.pathname) && url.search === '' && url.hash === '';
  const caution = bare ? commonName(url.hostname) : undefined;
  return cautious('url', url.href, caution);
}

function emailOf(value: string): Recognised | { fault: string } {
  const [name = '', host = '', ...more] = value.replace(/^mailto:/i, '').split('@');
  const domain = domainOf(host);
  if (more.length > 0 || !domain || !/^[^\s"(),:;<>[\\\]]{1,64}$/.test(name))
    return { fault: `“${value.slice(0, 60)}” is no e-mail address.` };
  return { kind: 'email-addr', value: `${name.toLowerCase()}@${domain}` };
}
