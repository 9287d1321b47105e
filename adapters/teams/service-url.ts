/** Hosts of Microsoft's Bot Connector: the public cloud, GCC, GCC High and DoD, and the Bot Framework's own. */
const MICROSOFT_HOSTS = ['smba.trafficmanager.net'];
const MICROSOFT_DOMAINS = [
  '.botframework.com',
  '.botframework.us',
  '.botframework.azure.us',
  '.teams.microsoft.com',
  '.teams.microsoft.us',
];

/**
 * Whether Talbot may send to this address. With credentials only Microsoft's hosts, since a token goes along; without, only
 * loopback, since anybody may have written the address.
 */
export function isTrustedServiceUrl(address: string, anonymous: boolean): boolean {
  if (!URL.canParse(address)) return false;
  const url = new URL(address);
  if (url.username !== '' || url.password !== '') return false;
  if (anonymous) return isLoopback(url);
  if (url.protocol !== 'https:' || url.port !== '') return false;
  return MICROSOFT_HOSTS.includes(url.hostname) || MICROSOFT_DOMAINS.some((domain) => url.hostname.endsWith(domain));
}

/** http or https on this machine. */
export function isLoopback(url: URL): boolean {
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return false;
  return url.hostname === 'localhost' || url.hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(url.hostname);
}
