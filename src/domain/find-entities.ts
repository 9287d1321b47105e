import type { EntityValue } from './bookmark';
import { nameOf } from './entity-keys';
import type { EntityMapping } from './query';

interface Named {
  name: string;
}

interface Guess {
  type: string;
  /** The column that names it, and the ones that go with it, by identifier. `$1` is what the first pattern caught. */
  naming: [RegExp, string];
  with?: [string, string][];
}

/** What columns of these names usually hold, in Sentinel's and Defender's tables. */
const guesses: Guess[] = [
  {
    type: 'Account',
    naming: [/^(UserPrincipalName|AccountUpn|InitiatingProcessAccountUpn|UserUPN)$/i, 'FullName'],
    with: [
      ['UserId', 'AadUserId'],
      ['AccountObjectId', 'AadUserId'],
      ['InitiatingProcessAccountObjectId', 'AadUserId'],
    ],
  },
  {
    type: 'Account',
    naming: [/^((?:Target|Subject|InitiatingProcess|Remediation)?)(?:UserName|AccountName)$/i, 'Name'],
    with: [
      ['$1DomainName', 'NTDomain'],
      ['$1AccountDomain', 'NTDomain'],
      ['$1UserSid', 'Sid'],
      ['$1AccountSid', 'Sid'],
    ],
  },
  {
    type: 'Account',
    naming: [/^(Account|TargetAccount|SubjectAccount|TargetUser|Caller|UserId|AccountCustomEntity)$/i, 'FullName'],
  },
  {
    type: 'Host',
    naming: [/^(Computer|DeviceName|HostName|WorkstationName|DvcHostname|HostCustomEntity)$/i, 'HostName'],
    with: [
      ['_ResourceId', 'AzureID'],
      ['SourceComputerId', 'OMSAgentID'],
    ],
  },
  {
    type: 'IP',
    naming: [
      /^(IPAddress|IpAddress|RemoteIP|LocalIP|ClientIP|SourceIP|DestinationIP|HostIP|SourceIPAddress|CallerIpAddress|SenderIPv4|SrcIpAddr|DstIpAddr|IPCustomEntity)$/i,
      'Address',
    ],
  },
  { type: 'URL', naming: [/^(RemoteUrl|Url|RequestURL|URLCustomEntity)$/i, 'Url'] },
  {
    type: 'FileHash',
    naming: [/^((?:InitiatingProcess)?(?:SHA256|SHA1|MD5)|FileHash|FileHashCustomEntity)$/i, 'Value'],
  },
  { type: 'File', naming: [/^(FileName)$/i, 'Name'], with: [['FolderPath', 'Directory']] },
  {
    type: 'Process',
    naming: [/^(ProcessCommandLine|CommandLine)$/i, 'CommandLine'],
    with: [['ProcessId', 'ProcessId']],
  },
  {
    type: 'RegistryValue',
    naming: [/^(RegistryValueName)$/i, 'Name'],
    with: [['RegistryKey', 'Key']],
  },
  { type: 'Mailbox', naming: [/^(MailboxOwnerUPN|RecipientEmailAddress)$/i, 'MailboxPrimaryAddress'] },
  { type: 'DNS', naming: [/^(QueryName|DnsQuery)$/i, 'DomainName'] },
];

/** A query's own mappings, or where it has none what its columns' names say. */
export function mappingsFor(columns: readonly Named[], declared: readonly EntityMapping[]): EntityMapping[] {
  const present = declared
    .map((mapping) => ({
      ...mapping,
      fieldMappings: mapping.fieldMappings.filter((field) =>
        columns.some((column) => column.name === field.columnName),
      ),
    }))
    .filter((mapping) => mapping.fieldMappings.length > 0);
  if (present.length > 0) return present;
  const byName = new Map(columns.map((column) => [column.name.toLowerCase(), column.name]));
  const taken = new Set<string>();
  const found: { at: number; mapping: EntityMapping }[] = [];
  for (const guess of guesses)
    for (const [at, column] of columns.entries()) {
      const match = guess.naming[0].exec(column.name);
      if (!match || taken.has(column.name)) continue;
      const more = (guess.with ?? []).flatMap(([name, identifier]) => {
        const columnName = byName.get(name.replace('$1', match[1] ?? '').toLowerCase());
        return columnName === undefined || taken.has(columnName) ? [] : [{ identifier, columnName }];
      });
      const first = { identifier: guess.naming[1], columnName: column.name };
      const distinct = more.filter(
        (one, index) => more.findIndex((other) => other.identifier === one.identifier) === index,
      );
      // Sentinel takes three identifiers of an entity.
      const fieldMappings = [first, ...distinct].slice(0, 3);
      for (const one of fieldMappings) taken.add(one.columnName);
      found.push({ at, mapping: { entityType: guess.type, fieldMappings } });
    }
  return found.sort((a, b) => a.at - b.at).map(({ mapping }) => mapping);
}

/** The distinct things that rows name, by mapping, as values; those of one thing share a `group`. What names nobody is left out. */
export function findEntities(
  columns: readonly Named[],
  rows: readonly (readonly unknown[])[],
  mappings: readonly EntityMapping[],
): EntityValue[] {
  const found = new Map<string, EntityValue[]>();
  for (const mapping of mappings) {
    const fields = mapping.fieldMappings.flatMap((field) => {
      const at = columns.findIndex((column) => column.name === field.columnName);
      return at < 0 ? [] : [{ identifier: field.identifier, at }];
    });
    for (const row of rows) {
      for (const values of namedIn(mapping.entityType, fields, row)) {
        if (nameOf({ type: mapping.entityType, identifiers: values }) === '') continue;
        const key = values.map((one) => `${one.type}|${one.identifier}|${one.value.toLowerCase()}`).join('\n');
        found.set(key, values);
      }
    }
  }
  return [...found.values()].flatMap((values, group) =>
    values.length === 1 ? values : values.map((one) => ({ ...one, group })),
  );
}

/** A mapping of several columns names one thing in a row; one of a single column names as many as its cell lists. */
function namedIn(
  type: string,
  fields: readonly { identifier: string; at: number }[],
  row: readonly unknown[],
): EntityValue[][] {
  const [only, another] = fields;
  if (only && !another) return textsOf(row[only.at]).map((value) => [{ type, identifier: only.identifier, value }]);
  const values = fields.flatMap(({ identifier, at }) => {
    const [value] = textsOf(row[at]);
    return value === undefined || value === '-' ? [] : [{ type, identifier, value }];
  });
  return values.length === 0 ? [] : [values];
}

function textsOf(cell: unknown): string[] {
  if (Array.isArray(cell)) return cell.flatMap(textsOf);
  if (typeof cell === 'string') return cell.trim() === '' ? [] : [cell.trim()];
  return typeof cell === 'number' || typeof cell === 'boolean' ? [String(cell)] : [];
}

/** The column that says when a row happened: Sentinel's, Defender's, or the first one of type datetime. */
export function timeColumnOf(columns: readonly { name: string; type: string }[]): string | undefined {
  const times = columns.filter((column) => column.type === 'datetime');
  const named = times.find((column) => /^(timegenerated|timestamp)$/i.test(column.name));
  return (named ?? times[0])?.name;
}
