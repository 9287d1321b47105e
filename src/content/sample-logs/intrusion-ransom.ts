import type { Foothold } from './foothold';
import { newAccountSid, type Stage } from './intrusion-stage';
import { createRandom, type Random } from './random';
import { minute, second } from './row';
import { domainRunner, kernelProcess, type Process, type Start } from './rows/process';
import { processCreatedRow } from './rows/process-created';
import { logonRow } from './rows/security-event';
import { intruder, victims } from './story';

const policy = '{5C1E7A42-90B3-4D0F-8A56-1F2B7E6D3C94}';

/** Everything that goes before encryption, and one trial of it. `machine` gives the machines a stream of numbers of their own. */
export function prepareRansom(stage: Stage, shell: Process, machine: (name: string) => Foothold): void {
  const random = createRandom(stage.company.seed, 'ransom');
  const files = machine(victims.fileServer);
  protectionOff(stage, random, files, shell);
  for (const [index, name] of ['FH-SQL01', 'FH-BKP01'].entries()) stopServices(stage, random, machine(name), index);
  reach(stage, random, files, shell);
  logonShare(stage, machine(victims.domainController), files);
  audited(random, files, shell, {
    file: 'wbadmin.exe',
    at: stage.clock.at('no-recovery') + 31 * second,
    commandLine: 'wbadmin delete catalog -quiet',
  });
  audited(random, files, shell, {
    file: 'bcdedit.exe',
    at: stage.clock.at('safe-mode'),
    commandLine: 'bcdedit.exe /set {default} safeboot network',
  });
  deleteBackups(stage, machine('FH-BKP01'));
  trial(stage, random, files, shell);
}

function audited(random: Random, on: Foothold, parent: Process | null, start: Start): Process {
  const process = on.start(parent, start);
  on.put('SecurityEvent', start.at + 5, processCreatedRow(random, on.host, process));
  return process;
}

function protectionOff({ clock }: Stage, random: Random, files: Foothold, shell: Process): void {
  const at = clock.at('protection-off');
  audited(random, files, shell, {
    file: 'powershell.exe',
    at,
    commandLine: `powershell.exe -NoProfile -Command "Set-MpPreference -DisableRealtimeMonitoring $true; Add-MpPreference -ExclusionPath '${intruder.folder}'"`,
  });
  audited(random, files, shell, {
    file: 'netsh.exe',
    at: at + 25 * second,
    commandLine: 'netsh advfirewall set allprofiles state off',
  });
}

/** The new account's remote desktop, from the management server. */
function console(stage: Stage, target: Foothold, at: number): Process {
  const from = stage.machine(victims.managementServer).host;
  const account = { sam: intruder.newAccount, sid: newAccountSid };
  target.put(
    'SecurityEvent',
    at - 2 * minute,
    logonRow(target.host, {
      ...account,
      type: 10,
      logonId: '0x7d21c4',
      fromAddress: from.address,
      fromHost: from.name,
    }),
  );
  return target.start(null, {
    file: 'cmd.exe',
    at: at - minute,
    commandLine: '"C:\\Windows\\System32\\cmd.exe"',
    runner: domainRunner(account),
    integrity: 'High',
  });
}

function stopServices(stage: Stage, random: Random, target: Foothold, index: number): void {
  const at = stage.clock.at('services-stopped') + index * 3 * minute;
  const shell = console(stage, target, at);
  const commands: [string, string][] = [
    ['net.exe', 'net stop "NightjarBackup" /y'],
    ['net.exe', 'net stop "MSSQLSERVER" /y'],
    ['net.exe', 'net stop "SQLSERVERAGENT" /y'],
    ['net.exe', 'net stop "VSS" /y'],
    ['sc.exe', 'sc config "NightjarBackup" start= disabled'],
    ['taskkill.exe', 'taskkill /f /im sqlservr.exe'],
  ];
  for (const [step, [file, commandLine]] of commands.entries())
    audited(random, target, shell, { file, commandLine, at: at + step * 4 * second });
}

/** The service's program tries the shares of every machine it can find. */
function reach({ clock, company }: Stage, random: Random, files: Foothold, shell: Process): void {
  const { workstations, servers, domainControllers } = company.hosts;
  let at = clock.at('reach');
  for (const host of [...servers, ...domainControllers, ...workstations.slice(0, 32)]) {
    if (host.name === files.host.name) continue;
    at += random.int(1, 7) * second;
    files.connect(shell.parent ?? shell, at, host.address, 445, host.fqdn);
  }
}

function logonShare({ clock }: Stage, controller: Foothold, from: Foothold): void {
  const at = clock.at('logon-share');
  const written = [
    { share: 'NETLOGON', folder: 'C:\\Windows\\SYSVOL\\domain\\scripts', file: intruder.encryptor, size: 618_496 },
    {
      share: 'SYSVOL',
      folder: `C:\\Windows\\SYSVOL\\domain\\Policies\\${policy}\\Machine\\Preferences\\ScheduledTasks`,
      file: 'ScheduledTasks.xml',
      size: 1_912,
    },
  ];
  for (const [index, file] of written.entries())
    controller.change(kernelProcess(at), at + index * 90 * second, {
      ...file,
      action: 'FileCreated',
      requestAccount: intruder.newAccount,
      requestAddress: from.host.address,
    });
}

function deleteBackups(stage: Stage, target: Foothold): void {
  const at = stage.clock.at('backups-deleted');
  const shell = console(stage, target, at);
  const remove = target.start(shell, { file: 'cmd.exe', at, commandLine: 'cmd.exe /c del /f /s /q E:\\Backup\\*.njb' });
  for (let file = 0; file < 84; file++)
    target.change(remove, at + file * 600, {
      action: 'FileDeleted',
      folder: `E:\\Backup\\${String(Math.floor(file / 6)).padStart(2, '0')}`,
      file: `nightly-${file % 6}.njb`,
      size: 3_221_225_472,
    });
}

/** One old folder of scans, to see that the program works; each of its folders gets a note. */
function trial({ clock }: Stage, random: Random, files: Foothold, shell: Process): void {
  const at = clock.at('trial');
  const encryptor = files.start(shell, {
    file: intruder.encryptor,
    folder: intruder.folder,
    at,
    commandLine: `${intruder.folder}\\${intruder.encryptor} --path D:\\Shares\\Scans\\2019 --threads 2`,
  });
  for (let month = 1; month <= 6; month++) {
    const folder = `D:\\Shares\\Scans\\2019\\${String(month).padStart(2, '0')}`;
    for (let scan = 1; scan <= 10; scan++) {
      const file = `Scan-${month * 100 + scan}.pdf`;
      files.change(encryptor, at + (month * 10 + scan) * 700, {
        action: 'FileRenamed',
        folder,
        file: `${file}${intruder.lockedEnding}`,
        previousFile: file,
        size: random.int(90_000, 2_000_000),
      });
    }
    files.change(encryptor, at + (month * 10 + 11) * 700, {
      action: 'FileCreated',
      folder,
      file: 'READ_TO_RESTORE.txt',
      size: 1_204,
    });
  }
}
