export type JsonValue = null | boolean | number | string | JsonValue[] | { [key: string]: JsonValue };

/** One record without its time and table name. */
export type Row = Record<string, JsonValue>;

export type SampleTable =
  | 'SigninLogs'
  | 'AuditLogs'
  | 'SecurityEvent'
  | 'DeviceProcessEvents'
  | 'DeviceNetworkEvents'
  | 'DeviceFileEvents'
  | 'OfficeActivity'
  | 'Syslog';

/** Takes a record; `time` is in milliseconds. Records outside the sample's span are left out. */
export type Emit = (table: SampleTable, time: number, row: Row) => void;

export const second = 1_000;
export const minute = 60_000;
export const hour = 3_600_000;
export const day = 86_400_000;
