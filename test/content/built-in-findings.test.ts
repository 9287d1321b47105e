import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { builtInQueries } from '../../src/content/built-in';
import { generateSampleLogs } from '../../src/content/sample-logs/generate-sample-logs';
import { day } from '../../src/content/sample-logs/row';
import { rangeBefore } from '../../src/domain/time-range';
import { createDuckdbEngine, type DuckdbEngine } from '../../src/engines/duckdb/engine';
import type { Cell } from '../../src/ports/query-engine';

const now = new Date('2026-11-24T15:30:00Z');

/** By file: what a hunt over the last seven days must show in one row, and how many rows it may have at most. */
const expected: Record<string, { row: Record<string, unknown>; atMost: number }> = {
  'approval-after-many-refused-pushes': {
    row: { UserPrincipalName: 'marta.oliveira@fernhill.example', IPAddress: '203.0.113.94', Refused: 11 },
    atMost: 1,
  },
  'archive-with-password': { row: { DeviceName: 'fh-fs01.fernhill.example', FileName: '7z.exe' }, atMost: 5 },
  'burst-of-discovery-commands': {
    row: {
      DeviceName: 'fh-ws-003.fernhill.example',
      InitiatingProcessParentFileName: 'igfxhelper.exe',
      DifferentCommands: 10,
    },
    atMost: 1,
  },
  'command-through-remote-wmi': {
    row: {
      DeviceName: 'fh-app01.fernhill.example',
      AccountName: 'adm-rkeller',
      SourceAddress: '10.20.8.22',
      Commands: 4,
    },
    atMost: 1,
  },
  'consent-to-mail-permissions': {
    row: {
      UserPrincipalName: 'marta.oliveira@fernhill.example',
      Application: 'Mail Archive Sync',
      StaysLoggedIn: true,
    },
    atMost: 1,
  },
  'cron-job-that-runs-a-download': {
    row: { Computer: 'fh-web01', User: 'deploy', LogonFrom: '10.20.1.40', Address: 'http://203.0.113.140/.cache/u' },
    atMost: 1,
  },
  'domain-database-copied': {
    row: { DeviceName: 'fh-dc01.fernhill.example', Account: 'adm-rkeller', Trace: 'file' },
    atMost: 2,
  },
  'download-by-windows-tool': {
    row: {
      DeviceName: 'fh-ws-003.fernhill.example',
      Address: 'http://cdn.fernhill-docs.example/a/gfx.b64',
      Files: ['C:\\ProgramData\\Intel\\gfx.b64'],
    },
    atMost: 3,
  },
  'logs-cleared-or-recovery-disabled': {
    row: { Host: 'fh-mgmt01.fernhill.example', Account: 'FERNHILL\\svc-helpdesk2', Action: 'Security log cleared' },
    atMost: 6,
  },
  'mailbox-rule-that-hides-or-forwards': {
    row: { UserId: 'marta.oliveira@fernhill.example', Reason: 'hides', Folder: 'RSS Feeds' },
    atMost: 3,
  },
  'many-files-from-unusual-address': {
    row: { UserId: 'marta.oliveira@fernhill.example', ClientIP: '203.0.113.94', Files: 380 },
    atMost: 4,
  },
  'memory-of-lsass-written-to-file': {
    row: { DeviceName: 'fh-ws-003.fernhill.example', DumpFile: 'C:\\ProgramData\\Intel\\gfx.dmp' },
    atMost: 1,
  },
  'new-account-made-administrator': {
    row: { NewAccount: 'FERNHILL\\svc-helpdesk2', GroupName: 'Domain Admins', CreatedBy: 'FERNHILL\\adm-rkeller' },
    atMost: 1,
  },
  'office-program-starts-shell': {
    row: { AccountUpn: 'tomasz.wrona@fernhill.example', Document: 'Supplier_Terms.docm', Encoded: true },
    atMost: 1,
  },
  'password-spray-with-success': {
    row: { UserPrincipalName: 'marta.oliveira@fernhill.example', IPAddress: '203.0.113.94' },
    atMost: 2,
  },
  'privileged-account-from-other-workstation': {
    row: { TargetAccount: 'FERNHILL\\adm-rkeller', SourceHost: 'FH-WS-003', Owner: 'tomasz.wrona', TargetCount: 3 },
    atMost: 2,
  },
  'rare-encoded-powershell': { row: { DeviceName: 'fh-ws-003.fernhill.example', Parents: ['WINWORD.EXE'] }, atMost: 1 },
  'regular-connections-to-rare-name': {
    row: { DeviceName: 'fh-ws-003.fernhill.example', RemoteUrl: 'telemetry-sync.example', RemoteIP: '203.0.113.140' },
    atMost: 1,
  },
  'scheduled-task-runs-from-writable-folder': {
    row: { Host: 'fh-fs01.fernhill.example', Command: 'C:\\ProgramData\\Intel\\igfxhelper.exe -k' },
    atMost: 2,
  },
  'security-info-from-unusual-address': {
    row: { UserPrincipalName: 'marta.oliveira@fernhill.example', IPAddress: '203.0.113.94' },
    atMost: 3,
  },
  'service-installed-over-network': {
    row: {
      Computer: 'FH-FS01.fernhill.example',
      ServiceName: 'FHUpdSvc',
      SourceHost: 'FH-WS-003',
      SourceAddress: '10.20.8.22',
    },
    atMost: 1,
  },
  'service-tickets-with-weak-encryption': {
    row: { Account: 'tomasz.wrona@FERNHILL.EXAMPLE', SourceAddress: '10.20.8.22', ServiceCount: 5 },
    atMost: 1,
  },
  'synchronising-tool-under-other-name': {
    row: { FileName: 'svchelper.exe', BuiltAs: 'rclone.exe', Addresses: ['203.0.113.200'] },
    atMost: 1,
  },
};

