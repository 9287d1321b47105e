import type { Host } from '../hosts';
import type { Row } from '../row';
import { syslogRow } from './syslog';

/** A line of nginx's access log as it reaches Syslog; `request` without the protocol: `GET /track/`. */
export function webRequest(
  web: Host,
  line: { address: string; request: string; status: number; agent: string; bytes?: number },
): Row {
  return syslogRow(web, {
    facility: 'local7',
    severity: 'info',
    process: 'nginx',
    processId: 812,
    message: `${line.address} - - "${line.request} HTTP/1.1" ${line.status} ${line.bytes ?? 1_402} "-" "${line.agent}"`,
  });
}
