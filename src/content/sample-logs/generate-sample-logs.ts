import { mkdir } from 'node:fs/promises';
import { setImmediate } from 'node:timers/promises';
import { type Company, createCompany, type Day } from './company';
import { emitIntrusion } from './intrusion';
import { backupRetention } from './noise/backup-retention';
import { directoryChanges } from './noise/directory-changes';
import { domainControllers } from './noise/domain-controllers';
import { hostileText } from './noise/hostile-text';
import { linuxHosts } from './noise/linux-hosts';
import { mailAndFiles } from './noise/mail-and-files';
import { servers } from './noise/servers';
import { signIns } from './noise/sign-ins';
import { trackingApplication } from './noise/tracking-application';
import { workstations } from './noise/workstations';
import { createRandom } from './random';
import { day, type Emit, type SampleTable } from './row';
import { createTableWriter, type TableWriter } from './table-writer';

/** Raised with every change of what is generated: samples of an earlier number are written again. */
export const sampleVersion = 2;

export interface SampleLogsOptions {
  /** End of the sample; everything in it happened before. */
  now: Date;
  /** Another seed gives other people, addresses and noise around the same intrusion. */
  seed?: number;
  /** 10 to 90, 30 when left out. */
  days?: number;
  /** Called after each day; `share` grows to 1. */
  onProgress?: (share: number) => void;
}

const noise: Record<string, (today: Day) => void> = {
  signIns,
  directoryChanges,
  mailAndFiles,
  workstations,
  servers,
  domainControllers,
  linuxHosts,
  hostileText,
  trackingApplication,
  backupRetention,
};

const tables: SampleTable[] = [
  'SigninLogs',
  'AuditLogs',
  'SecurityEvent',
  'DeviceProcessEvents',
  'DeviceNetworkEvents',
  'DeviceFileEvents',
  'OfficeActivity',
  'Syslog',
];

/**
 * Writes `<Table>.ndjson` for every table into `folder`, about 10,000 records for each day. Holds two days in memory.
 * The same `now`, `seed` and `days` give the same bytes. Throws RangeError for `days` out of range, in which the
 * intrusion would not fit. Where writing fails nothing half-written stays behind.
 */
export async function generateSampleLogs(
  folder: string,
  options: SampleLogsOptions,
): Promise<{ tables: { name: SampleTable; rows: number }[] }> {
  const days = options.days ?? 30;
  if (!Number.isInteger(days) || days < 10 || days > 90)
    throw new RangeError('days must be a whole number from 10 to 90');
  const seed = options.seed ?? 1;
  const now = options.now.getTime();
  const first = now - days * day;
  await mkdir(folder, { recursive: true });
  const writers = new Map<SampleTable, TableWriter>();
  const emit: Emit = (table, time, row) => {
    if (time >= first && time < now) writers.get(table)?.add(Math.floor(time), row);
  };

  try {
    return { tables: await writeAll() };
  } catch (error) {
    await Promise.allSettled([...writers.values()].map((writer) => writer.discard()));
    throw error;
  }

  async function writeAll(): Promise<{ name: SampleTable; rows: number }[]> {
    for (const name of tables) writers.set(name, await createTableWriter(folder, name));
    const company = createCompany(seed);
    emitIntrusion(company, options.now, emit);
    const firstMidnight = Math.floor(first / day) * day;
    for (let start = firstMidnight; start < now; start += day) {
      emitDay(company, start, Math.round((start - firstMidnight) / day), emit);
      for (const writer of writers.values()) await writer.flush(start);
      options.onProgress?.(Math.min(1, (start + day - firstMidnight) / (now - firstMidnight)));
      await setImmediate();
    }
    const written: { name: SampleTable; rows: number }[] = [];
    for (const writer of writers.values()) {
      await writer.flush(Number.POSITIVE_INFINITY);
      written.push({ name: writer.name, rows: await writer.close() });
    }
    return written;
  }
}

function emitDay(company: Company, start: number, index: number, emit: Emit): void {
  const weekday = new Date(start).getUTCDay();
  for (const [label, make] of Object.entries(noise)) {
    const random = createRandom(company.seed, `${label} ${start / day}`);
    make({ company, random, start, index, isWeekend: weekday === 0 || weekday === 6, emit });
  }
}
