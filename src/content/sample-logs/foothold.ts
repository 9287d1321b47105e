import { type Company, personNamed } from './company';
import type { Host } from './hosts';
import type { Random } from './random';
import type { Emit, Row, SampleTable } from './row';
import { type FileChange, fileRow, networkRow } from './rows/device';
import { domainRunner, type Process, processRow, type Start, startProcess } from './rows/process';
import { adminSid } from './sids';
import { victims } from './story';

/** One machine in the intruder's hands: what runs there becomes records. */
export interface Foothold {
  host: Host;
  start(parent: Process | null, start: Start): Process;
  connect(process: Process, at: number, address: string, port: number, url?: string): void;
  change(process: Process, at: number, change: FileChange): void;
  put(table: SampleTable, at: number, row: Row): void;
}

export function createFoothold(host: Host, random: Random, emit: Emit): Foothold {
  return {
    host,
    start(parent, start) {
      const process = startProcess(random, parent, start);
      emit('DeviceProcessEvents', start.at, processRow(random, host, process));
      return process;
    },
    connect: (process, at, remoteAddress, remotePort, remoteUrl = '') =>
      emit('DeviceNetworkEvents', at, networkRow(random, host, process, { remoteAddress, remotePort, remoteUrl })),
    change: (process, at, change) => emit('DeviceFileEvents', at, fileRow(random, host, process, change)),
    put: emit,
  };
}

/** The stolen administrator's account. */
export function stolenAccount(company: Company) {
  const admin = personNamed(company, victims.administrator);
  return {
    sam: admin.adminSam ?? '',
    sid: adminSid(admin),
    runner: domainRunner({ sam: admin.adminSam ?? '', sid: adminSid(admin) }),
  };
}
