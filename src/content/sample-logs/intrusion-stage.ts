import type { Company } from './company';
import type { Foothold, stolenAccount } from './foothold';
import type { Random } from './random';
import type { Process } from './rows/process';
import { logonRow, securityRow, subject } from './rows/security-event';
import type { StoryClock } from './story';

/** What every act of the intrusion on the servers needs. */
export interface Stage {
  company: Company;
  clock: StoryClock;
  random: Random;
  account: ReturnType<typeof stolenAccount>;
  desk: Foothold;
  shell: Process;
  machine(name: string): Foothold;
}

/** Of the account that the intruder makes. */
export const newAccountSid = 'S-1-5-21-2041187693-1187402311-3380925641-3127';

/** A logon over the network with special privileges, as the target records it. */
export function arrive(
  stage: Stage,
  target: Foothold,
  at: number,
  type: 3 | 10,
  from: { address: string; name: string },
): string {
  const logonId = `0x${stage.random.hex(6)}`;
  target.put(
    'SecurityEvent',
    at,
    logonRow(target.host, {
      sam: stage.account.sam,
      sid: stage.account.sid,
      type,
      logonId,
      fromAddress: from.address,
      fromHost: from.name,
      package: type === 3 ? 'NTLM' : 'Negotiate',
    }),
  );
  target.put(
    'SecurityEvent',
    at + 40,
    securityRow(target.host, 4672, {
      ...subject(stage.account, logonId),
      PrivilegeList: 'SeSecurityPrivilege SeBackupPrivilege SeRestorePrivilege SeDebugPrivilege',
    }),
  );
  return logonId;
}
