import { isIP } from 'node:net';
import type { EntityValue } from './bookmark';

export interface Identifier {
  identifier: string;
  value: string;
}

/** One thing as one row names it, by one or several identifiers. */
export interface NamedThing {
  type: string;
  identifiers: Identifier[];
}

/** Account names that every machine has: they name nobody. Sentinel drops the same ones. */
const everywhere = new Set([
  'admin',
  'administrator',
  'system',
  'root',
  'anonymous',
  'anonymous logon',
  'authenticated user',
  'network',
  'null',
  'local system',
  'localsystem',
  'local service',
  'network service',
]);

/** Domains that are no domain: the name is one of the machine's own. */
const machines = new Set(['', '.', '-', 'nt authority', 'builtin', 'workgroup', 'window manager', 'font driver host']);

/** Puts the values of one group together; what has no group is a thing by itself. */
export function thingsOf(values: readonly EntityValue[]): NamedThing[] {
  const groups = new Map<string, NamedThing>();
  for (const [at, one] of values.entries()) {
    const key = one.group === undefined ? `single ${at}` : `group ${one.group}`;
    const thing = groups.get(key) ?? { type: one.type, identifiers: [] };
    thing.identifiers.push({ identifier: one.identifier, value: one.value.trim() });
    groups.set(key, thing);
  }
  return [...groups.values()];
}

/** `CONTOSO\\user1` and `user1@contoso.com` in their parts, `pc1.contoso.com` as name and domain, a hash with its algorithm. */
function parts(thing: NamedThing): Map<string, string> {
  const found = new Map<string, string>();
  const set = (identifier: string, value: string) => {
    if (value !== '' && value !== '-' && !found.has(identifier)) found.set(identifier, value);
  };
  for (const { identifier, value } of thing.identifiers) {
    const clean = value.trim().toLowerCase();
    if (thing.type === 'Account' && /^(?:FullName|Name|DisplayName)$/.test(identifier)) setAccount(set, clean);
    else if (thing.type === 'Host' && /^(?:FullName|HostName|NetBiosName)$/.test(identifier)) setHost(set, clean);
    else if (thing.type === 'FileHash' && identifier === 'Value') {
      set('Value', clean);
      const algorithm = { 32: 'md5', 40: 'sha1', 64: 'sha256' }[clean.length];
      if (algorithm) set('Algorithm', algorithm);
    } else if (thing.type === 'FileHash' && identifier === 'Algorithm') continue;
    // Nobody's: what stands where nothing was known.
    else if (!/^0{8}-(?:0{4}-){3}0{12}$/.test(clean)) set(identifier, clean);
  }
  return found;
}

function setAccount(set: (identifier: string, value: string) => void, value: string): void {
  const domain = /^([^\\/@]+)[\\/](.+)$/.exec(value);
  const mail = /^([^@\s]+)@([^@\s]+\.[^@\s]+)$/.exec(value);
  if (/^s-1-\d+(-\d+)+$/.test(value)) set('Sid', value);
  else if (domain) {
    set('Name', domain[2] ?? '');
    set('NTDomain', domain[1] ?? '');
  } else if (mail) {
    set('Name', mail[1] ?? '');
    set('UPNSuffix', mail[2] ?? '');
  } else set('Name', value);
}

function setHost(set: (identifier: string, value: string) => void, value: string): void {
  const [name = '', ...domain] = isIP(value) ? [value] : value.replace(/\.$/, '').split('.');
  set('HostName', name);
  set('DnsDomain', domain.join('.'));
}

/** What makes two things one, wherever they are named: Sentinel's strong identifiers in their normal form. */
export function strongKeys(thing: NamedThing): string[] {
  const has = parts(thing);
  const get = (identifier: string) => has.get(identifier) ?? '';
  const all = (kind: string, ...identifiers: string[]) => {
    const values = identifiers.map(get);
    return values.every((value) => value !== '') ? [`${thing.type}|${kind}|${values.join('|')}`] : [];
  };
  switch (thing.type) {
    case 'Account': {
      const named = get('Name') !== '' && !everywhere.has(get('Name'));
      const domain = get('NTDomain');
      return [
        ...(named ? all('upn', 'Name', 'UPNSuffix') : []),
        ...(named && !machines.has(domain) ? all('nt', 'Name', 'NTDomain') : []),
        ...(named ? all('dns', 'Name', 'DnsDomain') : []),
        ...all('aad', 'AadUserId'),
        ...all('guid', 'ObjectGuid'),
        ...all('puid', 'PUID'),
        ...(get('Sid').startsWith('s-1-5-21-') ? all('sid', 'Sid') : all('sid', 'Sid', 'Host')),
        ...(named && machines.has(domain) ? all('local', 'Name', 'Host') : []),
      ];
    }
    case 'Host':
      return [
        ...all('dns', 'HostName', 'DnsDomain'),
        ...(machines.has(get('NTDomain')) ? [] : all('nt', 'HostName', 'NTDomain')),
        ...all('azure', 'AzureID'),
        ...all('agent', 'OMSAgentID'),
      ];
    case 'IP':
      return ipKeys(get('Address'), get('AddressScope'));
    case 'URL':
      return urlKeys(get('Url'), thing);
    case 'AzureResource':
      return all('id', 'ResourceId');
    case 'CloudApplication':
      return [...all('id', 'AppId'), ...all('name', 'Name')];
    case 'DNS':
      return all('domain', 'DomainName');
    case 'File':
      return [...all('path', 'Directory', 'Name'), ...all('full', 'FullPath')];
    case 'FileHash':
      return all('hash', 'Algorithm', 'Value');
    case 'Malware':
      return all('name', 'Name', 'Category');
    case 'Process':
      return all('start', 'Host', 'ProcessId', 'CreationTimeUtc');
    case 'RegistryKey':
      return all('key', 'Hive', 'Key').map(wholeHive);
    case 'RegistryValue':
      return all('value', 'Key', 'Name');
    case 'SecurityGroup':
      return [
        ...all('dn', 'DistinguishedName'),
        ...(/^s-1-5-21-/.test(get('SID')) ? all('sid', 'SID') : []),
        ...all('guid', 'ObjectGuid'),
      ];
    case 'Mailbox':
      return all('address', 'MailboxPrimaryAddress');
    case 'MailCluster':
      return all('query', 'Query', 'Source');
    case 'MailMessage':
      return all('message', 'NetworkMessageId', 'Recipient');
    case 'SubmissionMail':
      return all('submission', 'SubmissionId', 'NetworkMessageId', 'Recipient', 'Submitter');
    default:
      return [];
  }
}

