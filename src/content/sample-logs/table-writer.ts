import { open, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { sampleColumns } from './columns';
import { day, type Row, type SampleTable } from './row';

interface Pending {
  time: number;
  row: Row;
}

/** One table's NDJSON file; holds the records of the days that are not flushed yet, and no more. */
export interface TableWriter {
  name: SampleTable;
  add(time: number, row: Row): void;
  /** Writes everything before `end` in the order of time. */
  flush(end: number): Promise<void>;
  /** The file appears under its name only here, when it is whole. */
  close(): Promise<number>;
  /** Leaves nothing behind; for when the disk is full or another table failed. */
  discard(): Promise<void>;
}

export async function createTableWriter(folder: string, name: SampleTable): Promise<TableWriter> {
  const target = path.join(folder, `${name}.ndjson`);
  const file = await open(`${target}.part`, 'w');
  const secondTime = secondTimeColumn(name);
  const pending = new Map<number, Pending[]>();
  let rows = 0;

  function line(item: Pending): string {
    const time = new Date(item.time).toISOString();
    const values = { TimeGenerated: time, Type: name, ...(secondTime ? { [secondTime]: time } : {}), ...item.row };
    return JSON.stringify(rows === 0 ? withEveryColumn(name, values) : values);
  }

  return {
    name,
    add(time, row) {
      const key = Math.floor(time / day);
      const list = pending.get(key);
      if (list) list.push({ time, row });
      else pending.set(key, [{ time, row }]);
    },
    async flush(end) {
      const keys = [...pending.keys()].filter((key) => key * day < end).sort((left, right) => left - right);
      for (const key of keys) {
        const list = pending.get(key) ?? [];
        pending.delete(key);
        list.sort((left, right) => left.time - right.time);
        let text = '';
        for (const item of list) {
          text += `${line(item)}\n`;
          rows += 1;
        }
        await file.appendFile(text);
      }
    },
    async close() {
      await file.close();
      await rename(`${target}.part`, target);
      return rows;
    },
    async discard() {
      await file.close();
      await rm(`${target}.part`, { force: true });
    },
  };
}

function secondTimeColumn(name: SampleTable): string | undefined {
  if (name.startsWith('Device')) return 'Timestamp';
  return { SigninLogs: 'CreatedDateTime', AuditLogs: 'ActivityDateTime', Syslog: 'EventTime' }[name as string];
}

/** Readers learn a file's columns from its beginning, so the first record names them all. */
function withEveryColumn(name: SampleTable, values: Row): Row {
  const full: Row = {};
  for (const [column, type] of sampleColumns[name]) full[column] = values[column] ?? (type === 'string' ? '' : null);
  return full;
}
