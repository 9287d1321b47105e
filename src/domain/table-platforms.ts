const rules: readonly [pattern: RegExp, platforms: readonly string[]][] = [
  [/^DeviceRegistryEvents$/, ['Windows']],
  [/^Device(?!Tvm|Info$)/, ['Windows', 'macOS', 'Linux']],
  [/^(?:SecurityEvent|WindowsEvent|Event|WindowsFirewall|W3CIISLog|ASimRegistryEventLogs)$/, ['Windows']],
  [/^(?:ProtectionStatus|Sysmon.*|IdentityDirectoryEvents|IdentityQueryEvents)$/, ['Windows']],
  [/^(?:Syslog|LinuxAuditLog|SecurityBaseline)$/, ['Linux']],
  [/^(?:ASimProcessEventLogs|ASimFileEventLogs|VMProcess|VMConnection)$/, ['Windows', 'Linux']],
  [/^(?:SigninLogs|AuditLogs|AAD\w+|Identity\w+|MicrosoftGraphActivityLogs|BehaviorAnalytics)$/, ['Identity Provider']],
  [/^(?:Okta\w*|ASimAuthenticationEventLogs)$/, ['Identity Provider']],
  [/^(?:OfficeActivity|Email\w+|UrlClickEvents|MessageEvents)$/, ['Office Suite']],
  [/^(?:CloudAppEvents|McasShadowItReporting)$/, ['SaaS', 'Office Suite']],
  [/^(?:GitHub\w*|Salesforce\w*|PowerBIActivity|Dynamics365Activity)$/, ['SaaS']],
  [/^(?:AzureActivity|AWS\w+|GCP\w+|StorageBlobLogs|StorageFileLogs|CloudAuditEvents|AZFW\w+)$/, ['IaaS']],
  [/^(?:Container\w*|Kube\w*|AKS\w*|CloudProcessEvents)$/, ['Containers']],
  [
    /^(?:CommonSecurityLog|DnsEvents|ASimDnsActivityLogs|ASimNetworkSessionLogs|ASimWebSessionLogs)$/,
    ['Network Devices'],
  ],
  [/^(?:VMware\w*|ESXi\w*)$/, ['ESXi']],
];

/** ATT&CK's platforms that the records of a table tell of, by the names that Sentinel and Defender give their tables; empty for any other. */
export function platformsOfTable(table: string): string[] {
  return [...new Set(rules.flatMap(([pattern, platforms]) => (pattern.test(table) ? platforms : [])))];
}
