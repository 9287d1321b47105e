import { type Company, domain } from './company';
import { createFoothold, type Foothold, stolenAccount } from './foothold';
import { hostNamed } from './hosts';
import { domainController } from './intrusion-domain';
import { prepareRansom } from './intrusion-ransom';
import { arrive, type Stage } from './intrusion-stage';
import { theft } from './intrusion-theft';
import { windowsTools } from './intrusion-tools';
import { createRandom, type Random } from './random';
import { type Emit, hour, second } from './row';
import { kernelProcess, type Process, startProcess } from './rows/process';
import { securityRow, subject } from './rows/security-event';
import { taskRow } from './rows/task';
import { intruder, type StoryClock, victims } from './story';

/** With the administrator's password: application server, file server, management server, domain controller. */
export function intrusionOnServers(
  company: Company,
  clock: StoryClock,
  random: Random,
  emit: Emit,
  from: { desk: Foothold; shell: Process },
): void {
  const stage: Stage = {
    company,
    clock,
    random,
    ...from,
    account: stolenAccount(company),
    machine: (name) => createFoothold(hostNamed(company.hosts, name), random, emit),
  };
  applicationServer(stage);
  const remote = fileServer(stage);
  domainController(stage, managementServer(stage));
  theft(stage, remote);
  const later = createRandom(company.seed, 'servers, later');
  const machine = (name: string) => createFoothold(hostNamed(company.hosts, name), later, emit);
  const implant = remote.parent ?? remote;
  windowsTools(stage, { target: machine(victims.fileServer), implant }, machine(victims.managementServer));
  prepareRansom(stage, remote, machine);
}

function applicationServer(stage: Stage): void {
  const { desk, shell } = stage;
  const target = stage.machine(victims.applicationServer);
  const at = stage.clock.at('wmi');
  const wmic = desk.start(shell, {
    file: 'WMIC.exe',
    at,
    commandLine: `wmic /node:${target.host.name} /user:${domain.netbios}\\${stage.account.sam} process call create "cmd.exe /c whoami"`,
  });
  desk.connect(wmic, at + second, target.host.address, 135, target.host.fqdn);
  arrive(stage, target, at + 2 * second, 3, desk.host);
  const host = startProcess(stage.random, null, {
    file: 'svchost.exe',
    at: at - 9 * hour,
    commandLine: 'C:\\Windows\\System32\\svchost.exe -k DcomLaunch -p',
  });
  const provider = target.start(host, {
    file: 'WmiPrvSE.exe',
    at: at + 3 * second,
    commandLine: 'C:\\Windows\\System32\\wbem\\WmiPrvSE.exe -secured -Embedding',
  });
  for (const [index, command] of [
    'whoami',
    'netstat -ano',
    'dir D:\\App\\config',
    'type D:\\App\\config\\connection.ini',
  ].entries()) {
    target.start(provider, {
      file: 'cmd.exe',
      at: at + (4 + index * 45) * second,
      runner: stage.account.runner,
      integrity: 'High',
      commandLine: `cmd.exe /Q /c ${command} 1> \\\\127.0.0.1\\ADMIN$\\__17${index}4 2>&1`,
    });
  }
}

/** As PsExec and its imitators do: copy to ADMIN$, install a service, get a shell as SYSTEM. */
function fileServer(stage: Stage): Process {
  const { desk, shell } = stage;
  const target = stage.machine(victims.fileServer);
  const at = stage.clock.at('service');
  const file = 'kqzvhwbt.exe';
  const copy = desk.start(shell, {
    file: 'cmd.exe',
    at,
    commandLine: `cmd.exe /c copy ${intruder.folder}\\${intruder.implant} \\\\${target.host.name}\\ADMIN$\\${file}`,
  });
  desk.connect(copy, at + second, target.host.address, 445, target.host.fqdn);
  const logonId = arrive(stage, target, at + 2 * second, 3, desk.host);
  target.put(
    'SecurityEvent',
    at + 2_400,
    securityRow(target.host, 5140, {
      ...subject(stage.account, logonId),
      IpAddress: desk.host.address,
      IpPort: '51422',
      ShareName: '\\\\*\\ADMIN$',
      ShareLocalPath: '\\??\\C:\\Windows',
      AccessMask: '0x1',
    }),
  );
  target.change(kernelProcess(at), at + 3 * second, {
    action: 'FileCreated',
    folder: 'C:\\Windows',
    file,
    copyOf: intruder.implant,
    size: 903_168,
    requestAccount: stage.account.sam,
    requestAddress: desk.host.address,
    share: 'ADMIN$',
  });
  target.put(
    'SecurityEvent',
    at + 9 * second,
    securityRow(target.host, 4697, {
      ...subject(stage.account, logonId),
      ServiceName: intruder.service,
      ServiceFileName: `%SystemRoot%\\${file}`,
      ServiceType: '0x10',
      ServiceStartType: 3,
      ServiceAccount: 'LocalSystem',
    }),
  );
  const implant = target.start(null, {
    file,
    folder: 'C:\\Windows',
    at: at + 10 * second,
    copyOf: intruder.implant,
  });
  target.connect(implant, at + 30 * second, intruder.controlAddress, 443, intruder.controlName);

  const task = stage.clock.at('server-task');
  const shellHere = target.start(implant, { file: 'cmd.exe', at: task - 20 * second, commandLine: 'cmd.exe /q' });
  target.start(shellHere, {
    file: 'schtasks.exe',
    at: task,
    commandLine: `schtasks /create /ru SYSTEM /sc daily /st 03:15 /tn "${intruder.task}" /tr "${intruder.folder}\\${intruder.implant} -k" /f`,
  });
  target.put(
    'SecurityEvent',
    task + second,
    taskRow(target.host, { sam: `${target.host.name}$`, sid: 'S-1-5-18' }, '0x3e7', {
      id: 4698,
      name: intruder.task,
      command: `${intruder.folder}\\${intruder.implant}`,
      arguments: '-k',
      runAs: 'S-1-5-18',
    }),
  );
  return shellHere;
}

function managementServer(stage: Stage): Foothold {
  const { desk, shell } = stage;
  const target = stage.machine(victims.managementServer);
  const at = stage.clock.at('remote-desktop');
  const client = desk.start(shell, {
    file: 'mstsc.exe',
    at,
    commandLine: `mstsc.exe /v:${target.host.name} /restrictedadmin`,
  });
  desk.connect(client, at + second, target.host.address, 3389, target.host.fqdn);
  arrive(stage, target, at + 4 * second, 10, desk.host);
  const explorer = target.start(null, {
    file: 'explorer.exe',
    at: at + 8 * second,
    runner: stage.account.runner,
    integrity: 'High',
  });
  const ssh = target.start(explorer, {
    file: 'ssh.exe',
    folder: 'C:\\Windows\\System32\\OpenSSH',
    at: stage.clock.at('ssh') - 40 * second,
    commandLine: `ssh.exe deploy@${victims.webServer}`,
  });
  const web = hostNamed(stage.company.hosts, victims.webServer);
  target.connect(ssh, stage.clock.at('ssh') - 38 * second, web.address, 22, web.fqdn);
  return target;
}