function ipKeys(address: string, scope: string): string[] {
  const plain = address
    .replace(/^\[|\]$/g, '')
    .replace(/^::ffff:(?=\d+\.)/, '')
    .replace(/%.*$/, '');
  const version = isIP(plain);
  if (version === 0) return [];
  const normal = version === 6 ? new URL(`http://[${plain}]`).hostname.slice(1, -1) : plain;
  const own =
    /^(?:10\.|127\.|192\.168\.|169\.254\.|172\.(?:1[6-9]|2\d|3[01])\.|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.)/.test(
      normal,
    ) || /^(?:::1$|fe[89ab]|f[cd])/.test(normal);
  if (!own) return [`IP|address|${normal}`];
  return scope === '' ? [] : [`IP|scoped|${normal}|${scope}`];
}

/** `HKLM` and `HKEY_LOCAL_MACHINE` are one. */
function wholeHive(key: string): string {
  return key.replace(/\|hklm(?=[|\\])/, '|hkey_local_machine').replace(/\|hkcu(?=[|\\])/, '|hkey_current_user');
}

/** The path of a URL keeps its case: only its host does not matter. */
function urlKeys(lower: string, thing: NamedThing): string[] {
  if (lower === '') return [];
  const given = thing.identifiers.find((one) => one.identifier === 'Url')?.value ?? '';
  return URL.canParse(given) && new URL(given).host !== '' ? [`URL|url|${new URL(given).href}`] : [];
}

/** What it is called where nothing strong is known: counts within one hunt only. Empty where the name is nobody's. */
export function weakKey(thing: NamedThing, hunt: string): string {
  const name = nameOf(thing).toLowerCase();
  return name === '' ? '' : `w|${hunt}|${thing.type}|${name.slice(0, 500)}`;
}

/** Identifiers that name by themselves, the best first. */
const naming = [
  'FullName',
  'Name',
  'HostName',
  'NetBiosName',
  'Address',
  'Url',
  'Value',
  'CommandLine',
  'ProcessId',
  'DomainName',
  'MailboxPrimaryAddress',
  'ResourceId',
  'Key',
  'DistinguishedName',
  'NetworkMessageId',
  'SubmissionId',
  'Query',
  'AppId',
  'Sid',
  'SID',
  'AadUserId',
  'ObjectGuid',
];

/** What people call it: `user1@contoso.com`, `CONTOSO\\user1`, `C:\\Temp\\a.exe`. Empty where it names nobody. */
export function nameOf(thing: NamedThing): string {
  const raw = new Map(thing.identifiers.map((one) => [one.identifier, one.value]));
  const get = (identifier: string) => {
    const value = raw.get(identifier)?.trim() ?? '';
    return value === '-' ? '' : value;
  };
  if (thing.type === 'Account') return accountName(thing, get);
  if (thing.type === 'Host' && get('HostName') && get('DnsDomain') && !get('HostName').includes('.'))
    return `${get('HostName')}.${get('DnsDomain')}`;
  if (thing.type === 'File' && get('Name') && get('Directory'))
    return `${get('Directory').replace(/[\\/]+$/, '')}${get('Directory').includes('/') ? '/' : '\\'}${get('Name')}`;
  if (thing.type === 'RegistryKey' && get('Hive') && get('Key')) return `${get('Hive')}\\${get('Key')}`;
  if (thing.type === 'RegistryValue' && get('Key') && get('Name')) return `${get('Key')}\\${get('Name')}`;
  for (const identifier of naming) if (get(identifier) !== '') return get(identifier);
  return thing.identifiers[0]?.value.trim() ?? '';
}

function accountName(thing: NamedThing, get: (identifier: string) => string): string {
  const has = parts(thing);
  const name = has.get('Name') ?? '';
  const known = name !== '' && !everywhere.has(name);
  const full = get('FullName');
  if (known && full !== '') return full;
  const spelt = get('Name') || get('DisplayName');
  if (known && has.has('UPNSuffix')) return spelt.includes('@') ? spelt : `${spelt}@${get('UPNSuffix')}`;
  if (known && has.has('NTDomain') && !machines.has(has.get('NTDomain') ?? ''))
    return spelt.includes('\\') ? spelt : `${get('NTDomain')}\\${spelt}`;
  if (known) return spelt;
  const sid = has.get('Sid') ?? '';
  if (sid.startsWith('s-1-5-21-')) return get('Sid') || full;
  return get('AadUserId') || get('ObjectGuid') || get('PUID');
}
