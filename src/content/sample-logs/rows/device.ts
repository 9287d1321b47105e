import type { Host } from '../hosts';
import type { Random } from '../random';
import type { JsonValue, Row } from '../row';
import { hashOfFile, initiatorOf, type Process } from './process';

export interface Connection {
  remoteAddress: string;
  remotePort: number;
  remoteUrl?: string;
  action?: 'ConnectionSuccess' | 'ConnectionFailed' | 'InboundConnectionAccepted';
  localPort?: number;
}

export function networkRow(random: Random, host: Host, process: Process, connection: Connection): Row {
  return {
    DeviceId: host.deviceId,
    DeviceName: host.fqdn,
    ActionType: connection.action ?? 'ConnectionSuccess',
    RemoteIP: connection.remoteAddress,
    RemotePort: connection.remotePort,
    RemoteUrl: connection.remoteUrl ?? '',
    RemoteIPType: /^(10|172|192\.168)\./.test(connection.remoteAddress) ? 'Private' : 'Public',
    LocalIP: host.address,
    LocalPort: connection.localPort ?? random.int(49_200, 65_500),
    Protocol: 'Tcp',
    ...initiatorOf(process),
    ReportId: random.int(1_000, 900_000),
    AdditionalFields: {},
  };
}

export interface FileChange {
  action: 'FileCreated' | 'FileModified' | 'FileDeleted' | 'FileRenamed';
  folder: string;
  file: string;
  /** Bytes. */
  size: number;
  originUrl?: string;
  originAddress?: string;
  previousFile?: string;
  requestAccount?: string;
  requestAddress?: string;
  share?: string;
  /** Another file name with the same content, where the file is a copy. */
  copyOf?: string;
  additional?: JsonValue;
}

export function fileRow(random: Random, host: Host, process: Process, change: FileChange): Row {
  const name = change.copyOf ?? change.file;
  const identity = (name.endsWith('.exe') ? name : `${change.folder}\\${name}`).toLowerCase();
  return {
    DeviceId: host.deviceId,
    DeviceName: host.fqdn,
    ActionType: change.action,
    FileName: change.file,
    FolderPath: `${change.folder}\\${change.file}`,
    SHA256: change.action === 'FileDeleted' ? '' : hashOfFile(identity, 64),
    FileSize: change.size,
    FileOriginUrl: change.originUrl ?? '',
    FileOriginIP: change.originAddress ?? '',
    PreviousFileName: change.previousFile ?? (change.action === 'FileRenamed' ? `~${change.file}.tmp` : ''),
    RequestAccountName: change.requestAccount ?? '',
    RequestSourceIP: change.requestAddress ?? '',
    RequestProtocol: change.share ? 'Smb' : 'Local',
    ShareName: change.share ?? '',
    ...initiatorOf(process),
    ReportId: random.int(1_000, 900_000),
    AdditionalFields: change.additional ?? {},
  };
}
