export interface Program {
  folder: string;
  company: string;
  product: string;
  /** Bytes. */
  size: number;
}

const microsoft = 'Microsoft Corporation';
const windows = 'Microsoft® Windows® Operating System';
const system32 = 'C:\\Windows\\System32';
const office = 'C:\\Program Files\\Microsoft Office\\root\\Office16';

const programs = new Map<string, Program>();

add(
  system32,
  microsoft,
  windows,
  'svchost.exe services.exe lsass.exe winlogon.exe userinit.exe taskhostw.exe rundll32.exe cmd.exe conhost.exe certutil.exe bitsadmin.exe',
);
add(
  system32,
  microsoft,
  windows,
  'schtasks.exe whoami.exe net.exe net1.exe nltest.exe ipconfig.exe systeminfo.exe quser.exe wevtutil.exe vssadmin.exe bcdedit.exe reg.exe sc.exe mstsc.exe',
);
add(
  system32,
  microsoft,
  windows,
  'ntdsutil.exe spoolsv.exe sihost.exe dllhost.exe backgroundTaskHost.exe SearchIndexer.exe notepad.exe gpupdate.exe usoclient.exe msiexec.exe wuauclt.exe',
);
add(
  system32,
  microsoft,
  windows,
  'tasklist.exe ping.exe hostname.exe robocopy.exe mmc.exe defrag.exe cleanmgr.exe rdpclip.exe',
);
add(system32, microsoft, windows, 'regsvr32.exe netsh.exe findstr.exe forfiles.exe wbadmin.exe taskkill.exe');
add('C:\\Windows\\Microsoft.NET\\Framework64\\v4.0.30319', microsoft, 'Microsoft® .NET Framework', 'MSBuild.exe');
add('D:\\App\\tomcat\\bin', 'Apache Software Foundation', 'Apache Commons Daemon', 'tomcat9.exe');
add('D:\\App\\jre\\bin', 'Eclipse Adoptium', 'OpenJDK Platform', 'java.exe');
add('C:\\Windows', microsoft, windows, 'explorer.exe');
add(`${system32}\\wbem`, microsoft, windows, 'WmiPrvSE.exe WMIC.exe');
add(`${system32}\\WindowsPowerShell\\v1.0`, microsoft, windows, 'powershell.exe');
add(office, microsoft, 'Microsoft Office', 'OUTLOOK.EXE WINWORD.EXE EXCEL.EXE POWERPNT.EXE');
add('C:\\Program Files (x86)\\Microsoft\\Edge\\Application', microsoft, 'Microsoft Edge', 'msedge.exe');
add('C:\\Program Files\\WindowsApps\\MSTeams', microsoft, 'Microsoft Teams', 'ms-teams.exe');
add('C:\\Program Files\\Microsoft OneDrive', microsoft, 'Microsoft OneDrive', 'OneDrive.exe');
add('C:\\Program Files\\Windows Defender', microsoft, windows, 'MsMpEng.exe MpCmdRun.exe');
add('C:\\Program Files\\Adobe\\Acrobat DC\\Acrobat', 'Adobe Inc.', 'Adobe Acrobat', 'Acrobat.exe');
add('C:\\Program Files\\7-Zip', 'Igor Pavlov', '7-Zip', '7z.exe 7zFM.exe');
add('C:\\Program Files\\Tidewater\\Agent', 'Tidewater Systems', 'Tidewater Remote Management', 'tw-agent.exe');
add('C:\\Program Files\\Harbourmaster', 'Harbourmaster Ltd', 'Harbourmaster Freight', 'Harbourmaster.exe HmUpdate.exe');
add('C:\\Program Files\\Nightjar\\Backup', 'Nightjar Software', 'Nightjar Backup', 'njbackup.exe');
add('C:\\Program Files\\Microsoft SQL Server\\MSSQL16\\MSSQL\\Binn', microsoft, 'Microsoft SQL Server', 'sqlservr.exe');
add('C:\\Program Files\\Microsoft VS Code', microsoft, 'Visual Studio Code', 'Code.exe');
add('C:\\Program Files\\Git\\cmd', 'The Git Development Community', 'Git', 'git.exe');

/** Where a program lives and who made it; a file nobody knows has neither maker nor product. */
export function programOf(file: string): Program {
  return programs.get(file.toLowerCase()) ?? { folder: system32, company: '', product: '', size: 412_160 };
}

function add(folder: string, company: string, product: string, files: string): void {
  for (const file of files.split(' '))
    programs.set(file.toLowerCase(), { folder, company, product, size: 40_960 + file.length * 31_337 });
}
