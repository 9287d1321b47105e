import type { Context } from '../commands/context';
import type { Entity } from '../domain/entity';
import type { TableInfo } from '../ports/query-engine';
import { kqlString } from './indicator-queries';

export interface Pivot {
  key: string;
  label: string;
  text: string;
  /** Around the first time it was seen; the usual range where that is unknown. */
  aroundMilliseconds: number;
}

interface Question {
  key: string;
  label: string;
  hours: number;
  /** Tables in order, each with the columns that may name the entity, and what else must hold. */
  tables: { table: string; columns: string[]; also?: string }[];
}

const hosts = ['Computer', 'DeviceName', 'HostName'];
const accounts = [
  'UserPrincipalName',
  'AccountUpn',
  'TargetUserName',
  'SubjectUserName',
  'AccountName',
  'InitiatingProcessAccountName',
  'Account',
  'UserId',
  'InitiatedBy',
];
const addresses = [
  'IPAddress',
  'IpAddress',
  'RemoteIP',
  'LocalIP',
  'ClientIP',
  'SourceIP',
  'DestinationIP',
  'CallerIpAddress',
];

const questions: Record<string, Question[]> = {
  Host: [
    {
      key: 'processes',
      label: 'Processes, an hour around',
      hours: 1,
      tables: [
        { table: 'DeviceProcessEvents', columns: hosts },
        { table: 'SecurityEvent', columns: hosts, also: 'EventID == 4688' },
        { table: 'Event', columns: hosts, also: 'EventID == 1' },
      ],
    },
    {
      key: 'logons',
      label: 'Sign-ins, a day around',
      hours: 24,
      tables: [
        { table: 'DeviceLogonEvents', columns: hosts },
        { table: 'SecurityEvent', columns: hosts, also: 'EventID in (4624, 4625, 4648)' },
      ],
    },
    {
      key: 'network',
      label: 'Connections, an hour around',
      hours: 1,
      tables: [{ table: 'DeviceNetworkEvents', columns: hosts }],
    },
  ],
  Account: [
    {
      key: 'signins',
      label: 'Sign-ins, a day around',
      hours: 24,
      tables: [
        { table: 'SigninLogs', columns: accounts },
        { table: 'AADNonInteractiveUserSignInLogs', columns: accounts },
        { table: 'DeviceLogonEvents', columns: accounts },
        { table: 'SecurityEvent', columns: accounts, also: 'EventID in (4624, 4625, 4648)' },
      ],
    },
    {
      key: 'changes',
      label: 'What it changed, a day around',
      hours: 24,
      tables: [
        { table: 'AuditLogs', columns: accounts },
        { table: 'OfficeActivity', columns: accounts },
        { table: 'CloudAppEvents', columns: accounts },
      ],
    },
    {
      key: 'processes',
      label: 'Processes, an hour around',
      hours: 1,
      tables: [
        { table: 'DeviceProcessEvents', columns: accounts },
        { table: 'SecurityEvent', columns: accounts, also: 'EventID == 4688' },
      ],
    },
  ],
  IP: [
    {
      key: 'who',
      label: 'Who talked to it, a day around',
      hours: 24,
      tables: [
        { table: 'DeviceNetworkEvents', columns: addresses },
        { table: 'CommonSecurityLog', columns: addresses },
        { table: 'SigninLogs', columns: addresses },
        { table: 'OfficeActivity', columns: addresses },
        { table: 'SecurityEvent', columns: addresses },
      ],
    },
  ],
  URL: [
    {
      key: 'who',
      label: 'Who went there, a day around',
      hours: 24,
      tables: [
        { table: 'DeviceNetworkEvents', columns: ['RemoteUrl'] },
        { table: 'UrlClickEvents', columns: ['Url'] },
        { table: 'EmailUrlInfo', columns: ['Url'] },
        { table: 'CommonSecurityLog', columns: ['RequestURL'] },
      ],
    },
  ],
  FileHash: [
    {
      key: 'where',
      label: 'Where else it is, 30 days around',
      hours: 30 * 24,
      tables: [
        { table: 'DeviceFileEvents', columns: ['SHA256', 'SHA1', 'MD5'] },
        { table: 'DeviceProcessEvents', columns: ['SHA256', 'SHA1', 'MD5'] },
        { table: 'DeviceImageLoadEvents', columns: ['SHA256', 'SHA1', 'MD5'] },
        { table: 'EmailAttachmentInfo', columns: ['SHA256'] },
      ],
    },
  ],
  File: [
    {
      key: 'where',
      label: 'Where else it is, a week around',
      hours: 7 * 24,
      tables: [
        { table: 'DeviceFileEvents', columns: ['FileName'] },
        { table: 'DeviceProcessEvents', columns: ['FileName'] },
      ],
    },
  ],
  Process: [
    {
      key: 'where',
      label: 'The same command line, a week around',
      hours: 7 * 24,
      tables: [
        { table: 'DeviceProcessEvents', columns: ['ProcessCommandLine'] },
        { table: 'SecurityEvent', columns: ['CommandLine'], also: 'EventID == 4688' },
      ],
    },
  ],
};

