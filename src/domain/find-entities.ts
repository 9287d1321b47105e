import type { EntityValue } from './bookmark';
import type { EntityMapping } from './query';

interface Named {
  name: string;
}

/** What columns of these names usually hold, in Sentinel's and Defender's tables. */
const byColumnName: [RegExp, string, string][] = [
  [
    /^(userprincipalname|account|accountupn|accountname|targetusername|targetaccount|subjectaccount|subjectusername|userid|initiatingprocessaccountname|initiatingprocessaccountupn|accountcustomentity)$/i,
    'Account',
    'FullName',
  ],
  [/^(computer|devicename|hostname|workstationname|hostcustomentity)$/i, 'Host', 'HostName'],
  [/^(ipaddress|remoteip|clientip|sourceip|destinationip|hostip|sourceipaddress|ipcustomentity)$/i, 'IP', 'Address'],
  [/^(remoteurl|url|urlcustomentity)$/i, 'URL', 'Url'],
  [/^(sha256|sha1|md5|initiatingprocesssha256|filehashcustomentity)$/i, 'FileHash', 'Value'],
  [/^(processcommandline|commandline)$/i, 'Process', 'CommandLine'],
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
  return columns.flatMap((column) => {
    const found = byColumnName.find(([pattern]) => pattern.test(column.name));
    return found ? [{ entityType: found[1], fieldMappings: [{ identifier: found[2], columnName: column.name }] }] : [];
  });
}

/** The distinct entities that rows name, by mapping; lists in a cell give one each. */
export function findEntities(
  columns: readonly Named[],
  rows: readonly (readonly unknown[])[],
  mappings: readonly EntityMapping[],
): EntityValue[] {
  const found = new Map<string, EntityValue>();
  for (const mapping of mappings) {
    for (const field of mapping.fieldMappings) {
      const at = columns.findIndex((column) => column.name === field.columnName);
      if (at < 0) continue;
      for (const row of rows) {
        for (const value of textsOf(row[at])) {
          const entity = { type: mapping.entityType, identifier: field.identifier, value };
          found.set(`${entity.type}|${value.toLowerCase()}`, entity);
        }
      }
    }
  }
  return [...found.values()];
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