describe('every built-in query on the sample logs', () => {
  const queries = builtInQueries();
  let folder: string;
  let engine: DuckdbEngine;

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'talbot-findings-'));
    await generateSampleLogs(path.join(folder, 'logs'), { now, days: 10 });
    engine = await createDuckdbEngine({
      logs: path.join(folder, 'logs'),
      dataFolder: path.join(folder, 'data'),
      clock: { now: () => now },
    });
  }, 120_000);

  afterAll(async () => {
    await engine?.close();
    await rm(folder, { recursive: true });
  });

  async function hunt(text: string): Promise<Record<string, Cell | undefined>[]> {
    const found: Record<string, Cell | undefined>[] = [];
    const limits = { rows: 1_000, milliseconds: 60_000 };
    await engine.run({ text, asOf: now, range: rangeBefore(now, 7 * day), limits }, async ({ columns, rows }) => {
      for (const row of rows) found.push(Object.fromEntries(columns.map((column, index) => [column.name, row[index]])));
    });
    return found;
  }

  it('reads the logs without a complaint', async () => {
    expect(await engine.problems()).toEqual([]);
  });

  it('has an expectation here', () => {
    expect(queries.map((query) => path.basename(query.source, '.yaml')).sort()).toEqual(Object.keys(expected).sort());
  });

  it.each(queries.map((query) => [path.basename(query.source, '.yaml'), query] as const))('%s', async (file, query) => {
    const rows = await hunt(query.query);
    expect(rows).toContainEqual(expect.objectContaining(expected[file]?.row ?? {}));
    expect(rows.length).toBeLessThanOrEqual(expected[file]?.atMost ?? 0);
    for (const { columnName } of query.entityMappings.flatMap((mapping) => mapping.fieldMappings)) {
      expect(
        rows.map((row) => row[columnName]).filter((value) => typeof value === 'string' || typeof value === 'number'),
      ).not.toEqual([]);
    }
  });
});
