import type { Day } from '../company';
import { hostNamed } from '../hosts';
import { hour, minute, second } from '../row';
import { fileRow, networkRow } from '../rows/device';
import { startProcess } from '../rows/process';
import { webRequest } from '../rows/web-request';
import { tracking, trackingServer } from '../tracking-server';
import { run, serviceAddress } from './desktop-session';

const browsers = [
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) Edg/131.0',
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) Safari/605.1',
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 14_6) Firefox/132.0',
];

/** Customers follow their freight, a monitor asks whether the page is there, and Java does its work behind it. */
export function trackingApplication(today: Day): void {
  requests(today);
  behindThem(today);
}

function requests(today: Day): void {
  const { random, emit, company } = today;
  const web = hostNamed(company.hosts, 'fh-web01');
  for (let count = today.isWeekend ? 8 : 45; count > 0; count--) {
    const at = today.start + random.around(13, 3) * hour;
    const path = random.pick(['/track/', `/track/status?id=FH${random.int(10_000, 99_999)}`, '/track/img/logo.png']);
    const address = `198.51.100.${random.int(1, 190)}`;
    emit('Syslog', at, webRequest(web, { address, request: `GET ${path}`, status: 200, agent: random.pick(browsers) }));
  }
  for (let at = today.start + 7 * minute; at < today.start + 24 * hour; at += 2 * hour)
    emit(
      'Syslog',
      at,
      webRequest(web, {
        address: '192.0.2.5',
        request: 'GET /track/health',
        status: 200,
        agent: 'Lighthouse-Monitor/3',
      }),
    );
}

function behindThem(today: Day): void {
  const { random, emit, company } = today;
  const host = hostNamed(company.hosts, tracking.host);
  const database = hostNamed(company.hosts, 'FH-SQL01');
  const { service, java } = trackingServer(company, today.start);
  run(today, host, service);
  run(today, host, java);
  for (let count = random.int(20, 30); count > 0; count--)
    emit(
      'DeviceNetworkEvents',
      java.created + random.next() * 21 * hour,
      networkRow(random, host, java, { remoteAddress: database.address, remotePort: 1433, remoteUrl: database.fqdn }),
    );
  for (let count = random.int(4, 8); count > 0; count--)
    emit(
      'DeviceNetworkEvents',
      java.created + random.next() * 21 * hour,
      networkRow(random, host, java, {
        remoteAddress: serviceAddress('api.harbourmaster.example'),
        remotePort: 443,
        remoteUrl: 'api.harbourmaster.example',
      }),
    );
  const report = startProcess(random, java, {
    file: 'cmd.exe',
    at: today.start + 5 * hour + random.int(0, 9) * second,
    commandLine: 'cmd.exe /c D:\\App\\bin\\nightly-report.cmd',
  });
  run(today, host, report);
  if (new Date(today.start).getUTCDay() === 2) newVersion(today);
}

/** Tuesday's new version comes as one file, which Java unpacks into its pages. */
function newVersion(today: Day): void {
  const { random, emit, company } = today;
  const host = hostNamed(company.hosts, tracking.host);
  const { java } = trackingServer(company, today.start);
  const at = today.start + 15 * hour + random.int(0, 30) * minute;
  const files: [folder: string, file: string, size: number][] = [
    [`${tracking.folder}\\webapps`, 'track.war', 18_400_000],
    [tracking.pages, 'index.jsp', 9_120],
    [tracking.pages, 'status.jsp', 14_480],
  ];
  for (const [index, [folder, file, size]] of files.entries())
    emit(
      'DeviceFileEvents',
      at + index * 4 * second,
      fileRow(random, host, java, { action: 'FileCreated', folder, file, size }),
    );
}
