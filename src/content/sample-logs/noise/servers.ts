import { type Day, domain } from '../company';
import { type Host, hostNamed } from '../hosts';
import { hour, minute } from '../row';
import { fileRow, networkRow } from '../rows/device';
import { domainRunner, kernelProcess, processRow, startProcess } from '../rows/process';
import { logonRow, securityRow, subject } from '../rows/security-event';
import { adminSid, serviceSid } from '../sids';
import { backgroundTasks } from './background-tasks';
import { maintenance } from './maintenance';

/** Shares opened, backups, administrators' visits, updates and service installations on the Windows servers. */
export function servers(today: Day): void {
  const { hosts } = today.company;
  for (const host of [...hosts.servers, ...hosts.domainControllers]) {
    backgroundTasks(today, host, 18);
    serverProcesses(today, host);
  }
  shareUse(today);
  backup(today);
  inventoryScan(today);
  if (!today.isWeekend) adminVisits(today);
  if (new Date(today.start).getUTCDay() === 3 || today.index === 0) maintenance(today);
}

/** Servers audit process creation in the Security log too. */
function serverProcesses(today: Day, host: Host): void {
  const { random, emit } = today;
  const account = subject({ sam: `${host.name}$`, sid: 'S-1-5-18' }, '0x3e7');
  for (let count = random.int(70, 110); count > 0; count--) {
    const [file, commandLine, parent] = random.pick([
      ['taskhostw.exe', 'taskhostw.exe', 'svchost.exe'],
      ['WmiPrvSE.exe', 'C:\\Windows\\System32\\wbem\\WmiPrvSE.exe -Embedding', 'svchost.exe'],
      ['conhost.exe', '\\??\\C:\\Windows\\System32\\conhost.exe 0xffffffff -ForceV1', 'cmd.exe'],
      ['svchost.exe', 'C:\\Windows\\System32\\svchost.exe -k wsappx -p', 'services.exe'],
      [
        'dllhost.exe',
        'C:\\Windows\\System32\\dllhost.exe /Processid:{3EB3C877-1F16-487C-9050-104DBCD66683}',
        'svchost.exe',
      ],
    ] as const);
    emit(
      'SecurityEvent',
      today.start + random.next() * 24 * hour,
      securityRow(host, 4688, {
        ...account,
        NewProcessId: `0x${random.hex(4)}`,
        NewProcessName: `C:\\Windows\\System32\\${file}`,
        Process: file,
        CommandLine: commandLine,
        ParentProcessName: `C:\\Windows\\System32\\${parent}`,
        ProcessId: `0x${random.hex(3)}`,
      }),
    );
  }
}

function shareUse(today: Day): void {
  const { random, emit, company } = today;
  const host = hostNamed(company.hosts, 'FH-FS01');
  const serving = kernelProcess(today.start);
  for (let count = today.isWeekend ? 90 : 900; count > 0; count--) {
    const person = random.pick(company.people);
    const at = today.start + random.around(13 - person.office.utcOffset, 2.4) * hour;
    const share = random.pick(['Freight', 'Finance', 'Company', 'Scans']);
    const logonId = `0x${random.hex(6)}`;
    const { address, name } = person.workstation;
    emit(
      'SecurityEvent',
      at,
      logonRow(host, {
        sam: person.sam,
        sid: person.sid,
        type: 3,
        logonId,
        fromAddress: address,
        fromHost: name,
        package: 'Kerberos',
      }),
    );
    emit(
      'SecurityEvent',
      at + 150,
      securityRow(host, 5140, {
        ...subject(person, logonId),
        IpAddress: address,
        IpPort: String(random.int(49_200, 65_000)),
        ShareName: `\\\\*\\${share}`,
        ShareLocalPath: `\\??\\D:\\Shares\\${share}`,
        AccessMask: '0x1',
      }),
    );
    emit(
      'SecurityEvent',
      at + random.int(2, 40) * minute,
      securityRow(host, 4634, {
        TargetAccount: `${domain.netbios}\\${person.sam}`,
        TargetUserName: person.sam,
        TargetDomainName: domain.netbios,
        TargetUserSid: person.sid,
        TargetLogonId: logonId,
        LogonType: 3,
      }),
    );
    if (random.chance(0.2)) {
      emit(
        'DeviceFileEvents',
        at + 900,
        fileRow(random, host, serving, {
          action: random.pick(['FileModified', 'FileCreated', 'FileRenamed', 'FileDeleted']),
          folder: `D:\\Shares\\${share}\\2026`,
          file: random.pick(['Rates.xlsx', 'Manifest.pdf', 'Scan-0417.pdf', 'Rota.docx']),
          size: random.int(9_000, 3_000_000),
          requestAccount: person.sam,
          requestAddress: address,
          share,
        }),
      );
    }
  }
}

