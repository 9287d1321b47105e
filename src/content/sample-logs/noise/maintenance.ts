import type { Day } from '../company';
import { hour, minute } from '../row';
import { logonRow, securityRow, subject } from '../rows/security-event';
import { taskRow } from '../rows/task';
import { serviceSid } from '../sids';

/** Wednesday's maintenance: the deployment account installs the agents' services and their scheduled tasks. */
export function maintenance(today: Day): void {
  const { random, emit, company } = today;
  const account = { sam: 'svc-deploy', sid: serviceSid(3) };
  for (const host of company.hosts.servers) {
    const at = today.start + 20 * hour + random.int(0, 90) * minute;
    const logonId = `0x${random.hex(6)}`;
    emit(
      'SecurityEvent',
      at,
      logonRow(host, {
        ...account,
        type: 3,
        logonId,
        fromAddress: '10.20.1.44',
        fromHost: 'FH-WSUS01',
        package: 'Kerberos',
      }),
    );
    emit(
      'SecurityEvent',
      at + 4_000,
      securityRow(host, 4697, {
        ...subject(account, logonId),
        ServiceName: 'TidewaterAgent',
        ServiceFileName: '"C:\\Program Files\\Tidewater\\Agent\\tw-agent.exe" --service',
        ServiceType: '0x10',
        ServiceStartType: 2,
        ServiceAccount: 'LocalSystem',
      }),
    );
    emit(
      'SecurityEvent',
      at + 9_000,
      taskRow(host, account, logonId, {
        id: 4702,
        name: '\\Tidewater\\Inventory',
        command: 'C:\\Program Files\\Tidewater\\Agent\\tw-agent.exe',
        arguments: '--inventory',
        runAs: 'S-1-5-18',
      }),
    );
  }
}
