import { entityTypes } from '../domain/entity';
import { field } from './field';
import { huntFields } from './hunt-fields';

/** KQL as it was typed; a code fence around it, as chats make them, is taken off. */
function kql(options: { rest?: boolean } = {}) {
  return field.text({ label: 'KQL', max: 20_000, lines: true, code: true, sample: 'KQL', ...options });
}

/** The fields of a query that people write. */
export const queryFields = {
  kql,
  name: () => field.text({ label: 'Name', max: 200, sample: 'NAME' }),
  description: () =>
    field.text({
      label: 'Description',
      summary: 'What it finds, and what to do with a hit',
      max: 5000,
      lines: true,
      sample: 'TEXT',
    }),
  tactics: huntFields.tactics,
  techniques: huntFields.techniques,
  entities: huntFields.entities,
};

/** The identifier that a value of each type usually is. */
const usualIdentifier: Record<string, string> = {
  Account: 'FullName',
  Host: 'HostName',
  IP: 'Address',
  URL: 'Url',
  File: 'Name',
  FileHash: 'Value',
  Process: 'CommandLine',
  Mailbox: 'MailboxPrimaryAddress',
  DNS: 'DomainName',
  CloudApplication: 'Name',
  AzureResource: 'ResourceId',
  RegistryKey: 'Key',
  RegistryValue: 'Name',
  SecurityGroup: 'DistinguishedName',
  Malware: 'Name',
  MailMessage: 'NetworkMessageId',
  MailCluster: 'Query',
  SubmissionMail: 'SubmissionId',
};

/** Typed mappings as Sentinel's; a fault in words where a type is unknown. */
export function toEntityMappings(
  typed: { type: string; identifier: string | undefined; column: string }[],
): { entityType: string; fieldMappings: { identifier: string; columnName: string }[] }[] | { fault: string } {
  const mappings: { entityType: string; fieldMappings: { identifier: string; columnName: string }[] }[] = [];
  for (const one of typed) {
    const entityType = entityTypes.find((type) => type.toLowerCase() === one.type.toLowerCase());
    if (!entityType) return { fault: `“${one.type}” is no entity type; there are ${entityTypes.join(', ')}.` };
    const identifier = one.identifier ?? usualIdentifier[entityType] ?? 'Name';
    mappings.push({ entityType, fieldMappings: [{ identifier, columnName: one.column }] });
  }
  return mappings;
}

/** Mappings as they are typed. */
export function typedMappings(
  mappings: { entityType: string; fieldMappings: { identifier: string; columnName: string }[] }[],
): string {
  return mappings
    .flatMap((one) =>
      one.fieldMappings.map((map) =>
        map.identifier === usualIdentifier[one.entityType]
          ? `${one.entityType}=${map.columnName}`
          : `${one.entityType}.${map.identifier}=${map.columnName}`,
      ),
    )
    .join(', ');
}

/** Curly quotes that a phone made are straightened where the text has no straight ones; a fence around the text is taken off. */
export function cleanKql(text: string): string {
  const fenced = /^\s*```(?:kql|kusto)?\s*\n?([\s\S]*?)\n?\s*```\s*$/i.exec(text)?.[1] ?? text;
  const inline = /^`([^`]+)`$/.exec(fenced.trim())?.[1] ?? fenced;
  const straight = /["']/.test(inline) ? inline : inline.replace(/[“”„]/g, '"').replace(/[‘’]/g, "'");
  return straight.replaceAll('\u00a0', ' ').trim();
}
