import { domain } from './company';
import type { Foothold } from './foothold';
import type { Host } from './hosts';
import { newAccountSid } from './intrusion-stage';
import { minute, second } from './row';
import type { Process } from './rows/process';
import { replicationRow } from './rows/replication';
import { logonRow, securityRow, subject } from './rows/security-event';
import { intruder, type StoryClock } from './story';

/** The workstation's own passwords: its hives are saved, to be read elsewhere. */
export function saveHives(desk: Foothold, shell: Process, clock: StoryClock): void {
  for (const [turn, hive] of ['SAM', 'SYSTEM', 'SECURITY'].entries()) {
    const at = clock.at('hives') + turn * 9 * second;
    const file = `${hive.toLowerCase()}.hiv`;
    const save = desk.start(shell, {
      file: 'reg.exe',
      at,
      commandLine: `reg save HKLM\\${hive} ${intruder.folder}\\${file} /y`,
    });
    desk.change(save, at + second, {
      action: 'FileCreated',
      folder: intruder.folder,
      file,
      size: hive === 'SYSTEM' ? 16_252_928 : 65_536,
    });
  }
}

/** The implant speaks to the domain controller as another controller would, with the new account. */
export function copyHashes(desk: Foothold, implant: Process, controller: Host, clock: StoryClock): void {
  const at = clock.at('replication');
  const account = { sam: intruder.newAccount, sid: newAccountSid };
  const logonId = '0x7d20c4';
  desk.connect(implant, at - 2 * second, controller.address, 135, controller.fqdn);
  desk.connect(implant, at - second, controller.address, 49_667, controller.fqdn);
  desk.put(
    'SecurityEvent',
    at - second,
    logonRow(controller, {
      ...account,
      type: 3,
      logonId,
      fromAddress: desk.host.address,
      fromHost: desk.host.name,
      package: 'NTLM',
    }),
  );
  desk.put(
    'SecurityEvent',
    at - second + 40,
    securityRow(controller, 4672, {
      ...subject(account, logonId),
      PrivilegeList: 'SeSecurityPrivilege SeBackupPrivilege SeRestorePrivilege SeDebugPrivilege',
    }),
  );
  for (let turn = 0; turn < 3; turn++)
    desk.put('SecurityEvent', at + turn * minute, replicationRow(controller, account, logonId));
  desk.put(
    'SecurityEvent',
    at + 4 * minute,
    securityRow(controller, 4634, {
      TargetAccount: `${domain.netbios}\\${account.sam}`,
      TargetUserName: account.sam,
      TargetDomainName: domain.netbios,
      TargetUserSid: account.sid,
      TargetLogonId: logonId,
      LogonType: 3,
    }),
  );
}
