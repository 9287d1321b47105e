import type { HuntingQueryContent } from '../read-hunting-query';
import { idOfPlace, plainQuery } from './plain-query';
import type { IndicatorType } from './stix-pattern';

interface Place {
  table: string;
  /** Columns that hold the value by itself. */
  equal?: string[];
  /** Columns that hold it within a longer text. */
  within?: string[];
}

/** Where a value of each type is found in the tables of Sentinel and Defender. */
const places: Record<IndicatorType, { what: string; places: Place[] }> = {
  ip: {
    what: 'IP addresses',
    places: [
      { table: 'AADNonInteractiveUserSignInLogs', equal: ['IPAddress'] },
      { table: 'AzureActivity', equal: ['CallerIpAddress'] },
      { table: 'CloudAppEvents', equal: ['IPAddress'] },
      { table: 'CommonSecurityLog', equal: ['SourceIP', 'DestinationIP'] },
      { table: 'DeviceLogonEvents', equal: ['RemoteIP'] },
      { table: 'DeviceNetworkEvents', equal: ['RemoteIP'] },
      { table: 'EmailEvents', equal: ['SenderIPv4'] },
      { table: 'OfficeActivity', equal: ['ClientIP'] },
      { table: 'SecurityEvent', equal: ['IpAddress'] },
      { table: 'SigninLogs', equal: ['IPAddress'] },
      { table: 'Syslog', within: ['SyslogMessage'] },
    ],
  },
  domain: {
    what: 'domain names',
    places: [
      { table: 'CommonSecurityLog', equal: ['DestinationHostName'], within: ['RequestURL'] },
      { table: 'DeviceEvents', within: ['RemoteUrl'] },
      { table: 'DeviceNetworkEvents', within: ['RemoteUrl'] },
      { table: 'DnsEvents', equal: ['Name'] },
      { table: 'EmailEvents', equal: ['SenderFromDomain'] },
      { table: 'EmailUrlInfo', equal: ['UrlDomain'] },
      { table: 'Syslog', within: ['SyslogMessage'] },
    ],
  },
  url: {
    what: 'addresses of pages',
    places: [
      { table: 'CommonSecurityLog', within: ['RequestURL'] },
      { table: 'DeviceEvents', within: ['RemoteUrl'] },
      { table: 'DeviceNetworkEvents', within: ['RemoteUrl'] },
      { table: 'EmailUrlInfo', within: ['Url'] },
      { table: 'UrlClickEvents', within: ['Url'] },
    ],
  },
  hash: {
    what: 'file hashes',
    places: [
      { table: 'CommonSecurityLog', equal: ['FileHash'] },
      { table: 'DeviceFileEvents', equal: ['SHA256', 'SHA1', 'MD5'] },
      { table: 'DeviceImageLoadEvents', equal: ['SHA256', 'SHA1', 'MD5'] },
      { table: 'DeviceProcessEvents', equal: ['SHA256', 'SHA1', 'MD5'] },
      { table: 'EmailAttachmentInfo', equal: ['SHA256'] },
    ],
  },
  email: {
    what: 'e-mail addresses',
    places: [
      { table: 'EmailAttachmentInfo', equal: ['SenderFromAddress'] },
      { table: 'EmailEvents', equal: ['SenderFromAddress', 'SenderMailFromAddress', 'RecipientEmailAddress'] },
      { table: 'SigninLogs', equal: ['UserPrincipalName'] },
    ],
  },
};

/** Keeps a query well below the 100,000 characters that one may have, also with long addresses. */
const mostCharacters = 40_000;

/** One lookup for the values of each type, or several where they are many: over the tables that have a column for them. */
export function stixLookups(
  about: { title: string; description: string; techniques: string[]; source: string },
  values: ReadonlyMap<IndicatorType, ReadonlySet<string>>,
): HuntingQueryContent[] {
  return [...values].flatMap(([type, all]) => {
    const parts = partsOf([...all].sort());
    return parts.map((part, index) => {
      const which = parts.length === 1 ? '' : ` (${index + 1} of ${parts.length})`;
      return plainQuery({
        id: idOfPlace(about.source, `${type}${which}`),
        name: `${about.title}: ${places[type].what}${which}`,
        description: about.description,
        query: lookup(type, part),
        techniques: about.techniques,
        dataTypes: places[type].places.map((place) => place.table),
        entityMappings: type === 'ip' ? [ipMapping] : [],
        source: about.source,
      });
    });
  });
}

const ipMapping = { entityType: 'IP', fieldMappings: [{ identifier: 'Address', columnName: 'Indicator' }] };

function lookup(type: IndicatorType, values: string[]): string {
  const list = values.map((value) => JSON.stringify(value)).join(',\n    ');
  const branches = places[type].places.map(({ table, equal = [], within = [] }) => {
    const tests = [
      ...equal.map((column) => `${column} in~ (indicators)`),
      ...within.map((column) => `${column} has_any (indicators)`),
    ];
    const first = equal.map((column) => `${column} in~ (indicators), ${column}`);
    const indicator = equal.length === 0 ? '""' : `case(${first.join(', ')}, "")`;
    return `    (${table}\n    | where ${tests.join(' or ')}\n    | extend SeenIn = "${table}", Indicator = ${indicator})`;
  });
  return `let indicators = dynamic([\n    ${list}\n]);\nunion isfuzzy=true\n${branches.join(',\n')}`;
}

function partsOf(values: string[]): string[][] {
  const parts: string[][] = [[]];
  let length = 0;
  for (const value of values) {
    if (length > 0 && length + value.length + 10 > mostCharacters) {
      parts.push([]);
      length = 0;
    }
    parts.at(-1)?.push(value);
    length += value.length + 10;
  }
  return parts;
}