/** The questions that the logs here can answer about an entity, as KQL; values are quoted, whatever they hold. */
export async function pivotsOf(ctx: Pick<Context, 'engines' | 'log'>, entity: Entity): Promise<Pivot[]> {
  const [engine] = ctx.engines.values();
  if (!engine) return [];
  let tables: TableInfo[];
  try {
    tables = await engine.tables();
  } catch (error) {
    ctx.log.warn({ error }, 'the tables could not be listed: an entity is shown without its questions');
    return [];
  }
  return (questions[entity.type] ?? []).flatMap((question) => {
    const text = textOf(question, entity, tables);
    return text === ''
      ? []
      : [{ key: question.key, label: question.label, text, aroundMilliseconds: question.hours * 3_600_000 }];
  });
}

function textOf(question: Question, entity: Entity, tables: readonly TableInfo[]): string {
  const values = valuesOf(entity);
  if (values.length === 0) return '';
  const list = values.map(kqlString).join(', ');
  const branches = question.tables.flatMap(({ table, columns, also }) => {
    const info = tables.find((one) => one.name === table);
    const present = columns.filter((name) =>
      info?.columns.some((column) => column.name === name && column.type === 'string'),
    );
    if (!info || present.length === 0) return [];
    const tests = present.map((name) => `${name} in~ (${list})`).join(' or ');
    return [`${table}\n| where ${also ? `${also} and ` : ''}(${tests})`];
  });
  const [only, another] = branches;
  if (!only) return '';
  if (!another) return `${only}\n| take 1000`;
  return `union isfuzzy=true withsource=SeenIn\n${branches.map((one) => `    (${one.replace(/\n/g, ' ')})`).join(',\n')}\n| take 1000`;
}

/** The spellings under which logs may have it: `CONTOSO\\user1` also as `user1`, `pc1.contoso.com` also as `pc1`. */
function valuesOf(entity: Entity): string[] {
  const identifiers: Record<string, RegExp> = {
    Account: /^(?:FullName|Name|AadUserId)$/,
    Host: /^(?:FullName|HostName|NetBiosName)$/,
    FileHash: /^Value$/,
    File: /^Name$/,
  };
  const taken = entity.identifiers
    .filter((one) => identifiers[entity.type]?.test(one.identifier) ?? true)
    .map((one) => one.value);
  const values = new Set([...(entity.type === 'File' ? [] : [entity.name]), ...taken]);
  for (const value of [...values]) {
    if (entity.type === 'Account' && value.includes('\\')) values.add(value.split('\\').at(-1) ?? value);
    if (entity.type === 'Host' && value.includes('.')) values.add(value.split('.')[0] ?? value);
  }
  return [...values].filter((value) => value !== '' && value !== '-' && value.length <= 8000).slice(0, 20);
}
