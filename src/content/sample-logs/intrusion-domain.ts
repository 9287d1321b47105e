import { domain } from './company';
import type { Foothold } from './foothold';
import { arrive, newAccountSid, type Stage } from './intrusion-stage';
import { minute, second } from './row';
import { securityRow, subject } from './rows/security-event';
import { intruder, victims } from './story';

/** The password database and an account of the intruder's own. */
export function domainController(stage: Stage, from: Foothold): void {
  const target = stage.machine(victims.domainController);
  const at = stage.clock.at('ntds');
  const logonId = arrive(stage, target, at - 5 * minute, 10, from.host);
  const explorer = {
    ...target.start(null, {
      file: 'explorer.exe',
      at: at - 5 * minute,
      runner: stage.account.runner,
      integrity: 'High',
    }),
    remoteAddress: from.host.address,
  };
  const shell = target.start(explorer, {
    file: 'cmd.exe',
    at: at - minute,
    commandLine: '"C:\\Windows\\System32\\cmd.exe"',
  });
  const copy = target.start(shell, {
    file: 'ntdsutil.exe',
    at,
    commandLine: 'ntdsutil "ac i ntds" "ifm" "create full C:\\Windows\\Temp\\crm" q q',
  });
  target.change(copy, at + 40 * second, {
    action: 'FileCreated',
    folder: 'C:\\Windows\\Temp\\crm\\Active Directory',
    file: 'ntds.dit',
    size: 50_331_648,
  });
  target.change(copy, at + 44 * second, {
    action: 'FileCreated',
    folder: 'C:\\Windows\\Temp\\crm\\registry',
    file: 'SYSTEM',
    size: 17_825_792,
  });

  const made = stage.clock.at('new-account');
  const sid = newAccountSid;
  const by = subject(stage.account, logonId);
  target.start(shell, {
    file: 'net.exe',
    at: made - second,
    commandLine: `net user ${intruder.newAccount} Winter-2026! /add /domain`,
  });
  target.put(
    'SecurityEvent',
    made,
    securityRow(target.host, 4720, {
      ...by,
      TargetAccount: `${domain.netbios}\\${intruder.newAccount}`,
      TargetUserName: intruder.newAccount,
      TargetDomainName: domain.netbios,
      TargetUserSid: sid,
      SamAccountName: intruder.newAccount,
    }),
  );
  target.start(shell, {
    file: 'net.exe',
    at: made + 50 * second,
    commandLine: `net group "Domain Admins" ${intruder.newAccount} /add /domain`,
  });
  target.put(
    'SecurityEvent',
    made + 51 * second,
    securityRow(target.host, 4728, {
      ...by,
      TargetAccount: `${domain.netbios}\\Domain Admins`,
      TargetUserName: 'Domain Admins',
      TargetDomainName: domain.netbios,
      MemberName: `CN=${intruder.newAccount},CN=Users,DC=fernhill,DC=example`,
      MemberSid: sid,
    }),
  );
}
