import type { Day } from '../company';
import type { Host } from '../hosts';
import type { Person } from '../people';
import { createRandom } from '../random';
import { hour, minute } from '../row';
import { fileRow, networkRow } from '../rows/device';
import { type Process, startProcess } from '../rows/process';
import { logonRow } from '../rows/security-event';
import { backgroundTasks } from './background-tasks';
import { desktopSession, run, serviceAddress } from './desktop-session';
import { instantIn, type WorkingDay, workingDay } from './working-day';

const documents = ['Rota.xlsx', 'Manifest.xlsx', 'Quote.docx', 'Minutes.docx', 'Rates.xlsx', 'Letter.docx'];

/** Internet services by process: name and address. */
const services = {
  'msedge.exe': [
    'news.example',
    'maps.example',
    'www.example',
    'ports.example',
    'weather.example',
    'fernhill.sharepoint.example',
  ],
  'OUTLOOK.EXE': ['outlook.office.example'],
  'ms-teams.exe': ['teams.office.example', 'calls.office.example'],
  'OneDrive.exe': ['fernhill-my.sharepoint.example'],
  'Harbourmaster.exe': ['api.harbourmaster.example'],
} as const;
type NetworkProgram = keyof typeof services;

/** Everything sixty people and seventy machines do on their desks in a day. */
export function workstations(today: Day): void {
  const { company } = today;
  for (const host of company.hosts.workstations) backgroundTasks(today, host, today.isWeekend ? 5 : 13);
  for (const person of company.people) {
    const work = workingDay(today, person, createRandom(company.seed, `work ${person.sam} ${today.start}`));
    if (work) desk(today, person, work);
  }
}

function desk(today: Day, person: Person, work: WorkingDay): void {
  const { random, emit } = today;
  const host = person.workstation;
  const explorer = desktopSession(random, person, work.start);
  const programs = new Map<NetworkProgram, Process>();

  logons(today, person, work);
  run(today, host, explorer);
  for (const file of Object.keys(services) as NetworkProgram[]) {
    const process = startProcess(random, explorer, { file, at: work.start + random.int(1, 40) * minute });
    programs.set(file, process);
    run(today, host, process);
  }
  for (let count = random.int(5, 12); count > 0; count--) openProgram(today, host, explorer, instantIn(random, work));
  for (let count = random.int(16, 30); count > 0; count--) {
    const file = random.pick(Object.keys(services) as NetworkProgram[]);
    const process = programs.get(file);
    if (!process) continue;
    const url = random.pick<string>(services[file]);
    emit(
      'DeviceNetworkEvents',
      Math.max(process.created, instantIn(random, work)),
      networkRow(random, host, process, { remoteAddress: serviceAddress(url), remotePort: 443, remoteUrl: url }),
    );
  }
  if (person.adminSam) administration(today, person, work, explorer);
}

function logons(today: Day, person: Person, work: WorkingDay): void {
  const { random, emit } = today;
  const host = person.workstation;
  const base = { sam: person.sam, sid: person.sid } as const;
  if (random.chance(0.08)) {
    for (let count = random.int(1, 3); count > 0; count--)
      emit(
        'SecurityEvent',
        work.start - count * 9_000,
        logonRow(host, {
          ...base,
          type: 2,
          logonId: '',
          fromAddress: '127.0.0.1',
          fromHost: host.name,
          failed: 'wrong password',
        }),
      );
  }
  const logonId = `0x${random.hex(6)}`;
  emit(
    'SecurityEvent',
    work.start,
    logonRow(host, {
      ...base,
      type: work.where === 'office' ? 2 : 11,
      logonId,
      fromAddress: '127.0.0.1',
      fromHost: host.name,
    }),
  );
  for (let count = random.int(1, 5); count > 0; count--)
    emit(
      'SecurityEvent',
      instantIn(random, work),
      logonRow(host, {
        ...base,
        type: 7,
        logonId: `0x${random.hex(6)}`,
        fromAddress: '127.0.0.1',
        fromHost: host.name,
      }),
    );
}