/** Every night the backup server logs on to all servers. */
function backup(today: Day): void {
  const { random, emit, company } = today;
  const from = hostNamed(company.hosts, 'FH-BKP01');
  const account = { sam: 'svc-backup', sid: serviceSid(0) };
  const job = startProcess(random, null, {
    file: 'njbackup.exe',
    at: today.start + hour,
    commandLine: '"C:\\Program Files\\Nightjar\\Backup\\njbackup.exe" run --plan nightly',
    runner: domainRunner(account),
    integrity: 'High',
  });
  emit('DeviceProcessEvents', job.created, processRow(random, from, job));
  for (const host of [...company.hosts.servers, ...company.hosts.domainControllers]) {
    const at = today.start + hour + random.int(1, 50) * minute;
    const logonId = `0x${random.hex(6)}`;
    emit(
      'SecurityEvent',
      at,
      logonRow(host, {
        ...account,
        type: 3,
        logonId,
        fromAddress: from.address,
        fromHost: from.name,
        package: 'Kerberos',
      }),
    );
    emit(
      'SecurityEvent',
      at + 100,
      securityRow(host, 4672, { ...subject(account, logonId), PrivilegeList: 'SeBackupPrivilege SeRestorePrivilege' }),
    );
    emit('DeviceNetworkEvents', at, networkRow(random, from, job, { remoteAddress: host.address, remotePort: 445 }));
  }
  for (let part = 0; part < 6; part++) {
    emit(
      'DeviceNetworkEvents',
      job.created + part * 20 * minute,
      networkRow(random, from, job, {
        remoteAddress: '198.51.100.250',
        remotePort: 443,
        remoteUrl: 'vault.nightjar.example',
      }),
    );
    emit(
      'DeviceFileEvents',
      job.created + part * 20 * minute,
      fileRow(random, from, job, {
        action: 'FileCreated',
        folder: 'E:\\Backup',
        file: `nightly-${part}.njb`,
        size: random.int(2e9, 6e9),
      }),
    );
  }
}

/** The inventory account visits ten workstations at lunch: a quick fan-out that is honest. */
function inventoryScan(today: Day): void {
  const { random, emit, company } = today;
  const from = hostNamed(company.hosts, 'FH-MGMT01');
  const account = { sam: 'svc-inventory', sid: serviceSid(2) };
  for (let count = 0; count < 10; count++) {
    const host = random.pick(company.hosts.workstations);
    emit(
      'SecurityEvent',
      today.start + 12 * hour + count * 20_000,
      logonRow(host, {
        ...account,
        type: 3,
        logonId: `0x${random.hex(6)}`,
        fromAddress: from.address,
        fromHost: from.name,
        package: 'Kerberos',
      }),
    );
  }
}

function adminVisits(today: Day): void {
  const { random, emit, company } = today;
  const jump = hostNamed(company.hosts, 'FH-MGMT01');
  for (const person of company.people) {
    if (!person.adminSam || random.chance(0.3)) continue;
    const account = { sam: person.adminSam, sid: adminSid(person) };
    const at = today.start + random.around(12, 1.2) * hour;
    const logonId = `0x${random.hex(6)}`;
    emit(
      'SecurityEvent',
      at,
      logonRow(jump, {
        ...account,
        type: 10,
        logonId,
        fromAddress: person.workstation.address,
        fromHost: person.workstation.name,
      }),
    );
    emit(
      'SecurityEvent',
      at + 200,
      securityRow(jump, 4672, {
        ...subject(account, logonId),
        PrivilegeList: 'SeSecurityPrivilege SeTakeOwnershipPrivilege SeDebugPrivilege',
      }),
    );
    const explorer = startProcess(random, null, {
      file: 'explorer.exe',
      at: at + 4_000,
      runner: domainRunner(account),
      integrity: 'High',
    });
    const shell = startProcess(random, explorer, {
      file: 'powershell.exe',
      at: at + 3 * minute,
      runner: domainRunner(account),
      integrity: 'High',
      commandLine: `powershell.exe -Command "${random.pick(['Get-ADUser -Filter * -Properties LastLogonDate', 'Restart-Service Spooler', 'Get-EventLog -LogName System -Newest 50', 'Test-NetConnection fh-sql01 -Port 1433'])}"`,
    });
    emit('DeviceProcessEvents', shell.created, processRow(random, jump, shell));
    const second = random.pick([...company.hosts.servers, ...company.hosts.domainControllers]);
    emit(
      'SecurityEvent',
      at + 12 * minute,
      logonRow(second, {
        ...account,
        type: 10,
        logonId: `0x${random.hex(6)}`,
        fromAddress: jump.address,
        fromHost: jump.name,
      }),
    );
  }
}
