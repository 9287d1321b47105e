import { type Company, domain } from './company';
import { createFoothold, type Foothold, stolenAccount } from './foothold';
import { hostNamed } from './hosts';
import type { Stage } from './intrusion-stage';
import { theft } from './intrusion-theft';
import type { Random } from './random';
import { type Emit, minute, second } from './row';
import type { Process } from './rows/process';
import { logonRow, securityRow, subject } from './rows/security-event';
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
}

/** A logon over the network with special privileges, as the target records it. */
function arrive(
  stage: Stage,
  target: Foothold,
  at: number,
  type: 3 | 10,
  from: { address: string; name: string },
): string {
  const logonId = `0x${stage.random.hex(6)}`;
  target.put(
    'SecurityEvent',
    at,
    logonRow(target.host, {
      sam: stage.account.sam,
      sid: stage.account.sid,
      type,
      logonId,
      fromAddress: from.address,
      fromHost: from.name,
      package: type === 3 ? 'NTLM' : 'Negotiate',
    }),
  );
  target.put(
    'SecurityEvent',
    at + 40,
    securityRow(target.host, 4672, {
      ...subject(stage.account, logonId),
      PrivilegeList: 'SeSecurityPrivilege SeBackupPrivilege SeRestorePrivilege SeDebugPrivilege',
    }),
  );
  return logonId;
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
  const provider = target.start(null, {
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
  target.change(
    target.start(null, { file: 'svchost.exe', at: at + 2 * second, commandLine: 'System' }),
    at + 3 * second,
    {
      action: 'FileCreated',
      folder: 'C:\\Windows',
      file,
      size: 903_168,
      requestAccount: stage.account.sam,
      requestAddress: desk.host.address,
      share: 'ADMIN$',
    },
  );
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
  const services = target.start(null, { file: 'services.exe', at: at - 600 * minute });
  const implant = target.start(services, { file, folder: 'C:\\Windows', at: at + 10 * second });
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
  return target;
}

function domainController(stage: Stage, from: Foothold): void {
  const target = stage.machine(victims.domainController);
  const at = stage.clock.at('ntds');
  const logonId = arrive(stage, target, at - 5 * minute, 10, from.host);
  const explorer = {
    ...target.start(null, {
      file: 'explorer.exe',
      at: at - 5 * minute,
      runner: stage.account.runner,
      integrity: 'High',
    }),
    remoteAddress: from.host.address,
  };
  const shell = target.start(explorer, {
    file: 'cmd.exe',
    at: at - minute,
    commandLine: '"C:\\Windows\\System32\\cmd.exe"',
  });
  const copy = target.start(shell, {
    file: 'ntdsutil.exe',
    at,
    commandLine: 'ntdsutil "ac i ntds" "ifm" "create full C:\\Windows\\Temp\\crm" q q',
  });
  target.change(copy, at + 40 * second, {
    action: 'FileCreated',
    folder: 'C:\\Windows\\Temp\\crm\\Active Directory',
    file: 'ntds.dit',
    size: 50_331_648,
  });
  target.change(copy, at + 44 * second, {
    action: 'FileCreated',
    folder: 'C:\\Windows\\Temp\\crm\\registry',
    file: 'SYSTEM',
    size: 17_825_792,
  });

  const made = stage.clock.at('new-account');
  const sid = 'S-1-5-21-2041187693-1187402311-3380925641-3127';
  const by = subject(stage.account, logonId);
  target.start(shell, {
    file: 'net.exe',
    at: made - second,
    commandLine: `net user ${intruder.newAccount} Winter-2026! /add /domain`,
  });
  target.put(
    'SecurityEvent',
    made,
    securityRow(target.host, 4720, {
      ...by,
      TargetAccount: `${domain.netbios}\\${intruder.newAccount}`,
      TargetUserName: intruder.newAccount,
      TargetDomainName: domain.netbios,
      TargetUserSid: sid,
      SamAccountName: intruder.newAccount,
    }),
  );
  target.start(shell, {
    file: 'net.exe',
    at: made + 50 * second,
    commandLine: `net group "Domain Admins" ${intruder.newAccount} /add /domain`,
  });
  target.put(
    'SecurityEvent',
    made + 51 * second,
    securityRow(target.host, 4728, {
      ...by,
      TargetAccount: `${domain.netbios}\\Domain Admins`,
      TargetUserName: 'Domain Admins',
      TargetDomainName: domain.netbios,
      MemberName: `CN=${intruder.newAccount},CN=Users,DC=fernhill,DC=example`,
      MemberSid: sid,
    }),
  );
}
