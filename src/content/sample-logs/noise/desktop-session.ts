import type { Day } from '../company';
import type { Host } from '../hosts';
import type { Person } from '../people';
import type { Random } from '../random';
import { domainRunner, type Process, processRow, startProcess } from '../rows/process';

/** winlogon -> userinit -> explorer, as after a logon at the screen. */
export function desktopSession(random: Random, person: Person, at: number): Process {
  const winlogon = startProcess(random, null, { file: 'winlogon.exe', at: at - 30_000 });
  const userinit = startProcess(random, winlogon, {
    file: 'userinit.exe',
    at: at - 2_000,
    runner: domainRunner(person),
    integrity: 'Medium',
  });
  return startProcess(random, userinit, { file: 'explorer.exe', at });
}

export function run(today: Pick<Day, 'random' | 'emit'>, host: Host, process: Process): void {
  today.emit('DeviceProcessEvents', process.created, processRow(today.random, host, process));
}

/** Always the same address for a name, in the documentation range that stands for the internet's services. */
export function serviceAddress(url: string): string {
  let sum = 0;
  for (const letter of url) sum = (sum * 31 + letter.charCodeAt(0)) % 60;
  return `198.51.100.${192 + sum}`;
}
