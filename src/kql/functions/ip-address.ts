export interface Address {
  address: bigint;
  /** The length of the prefix behind the slash; the whole address without one. */
  bits: number;
}

/** `a.b.c.d` or `a.b.c.d/bits`, or undefined. */
export function parseIpv4(text: string): Address | undefined {
  const found = /^\s*(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})(?:\/(\d{1,2}))?\s*$/.exec(text);
  if (!found) return undefined;
  let address = 0n;
  for (const octet of found.slice(1, 5)) {
    if (Number(octet) > 255) return undefined;
    address = address * 256n + BigInt(octet);
  }
  const bits = Number(found[5] ?? 32);
  return bits > 32 ? undefined : { address, bits };
}

/** An IPv6 address with or without prefix, or an IPv4 one as its mapped IPv6 address (`::ffff:a.b.c.d`, the prefix moved by 96). */
export function parseIpv6(text: string): Address | undefined {
  // The text of an IPv4 address behind :: is that address, with its own prefix.
  const v4 = parseIpv4(text.trim().replace(/^::(?=\d+\.)/, ''));
  if (v4) return { address: 0xffff_0000_0000n + v4.address, bits: v4.bits + 96 };
  const [body = '', suffix, ...more] = text.trim().split('/');
  if (more.length > 0 || (suffix !== undefined && !/^\d{1,3}$/.test(suffix))) return undefined;
  const bits = Number(suffix ?? 128);
  const address = bits > 128 ? undefined : parseGroups(body.replace(/%\w+$/, ''));
  return address === undefined ? undefined : { address, bits };
}

function parseGroups(body: string): bigint | undefined {
  let text = body;
  const tail = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(body);
  if (tail) {
    const v4 = parseIpv4(tail[2] ?? '');
    if (!v4) return undefined;
    text = `${tail[1]}${(v4.address >> 16n).toString(16)}:${(v4.address & 0xffffn).toString(16)}`;
  }
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const [left = [], right = []] = halves.map((half) => (half === '' ? [] : half.split(':')));
  const missing = 8 - left.length - right.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return undefined;
  const groups = [...left, ...Array.from({ length: missing }, () => '0'), ...right];
  if (!groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return undefined;
  return groups.reduce((sum, group) => sum * 65536n + BigInt(`0x${group}`), 0n);
}

export function maskIpv6(address: bigint, bits: number): bigint {
  const host = BigInt(128 - bits);
  return (address >> host) << host;
}

/** Eight groups of four digits. */
export function printIpv6(address: bigint): string {
  return (address.toString(16).padStart(32, '0').match(/.{4}/g) ?? []).join(':');
}

/** The fewest prefixes that cover the addresses from `start` to `end` and no other; undefined where either is no address. */
export function ipv4RangeToCidrs(start: string, end: string): string[] | undefined {
  const first = parseIpv4(start);
  const last = parseIpv4(end);
  if (!first || !last || first.address > last.address) return undefined;
  const found: string[] = [];
  for (let at = first.address; at <= last.address; ) {
    let host = 0n;
    while (host < 32n && at % (1n << (host + 1n)) === 0n && at + (1n << (host + 1n)) - 1n <= last.address) host++;
    found.push(`${[24n, 16n, 8n, 0n].map((shift) => (at >> shift) & 255n).join('.')}/${32n - host}`);
    at += 1n << host;
  }
  return found;
}
