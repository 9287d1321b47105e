import { isIP } from 'node:net';

/**
 * The hosts that queries may read files from, as the administrator lists them: `feeds.example.org`, `10.1.2.3`, or on this
 * machine `localhost:8080`. A port counts only where one is named; without one it is 443.
 */
export interface ListedHosts {
  readonly hosts: readonly string[];
  /** Why the address may not be read, as a clause that names the host and the setting; undefined where it may. */
  refusal(url: string): string | undefined;
  /**
   * Whether the address that a listed name leads to may be called on a port (empty for 443): private ones only where they are listed
   * themselves, with that port. Whoever rules over a listed name could otherwise lead Talbot to any service of this machine.
   */
  mayCall(address: string, host: string, port: string): boolean;
}

/** The setting's name, for what is said to people. */
export const hostsSetting = 'TALBOT_EXTERNAL_DATA_HOSTS';

export function listedHosts(hosts: readonly string[]): ListedHosts {
  const listed = new Set(hosts.map((one) => one.toLowerCase()));
  return {
    hosts,
    refusal(text) {
      if (!URL.canParse(text)) return `${JSON.stringify(text)} is not an address`;
      const url = new URL(text);
      const name = url.hostname.toLowerCase();
      if (url.username !== '' || url.password !== '') return 'an address with a name and a password in it is not read';
      if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback(name)))
        return `${url.protocol}//${url.host} is not read: only https`;
      if (listed.has(url.host.toLowerCase()) || (url.port === '' && listed.has(bare(name)))) return undefined;
      return `the host ${url.host} is not one that the setting ${hostsSetting} lists`;
    },
    mayCall(address, host, port) {
      if (!isPrivate(address)) return true;
      if (isLoopback(host) && isLoopback(address)) return true;
      const named = isIP(address) === 6 ? `[${address.toLowerCase()}]` : address;
      return port === '' ? listed.has(named) || listed.has(bare(named)) : listed.has(`${named}:${port}`);
    },
  };
}

/** `127.0.0.1`, `localhost` and `::1`, also in brackets. */
export function isLoopback(host: string): boolean {
  return /^(localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/i.test(host);
}

function bare(host: string): string {
  return host.replace(/^\[|\]$/g, '');
}

/** Addresses that no public host has (RFC 6890): loopback, private, link-local (where clouds keep their secrets), and their like. */
export function isPrivate(address: string): boolean {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  const plain = mapped ?? address;
  if (isIP(plain) === 4) {
    const [a = 0, b = 0] = plain.split('.').map(Number);
    if (a === 0 || a === 10 || a === 127 || a >= 224) return true;
    if (a === 100) return b >= 64 && b < 128;
    if (a === 169) return b === 254;
    if (a === 172) return b >= 16 && b < 32;
    if (a === 192) return b === 168 || (b === 0 && plain.split('.')[2] !== '1');
    return a === 198 && (b === 18 || b === 19);
  }
  return !/^[23]/.test(plain) || /^2002:|^2001:0?:|^2001:0*db8:/i.test(plain);
}
