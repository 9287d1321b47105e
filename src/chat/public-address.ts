/** Names that only this machine or this network knows (RFC 6761, RFC 6762, RFC 8375, and Docker’s and companies’ habit). */
const localName = /(?:^|\.)(?:localhost|local|internal|intranet|lan|home|corp|test|invalid|home\.arpa)$/i;

/** Networks that no other has a way to (RFC 1918, 3927, 6598, loopback). */
const localNetwork =
  /^(?:0|10|127)\.|^169\.254\.|^192\.168\.|^172\.(?:1[6-9]|2\d|3[01])\.|^100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\./;

/**
 * Whether a chat’s own servers can be expected to fetch this address: encrypted, under a public name or number. A name that only an
 * inner network resolves looks public; who fetches it says so then.
 */
export function isPublicAddress(url: string): boolean {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (parsed?.protocol !== 'https:') return false;
  const { hostname } = parsed;
  if (hostname.startsWith('[')) return /^\[2[0-9a-f]{3}:/.test(hostname);
  return hostname.includes('.') && !localName.test(hostname) && !localNetwork.test(hostname);
}
