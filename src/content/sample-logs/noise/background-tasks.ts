import type { Day } from '../company';
import type { Host } from '../hosts';
import { hour } from '../row';
import { fileRow, networkRow } from '../rows/device';
import { domainRunner, type Process, processRow, type Start, startProcess, system } from '../rows/process';
import { serviceAddress } from './desktop-session';

/** The remote management agent's inventory script: the same on every machine, every day. */
const inventoryScript = encodeCommand(
  'Get-CimInstance Win32_QuickFixEngineering | Export-Csv C:\\ProgramData\\Tidewater\\inventory.csv',
);

/** PowerShell's `-EncodedCommand` form: base64 of UTF-16. */
export function encodeCommand(script: string): string {
  return Buffer.from(script, 'utf16le').toString('base64');
}

const tasks: { weight: number; parent: string; starts: Omit<Start, 'at'>; url?: string; writes?: [string, string] }[] =
  [
    { weight: 5, parent: 'svchost.exe', starts: { file: 'taskhostw.exe', commandLine: 'taskhostw.exe KEYROAMING' } },
    {
      weight: 4,
      parent: 'svchost.exe',
      starts: {
        file: 'backgroundTaskHost.exe',
        commandLine: '"C:\\Windows\\System32\\backgroundTaskHost.exe" -ServerName:App.AppXtest.mca',
      },
    },
    {
      weight: 3,
      parent: 'svchost.exe',
      starts: { file: 'usoclient.exe', commandLine: 'usoclient.exe StartScan' },
      url: 'update.windows.example',
    },
    {
      weight: 2,
      parent: 'svchost.exe',
      starts: { file: 'rundll32.exe', commandLine: 'rundll32.exe C:\\Windows\\System32\\PcaSvc.dll,PcaPatchSdbTask' },
    },
    {
      weight: 2,
      parent: 'MsMpEng.exe',
      starts: { file: 'MpCmdRun.exe', commandLine: 'MpCmdRun.exe SignatureUpdate -ScheduleJob' },
      url: 'definitions.windows.example',
      writes: ['C:\\ProgramData\\Microsoft\\Windows Defender\\Definition Updates', 'mpasdlta.vdm'],
    },
    {
      weight: 3,
      parent: 'tw-agent.exe',
      starts: {
        file: 'powershell.exe',
        commandLine: `powershell.exe -NoProfile -NonInteractive -ExecutionPolicy Bypass -EncodedCommand ${inventoryScript}`,
      },
      writes: ['C:\\ProgramData\\Tidewater', 'inventory.csv'],
    },
    {
      weight: 1,
      parent: 'tw-agent.exe',
      starts: { file: 'cmd.exe', commandLine: 'cmd.exe /c ipconfig /all > C:\\ProgramData\\Tidewater\\net.txt' },
      url: 'agents.tidewater.example',
      writes: ['C:\\ProgramData\\Tidewater', 'net.txt'],
    },
    { weight: 1, parent: 'tw-agent.exe', starts: { file: 'systeminfo.exe', commandLine: 'systeminfo /fo csv' } },
    {
      weight: 2,
      parent: 'svchost.exe',
      starts: { file: 'HmUpdate.exe', commandLine: '"C:\\Program Files\\Harbourmaster\\HmUpdate.exe" /silent' },
      url: 'updates.harbourmaster.example',
      writes: ['C:\\Program Files\\Harbourmaster', 'Harbourmaster.dll'],
    },
    {
      weight: 1,
      parent: 'svchost.exe',
      starts: { file: 'WmiPrvSE.exe', commandLine: 'C:\\Windows\\System32\\wbem\\WmiPrvSE.exe -secured -Embedding' },
    },
    { weight: 1, parent: 'svchost.exe', starts: { file: 'defrag.exe', commandLine: 'defrag.exe C: /O' } },
  ];
const lottery = tasks.flatMap((task) => Array.from({ length: task.weight }, () => task));

/** What Windows and its agents do by themselves on one machine. */
export function backgroundTasks(today: Day, host: Host, average: number): void {
  const { random, emit } = today;
  const network = domainRunner({ sam: `${host.name.toLowerCase()}$`, sid: 'S-1-5-20' });
  const parents = new Map<string, Process>();
  for (let count = random.int(Math.floor(average * 0.7), Math.ceil(average * 1.3)); count > 0; count--) {
    const at = today.start + random.next() * 24 * hour;
    const task = random.pick(lottery);
    const parent = parents.get(task.parent) ?? servicesChild(today, task.parent);
    parents.set(task.parent, parent);
    const process = startProcess(random, parent, { ...task.starts, at, runner: system });
    emit('DeviceProcessEvents', at, processRow(random, host, process));
    if (task.url)
      emit(
        'DeviceNetworkEvents',
        at + 900,
        networkRow(random, host, process, {
          remoteAddress: serviceAddress(task.url),
          remotePort: 443,
          remoteUrl: task.url,
        }),
      );
    if (task.writes)
      emit(
        'DeviceFileEvents',
        at + 2_400,
        fileRow(random, host, process, {
          action: 'FileModified',
          folder: task.writes[0],
          file: task.writes[1],
          size: random.int(2_000, 90_000),
        }),
      );
  }
  const lookup = startProcess(random, servicesChild(today, 'svchost.exe'), {
    file: 'svchost.exe',
    commandLine: 'svchost.exe -k NetworkService -p',
    at: today.start,
    runner: network,
  });
  for (let count = random.int(3, 8); count > 0; count--) {
    emit(
      'DeviceNetworkEvents',
      today.start + random.next() * 24 * hour,
      networkRow(
        random,
        host,
        lookup,
        random.chance(0.5)
          ? { remoteAddress: '10.20.1.10', remotePort: random.pick([88, 389, 445, 53]) }
          : {
              remoteAddress: serviceAddress('telemetry.windows.example'),
              remotePort: 443,
              remoteUrl: 'telemetry.windows.example',
            },
      ),
    );
  }
}

/** A service that has run since the machine started in the morning. */
function servicesChild(today: Day, file: string): Process {
  const services = startProcess(today.random, null, { file: 'services.exe', at: today.start - hour });
  const commandLine = file === 'svchost.exe' ? 'C:\\Windows\\System32\\svchost.exe -k netsvcs -p' : undefined;
  return startProcess(today.random, services, {
    file,
    at: services.created + 5_000,
    ...(commandLine ? { commandLine } : {}),
  });
}
