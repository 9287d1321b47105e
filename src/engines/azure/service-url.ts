const loopback = new Set(['127.0.0.1', 'localhost', '[::1]']);

/** Whether tokens may be sent there: over TLS anywhere, in clear only to this machine. */
export function mayCarryTokens(url: string): boolean {
  const { protocol, hostname } = new URL(url);
  return protocol === 'https:' || (protocol === 'http:' && loopback.has(hostname));
}
