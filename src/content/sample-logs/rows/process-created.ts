import { domain } from '../company';
import type { Host } from '../hosts';
import type { Random } from '../random';
import type { Row } from '../row';
import type { Process } from './process';
import { securityRow, subject } from './security-event';

/** Event 4688 of a process that Defender has recorded too: its ids are the same numbers in hexadecimal. */
export function processCreatedRow(random: Random, host: Host, process: Process): Row {
  const { runner, parent } = process;
  const isSystem = runner.sid === 'S-1-5-18';
  return securityRow(host, 4688, {
    ...subject(
      { sam: isSystem ? `${host.name}$` : runner.name, sid: runner.sid },
      isSystem ? '0x3e7' : `0x${random.hex(6)}`,
    ),
    SubjectDomainName: domain.netbios,
    NewProcessId: `0x${process.id.toString(16)}`,
    NewProcessName: process.path,
    Process: process.file,
    CommandLine: process.commandLine,
    ParentProcessName: parent?.path ?? 'C:\\Windows\\System32\\services.exe',
    ProcessId: `0x${(parent?.id ?? 708).toString(16)}`,
  });
}
