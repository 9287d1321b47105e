import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** `now()` of every query in the scenarios. */
export const queryTime = new Date('2026-11-21T00:00:00Z');

/** What an attacker may get into a log field: every one of these must be dead text wherever it is shown. */
export const hostile = {
  slackChannel: '<!channel> <!here> <!subteam^S1> <@U1>',
  slackLink: '<https://evil.example/slack|click me>',
  broadcast: '@everyone @channel @here',
  teamsMention: '<at>Ada Lovelace</at>',
  markdown: '[click](https://evil.example/md) ![pixel](https://evil.example/p.png) **bold** ~~struck~~',
  html: '<script>alert(1)</script><img src=x onerror=alert(1)>',
  address: 'https://evil.example/bare',
  turned: 'invoice\u202Efdp.exe',
  zero: 'be\u0000fore',
  bell: 'be\u0007ll\u001B[31m',
  formula: '=HYPERLINK("https://evil.example/csv","x")',
  plus: '+cmd|calc!A1',
  minus: '-2+3+cmd|calc!A1',
  at: '@SUM(1+1)*cmd|calc!A1',
  tab: '\t=1+1',
  fence: '```\n*after the fence*',
  quotes: '"quoted", and, commas\nand a line',
  long: 'A'.repeat(30_000),
} as const;

export interface LogFolder {
  folder: string;
  remove(): Promise<void>;
}

/** A handful of small tables with Sentinel's own column names. */
export async function writeLogs(): Promise<LogFolder> {
  const folder = await mkdtemp(join(tmpdir(), 'talbot-scenario-logs-'));
  const tables = { SigninLogs: signIns(), DeviceProcessEvents: processes(), AuditLogs: changes(), Hostile: hostiles() };
  for (const [name, rows] of Object.entries(tables)) {
    await writeFile(join(folder, `${name}.ndjson`), rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
  }
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}

function at(minutes: number): string {
  return new Date(Date.parse('2026-11-20T08:00:00Z') + minutes * 60_000).toISOString();
}

function signIns(): object[] {
  return Array.from({ length: 60 }, (_, i) => ({
    TimeGenerated: at(i),
    UserPrincipalName: i === 7 ? `${hostile.slackChannel}@corp.example` : `user${i % 9}@corp.example`,
    IPAddress: `203.0.113.${i % 4}`,
    ResultType: i % 4 === 3 ? '0' : '50126',
    AppDisplayName: i === 11 ? hostile.broadcast : 'Office 365',
  }));
}

function processes(): object[] {
  return Array.from({ length: 12 }, (_, i) => ({
    TimeGenerated: at(i * 10),
    DeviceName: `pc-${i % 3}`,
    AccountName: `user${i % 5}`,
    FileName: i % 6 === 0 ? 'powershell.exe' : 'notepad.exe',
    ProcessCommandLine: i % 6 === 0 ? `powershell -enc SQBFAFgA ${hostile.html}` : 'notepad',
  }));
}

function changes(): object[] {
  return Array.from({ length: 6 }, (_, i) => ({
    TimeGenerated: at(i * 30),
    OperationName: 'Update user',
    Result: 'success',
    Identity: `admin${i}`,
  }));
}

function hostiles(): object[] {
  return Object.entries(hostile).map(([name, value], i) => ({ TimeGenerated: at(i), Name: name, Value: value, N: -i }));
}