function openProgram(today: Day, host: Host, explorer: Process, at: number): void {
  const { random, emit } = today;
  const name = random.pick(documents);
  const folder = `C:\\Users\\${explorer.runner.name}\\Documents`;
  const file = random.pick(
    name.endsWith('xlsx') ? ['EXCEL.EXE', 'EXCEL.EXE', 'Acrobat.exe'] : ['WINWORD.EXE', 'notepad.exe', 'msedge.exe'],
  );
  const program = startProcess(random, explorer, {
    file,
    at,
    ...(file === 'msedge.exe' ? {} : { commandLine: `"${file}" "${folder}\\${name}"` }),
  });
  run(today, host, program);
  if (file === 'msedge.exe' && random.chance(0.5)) {
    emit(
      'DeviceFileEvents',
      at + 20_000,
      fileRow(random, host, program, {
        action: 'FileCreated',
        folder: `C:\\Users\\${explorer.runner.name}\\Downloads`,
        file: random.pick(['Ticket.pdf', 'Invoice.pdf', 'Timetable.pdf', 'photo.jpg', 'setup-notes.zip']),
        size: random.int(20_000, 4_000_000),
        originUrl: 'https://ports.example/download',
        originAddress: serviceAddress('ports.example'),
      }),
    );
  }
  for (let count = random.int(1, 3); count > 0; count--) {
    emit(
      'DeviceFileEvents',
      at + random.int(1, 25) * minute,
      fileRow(random, host, program, {
        action: random.pick(['FileModified', 'FileCreated', 'FileRenamed']),
        folder,
        file: random.chance(0.5) ? name : `~$${name}`,
        size: random.int(8_000, 900_000),
      }),
    );
  }
  if (random.chance(0.02)) {
    const archive = startProcess(random, explorer, {
      file: '7z.exe',
      at: at + 2 * minute,
      commandLine: `"C:\\Program Files\\7-Zip\\7z.exe" a "${folder}\\for-customer.zip" "${folder}\\Manifest.xlsx"`,
    });
    run(today, host, archive);
    emit(
      'DeviceFileEvents',
      at + 2 * minute + 3_000,
      fileRow(random, host, archive, {
        action: 'FileCreated',
        folder,
        file: 'for-customer.zip',
        size: random.int(30_000, 400_000),
      }),
    );
  }
}

/** The IT team's honest PowerShell, remote desktop sessions and look-ups, which a hunter must be able to tell apart. */
function administration(today: Day, person: Person, work: WorkingDay, explorer: Process): void {
  const { random } = today;
  const host = person.workstation;
  const console = startProcess(random, explorer, {
    file: 'powershell.exe',
    at: work.start + hour,
    integrity: 'High',
    commandLine: '"C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe" -NoLogo',
  });
  run(today, host, console);
  const commands: [string, string][] = [
    ['whoami.exe', 'whoami'],
    ['ipconfig.exe', 'ipconfig /flushdns'],
    ['net.exe', 'net user /domain helen.test'],
    ['nltest.exe', 'nltest /dsgetdc:fernhill.example'],
    ['gpupdate.exe', 'gpupdate /force'],
    ['ping.exe', 'ping fh-fs01'],
    ['quser.exe', 'quser /server:fh-app01'],
    ['powershell.exe', 'powershell.exe -NoProfile -File \\\\fh-mgmt01\\scripts\\Get-StaleComputers.ps1'],
    ['schtasks.exe', 'schtasks /query /s fh-bkp01 /fo csv'],
    ['certutil.exe', 'certutil -verify -urlfetch C:\\Temp\\gateway.cer'],
    ['robocopy.exe', 'robocopy \\\\fh-fs01\\Install C:\\Temp\\Install /MIR'],
  ];
  for (let count = random.int(4, 9); count > 0; count--) {
    const [file, commandLine] = random.pick(commands);
    run(
      today,
      host,
      startProcess(random, console, {
        file,
        commandLine,
        at: Math.max(console.created + minute, instantIn(random, work)),
      }),
    );
  }
  if (random.chance(0.6))
    run(
      today,
      host,
      startProcess(random, explorer, {
        file: 'mstsc.exe',
        commandLine: 'mstsc.exe /v:fh-mgmt01',
        at: instantIn(random, work),
      }),
    );
}
