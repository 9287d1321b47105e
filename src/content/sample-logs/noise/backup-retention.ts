import type { Day } from '../company';
import { hostNamed } from '../hosts';
import { hour, second } from '../row';
import { fileRow } from '../rows/device';
import { domainRunner, startProcess } from '../rows/process';
import { serviceSid } from '../sids';
import { run } from './desktop-session';

/** After the night's backup the program deletes what is older than it has to keep: six files. */
export function backupRetention(today: Day): void {
  const { random, emit, company } = today;
  const host = hostNamed(company.hosts, 'FH-BKP01');
  const prune = startProcess(random, null, {
    file: 'njbackup.exe',
    at: today.start + 4 * hour,
    commandLine: '"C:\\Program Files\\Nightjar\\Backup\\njbackup.exe" prune --keep 14',
    runner: domainRunner({ sam: 'svc-backup', sid: serviceSid(0) }),
    integrity: 'High',
  });
  run(today, host, prune);
  for (let part = 0; part < 6; part++)
    emit(
      'DeviceFileEvents',
      prune.created + (20 + part * 7) * second,
      fileRow(random, host, prune, {
        action: 'FileDeleted',
        folder: 'E:\\Backup\\old',
        file: `nightly-${part}.njb`,
        size: random.int(2e9, 6e9),
      }),
    );
}
