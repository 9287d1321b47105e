import type { EntityMapping } from '../domain/query';

/** The column each old query had to give, and what it identifies. */
const legacyColumns: Record<string, { entityType: string; identifier: string }> = {
  AccountCustomEntity: { entityType: 'Account', identifier: 'FullName' },
  HostCustomEntity: { entityType: 'Host', identifier: 'FullName' },
  IPCustomEntity: { entityType: 'IP', identifier: 'Address' },
  URLCustomEntity: { entityType: 'URL', identifier: 'Url' },
  FileHashCustomEntity: { entityType: 'FileHash', identifier: 'Value' },
  FileCustomEntity: { entityType: 'File', identifier: 'Name' },
  DNSCustomEntity: { entityType: 'DNS', identifier: 'DomainName' },
  MalwareCustomEntity: { entityType: 'Malware', identifier: 'Name' },
  ProcessCustomEntity: { entityType: 'Process', identifier: 'CommandLine' },
  MailboxCustomEntity: { entityType: 'Mailbox', identifier: 'MailboxPrimaryAddress' },
  CloudApplicationCustomEntity: { entityType: 'CloudApplication', identifier: 'Name' },
  AzureResourceCustomEntity: { entityType: 'AzureResource', identifier: 'ResourceId' },
};

/** Before mappings had a section of their own, a query made columns such as `AccountCustomEntity`: read from the KQL. */
export function legacyEntityMappings(query: string): EntityMapping[] {
  const withoutComments = query.replace(/^[ \t]*\/\/.*$/gm, '');
  const named = new Set(withoutComments.match(/\b\w+CustomEntity\b/g) ?? []);
  return Object.entries(legacyColumns).flatMap(([columnName, { entityType, identifier }]) =>
    named.has(columnName) ? [{ entityType, fieldMappings: [{ identifier, columnName }] }] : [],
  );
}
