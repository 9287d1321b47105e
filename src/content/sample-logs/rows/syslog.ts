import type { Host } from '../hosts';
import type { Row } from '../row';

export interface SyslogLine {
  facility: 'auth' | 'authpriv' | 'cron' | 'daemon' | 'kern' | 'user' | 'syslog' | 'local7';
  severity: 'info' | 'notice' | 'warning' | 'err' | 'crit';
  process: string;
  processId: number;
  message: string;
}

export function syslogRow(host: Host, line: SyslogLine): Row {
  return {
    Computer: host.name,
    HostName: host.name,
    HostIP: host.address,
    Facility: line.facility,
    SeverityLevel: line.severity,
    ProcessName: line.process,
    ProcessID: line.processId,
    SyslogMessage: line.message,
    CollectorHostName: 'fh-edge01',
    SourceSystem: 'Linux',
  };
}
