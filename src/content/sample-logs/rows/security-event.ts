import { domain } from '../company';
import type { Host } from '../hosts';
import type { Row } from '../row';

/** Windows' own one-line names of the events used here. */
const activities: Record<number, string> = {
  1102: 'The audit log was cleared',
  4624: 'An account was successfully logged on',
  4625: 'An account failed to log on',
  4634: 'An account was logged off',
  4662: 'An operation was performed on an object',
  4672: 'Special privileges assigned to new logon',
  4688: 'A new process has been created',
  4697: 'A service was installed in the system',
  4698: 'A scheduled task was created',
  4702: 'A scheduled task was updated',
  4720: 'A user account was created',
  4728: 'A member was added to a security-enabled global group',
  4724: "An attempt was made to reset an account's password",
  4740: 'A user account was locked out',
  4768: 'A Kerberos authentication ticket (TGT) was requested',
  4769: 'A Kerberos service ticket was requested',
  4771: 'Kerberos pre-authentication failed',
  4776: 'The domain controller attempted to validate the credentials for an account',
  5140: 'A network share object was accessed',
};

const logonTypes: Record<number, string> = {
  2: '2 - Interactive',
  3: '3 - Network',
  4: '4 - Batch',
  5: '5 - Service',
  7: '7 - Unlock',
  10: '10 - RemoteInteractive',
  11: '11 - CachedInteractive',
};

export function securityRow(host: Host, eventId: number, columns: Row): Row {
  const name = activities[eventId];
  if (!name) throw new RangeError(`no name for event ${eventId}`);
  return {
    Computer: `${host.name}.${domain.dns}`,
    EventID: eventId,
    Activity: `${eventId} - ${name}`,
    Channel: 'Security',
    EventSourceName: eventId === 1102 ? 'Microsoft-Windows-Eventlog' : 'Microsoft-Windows-Security-Auditing',
    ...columns,
  };
}

export interface Logon {
  sam: string;
  sid: string;
  type: 2 | 3 | 4 | 5 | 7 | 10 | 11;
  logonId: string;
  fromAddress?: string;
  fromHost?: string;
  /** NTLM or Kerberos. */
  package?: 'NTLM' | 'Kerberos' | 'Negotiate';
  failed?: 'wrong password' | 'no such user' | 'locked out';
}

const failures = {
  'wrong password': { SubStatus: '0xc000006a', FailureReason: '%%2313' },
  'no such user': { SubStatus: '0xc0000064', FailureReason: '%%2313' },
  'locked out': { SubStatus: '0xc0000234', FailureReason: '%%2307' },
} as const;

/** Event 4624, or 4625 where it failed. */
export function logonRow(host: Host, logon: Logon): Row {
  const account = `${domain.netbios}\\${logon.sam}`;
  return securityRow(host, logon.failed ? 4625 : 4624, {
    Account: account,
    AccountType: logon.sam.endsWith('$') ? 'Machine' : 'User',
    SubjectUserName: logon.type === 3 ? '-' : `${host.name}$`,
    SubjectDomainName: logon.type === 3 ? '-' : domain.netbios,
    SubjectLogonId: logon.type === 3 ? '0x0' : '0x3e7',
    TargetAccount: account,
    TargetUserName: logon.sam,
    TargetDomainName: domain.netbios,
    TargetUserSid: logon.failed ? 'S-1-0-0' : logon.sid,
    TargetLogonId: logon.failed ? '' : logon.logonId,
    LogonType: logon.type,
    LogonTypeName: logonTypes[logon.type] ?? '',
    LogonProcessName: logon.type === 3 ? (logon.package === 'NTLM' ? 'NtLmSsp ' : 'Kerberos') : 'User32 ',
    AuthenticationPackageName: logon.package ?? 'Negotiate',
    IpAddress: logon.fromAddress ?? '-',
    IpPort: logon.fromAddress ? '0' : '-',
    WorkstationName: logon.fromHost ?? '-',
    ...(logon.failed ? { Status: '0xc000006d', ...failures[logon.failed] } : {}),
  });
}

/** The columns that say who did it. */
export function subject(account: { sam: string; sid: string }, logonId: string): Row {
  return {
    Account: `${domain.netbios}\\${account.sam}`,
    AccountType: account.sam.endsWith('$') ? 'Machine' : 'User',
    SubjectUserName: account.sam,
    SubjectDomainName: domain.netbios,
    SubjectUserSid: account.sid,
    SubjectLogonId: logonId,
  };
}
