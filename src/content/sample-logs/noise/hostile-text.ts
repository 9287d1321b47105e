import type { Day } from '../company';
import { hour } from '../row';
import { officeRow } from '../rows/cloud';
import { processRow, startProcess } from '../rows/process';
import { syslogRow } from '../rows/syslog';
import { desktopSession } from './desktop-session';

/** Text that real logs hold because somebody hoped that a screen, a spreadsheet or a chat would obey it. */
const hostile = [
  'cmd.exe /c echo <!channel> <@U123> <!here> @everyone @here <at>Everyone</at>',
  'cmd.exe /c start [click](http://evil.example) <http://evil.example|your report> https://evil.example/a?b=c&d=e',
  `cmd.exe /c echo <script>alert(document.cookie)</script><img src=x onerror=alert(1)> &lt;b&gt;`,
  "cmd.exe /c echo =cmd|' /C calc'!A1 +1+1 -2+3 @SUM(1+1)",
  'cmd.exe /c type "C:\\Users\\Public\\report_\u202Efdp.exe" \u200B\u2066hidden\u2069',
  `cmd.exe /c echo \`\`\`*bold* _italic_ ~gone~ \`code\` | a | b | \\n {{7*7}} $${'{7*7}'} %s %n`,
] as const;

/** One such record a day, in turn, and a very long command line each Monday. */
export function hostileText(today: Day): void {
  const { random, emit, company } = today;
  const person = random.pick(company.people.slice(40));
  const at = today.start + random.around(13, 1) * hour;
  const explorer = desktopSession(random, person, at - hour);
  const text = hostile[today.index % hostile.length] ?? hostile[0];
  emit(
    'DeviceProcessEvents',
    at,
    processRow(random, person.workstation, startProcess(random, explorer, { file: 'cmd.exe', at, commandLine: text })),
  );
  if (new Date(today.start).getUTCDay() === 1) {
    const long = `"C:\\Program Files\\Harbourmaster\\Harbourmaster.exe" --open ${Array.from({ length: 700 }, () => `D:\\Scans\\${random.hex(8)}.tif`).join(' ')}`;
    emit(
      'DeviceProcessEvents',
      at + 60_000,
      processRow(
        random,
        person.workstation,
        startProcess(random, explorer, { file: 'Harbourmaster.exe', at: at + 60_000, commandLine: long }),
      ),
    );
  }
  emit(
    'OfficeActivity',
    at,
    officeRow(random, {
      person,
      operation: 'Send',
      address: person.office.egress,
      workload: 'Exchange',
      item: {
        Subject: random.pick([
          '<!channel> URGENT',
          '=HYPERLINK("http://evil.example","pay")',
          '<b>You won</b> @channel',
          'FW: \u202Exslx.tnemyap',
        ]),
      },
    }),
  );
  const web = company.hosts.linux[1];
  if (web)
    emit(
      'Syslog',
      at,
      syslogRow(web, {
        facility: 'local7',
        severity: 'info',
        process: 'nginx',
        processId: 812,
        message:
          '203.0.113.31 - - "GET /?q=<!everyone><script src=//evil.example/x.js></script> HTTP/1.1" 404 150 "[a](http://evil.example)" "\\x1b[31m"',
      }),
    );
}
