import { domain } from '../company';
import type { Host } from '../hosts';
import { createRandom, type Random } from '../random';
import { day, type Row } from '../row';
import { programOf } from './programs';

/** Who runs a process. */
export interface Runner {
  name: string;
  domain: string;
  sid: string;
  upn: string;
}

/** A running process; its chain of parents is what ties the Device tables together. */
export interface Process {
  id: number;
  /** File name with its case, as on the disk. */
  file: string;
  /** Full path. */
  path: string;
  commandLine: string;
  created: number;
  runner: Runner;
  integrity: 'Low' | 'Medium' | 'High' | 'System';
  parent: Process | null;
  /** Name the program was built under, where the file was renamed. */
  originalName?: string;
  /** Another file name with the same content, where the file is a copy. */
  copyOf?: string;
  /** Address at the other end of a remote desktop session. */
  remoteAddress?: string;
}

export const system: Runner = { name: 'system', domain: 'nt authority', sid: 'S-1-5-18', upn: '' };

export function domainRunner(account: { sam: string; sid: string; upn?: string }): Runner {
  return { name: account.sam, domain: domain.netbios.toLowerCase(), sid: account.sid, upn: account.upn ?? '' };
}

export interface Start {
  file: string;
  commandLine?: string;
  at: number;
  /** Folder, where it is not the program's usual one. */
  folder?: string;
  runner?: Runner;
  integrity?: Process['integrity'];
  originalName?: string;
  copyOf?: string;
}

export function startProcess(random: Random, parent: Process | null, start: Start): Process {
  const folder = start.folder ?? programOf(start.file).folder;
  const path = `${folder}\\${start.file}`;
  const remote = parent?.remoteAddress;
  return {
    id: random.int(250, 7900) * 4,
    file: start.file,
    path,
    commandLine: start.commandLine ?? (path.includes(' ') ? `"${path}"` : path),
    created: start.at,
    runner: start.runner ?? parent?.runner ?? system,
    integrity: start.integrity ?? parent?.integrity ?? 'System',
    parent,
    ...(start.originalName ? { originalName: start.originalName } : {}),
    ...(start.copyOf ? { copyOf: start.copyOf } : {}),
    ...(remote ? { remoteAddress: remote } : {}),
  };
}

export function processRow(random: Random, host: Host, process: Process): Row {
  const program = programOf(process.originalName ?? process.file);
  return {
    DeviceId: host.deviceId,
    DeviceName: host.fqdn,
    ActionType: 'ProcessCreated',
    FileName: process.file,
    FolderPath: process.path,
    SHA1: fileHash(process, 40),
    SHA256: fileHash(process, 64),
    FileSize: program.size,
    ProcessVersionInfoCompanyName: program.company,
    ProcessVersionInfoProductName: program.product,
    ProcessVersionInfoOriginalFileName: process.originalName ?? (program.company ? process.file : ''),
    ProcessId: process.id,
    ProcessCommandLine: process.commandLine,
    ProcessIntegrityLevel: process.integrity,
    ProcessTokenElevation: process.integrity === 'High' ? 'TokenElevationTypeFull' : 'TokenElevationTypeDefault',
    ProcessCreationTime: new Date(process.created).toISOString(),
    AccountDomain: process.runner.domain,
    AccountName: process.runner.name,
    AccountSid: process.runner.sid,
    AccountUpn: process.runner.upn,
    LogonId: process.integrity === 'System' ? 999 : logonOf(process),
    ...initiatorOf(process.parent ?? bootProcess(process.created)),
    ReportId: random.int(1_000, 900_000),
    AdditionalFields: process.remoteAddress ? { IsRemoteSession: true, RemoteSessionIP: process.remoteAddress } : {},
  };
}

/** The columns about the process that did it, alike in all Device tables. */
export function initiatorOf(process: Process): Row {
  const { runner, parent } = process;
  return {
    InitiatingProcessAccountDomain: runner.domain,
    InitiatingProcessAccountName: runner.name,
    InitiatingProcessAccountSid: runner.sid,
    InitiatingProcessAccountUpn: runner.upn,
    InitiatingProcessFileName: process.file,
    InitiatingProcessFolderPath: process.path,
    InitiatingProcessId: process.id,
    InitiatingProcessCommandLine: process.commandLine,
    InitiatingProcessCreationTime: new Date(process.created).toISOString(),
    InitiatingProcessIntegrityLevel: process.integrity,
    InitiatingProcessSHA256: fileHash(process, 64),
    InitiatingProcessVersionInfoOriginalFileName: process.originalName ?? process.file,
    InitiatingProcessParentFileName: parent?.file ?? 'services.exe',
    InitiatingProcessParentId: parent?.id ?? 708,
  };
}

/** What everything began with that has no better parent: the service manager, since the machine's last start. */
function bootProcess(before: number): Process {
  const created = Math.floor(before / day) * day - day;
  return {
    id: 708,
    file: 'services.exe',
    path: `${programOf('services.exe').folder}\\services.exe`,
    commandLine: 'C:\\Windows\\system32\\services.exe',
    created,
    runner: system,
    integrity: 'System',
    parent: null,
  };
}

/** The kernel, process 4: what a file server's shares are written by. */
export function kernelProcess(before: number): Process {
  return { ...bootProcess(before), id: 4, file: 'System', path: 'System', commandLine: '' };
}

const hashes = new Map<string, string>();

/** The same program has the same hash everywhere; a renamed one keeps the hash of what it is. */
function fileHash(process: Process, digits: 40 | 64): string {
  return hashOfFile((process.copyOf ?? process.originalName ?? process.file).toLowerCase(), digits);
}

export function hashOfFile(identity: string, digits: 40 | 64): string {
  const key = `${digits} ${identity}`;
  const known = hashes.get(key);
  if (known) return known;
  const made = createRandom(0, key).hex(digits);
  if (hashes.size < 2_000) hashes.set(key, made);
  return made;
}

/** One logon session for each person and day. */
function logonOf(process: Process): number {
  return 100_000 + (Number(process.runner.sid.slice(-4)) || 1) * 37 + Math.floor(process.created / 86_400_000);
}
