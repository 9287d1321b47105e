import path from 'node:path';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { z } from 'zod';
import { databaseOptions } from '../../../src/engines/duckdb/database-settings';
import { type OpenLogs, openLogs } from '../../../src/engines/duckdb/open-logs';
import { registerScripts } from '../../../src/engines/duckdb/register-scripts';
import { quoteText } from '../../../src/engines/duckdb/sql-text';
import { createViews } from '../../../src/engines/duckdb/table-views';
import { dateToTicks } from '../../../src/engines/duckdb/ticks';
import { compile } from '../../../src/kql/compile';
import type { TableSchema } from '../../../src/kql/compile-input';
import { prelude, scripts } from '../../../src/kql/prelude';
import { lines, makeFolder, removeFolders } from './log-folder';

interface Step {
  name: string;
  filters: string;
  scanned: number;
}

const now = new Date('2026-03-01T00:00:00Z');
const rowsOfHost = 100_000;
const hosts = 8;

let instance: DuckDBInstance;
let connection: DuckDBConnection;
let logs: OpenLogs;
let schemas: TableSchema[];

beforeAll(async () => {
  const folder = await makeFolder(manyFiles());
  const cacheFolder = await makeFolder();
  const options = databaseOptions({
    memoryLimit: '500MB',
    threads: 2,
    temporaryFolder: path.join(cacheFolder, 'spill'),
  });
  instance = await DuckDBInstance.create(':memory:', options);
  connection = await instance.connect();
  await connection.run(`SET TimeZone = 'UTC'`);
  registerScripts(connection, scripts());
  for (const statement of prelude()) await connection.run(statement);
  await makeFolderOfHosts(path.join(folder, 'DeviceProcessEvents'));
  logs = await openLogs({ connection, logs: folder, cacheFolder, onProgress: () => undefined });
  schemas = await createViews(connection, logs.tables);
}, 60_000);

afterAll(async () => {
  connection.closeSync();
  instance.closeSync();
  await removeFolders();
});

function manyFiles(): Record<string, string> {
  const files: Record<string, string> = { 'DeviceProcessEvents/README.md': 'one file for each host' };
  for (let hour = 0; hour < 100; hour++) {
    const time = new Date(now.getTime() - hour * 3_600_000).toISOString();
    files[`SigninLogs/${String(hour).padStart(3, '0')}.ndjson`] = lines({
      TimeGenerated: time,
      UserPrincipalName: `u${hour}`,
    });
  }
  return files;
}

/** Every host's file covers the whole year, in no order. */
async function makeFolderOfHosts(folder: string): Promise<void> {
  for (let host = 0; host < hosts; host++) {
    const file = path.join(folder, `host${host}.parquet`);
    await connection.run(
      `COPY (SELECT make_timestamp_ms(${now.getTime()} - (hash(range) % 31536000000)::BIGINT - 1) AS TimeGenerated, 'host${host}' AS DeviceName, 'cmd.exe' AS FileName
       FROM range(${rowsOfHost})) TO ${quoteText(file)} (FORMAT parquet)`,
    );
  }
}

const Node = z.object({
  operator_name: z.string().default(''),
  operator_rows_scanned: z.coerce.number().default(0),
  extra_info: z.record(z.string(), z.unknown()).default({}),
  get children() {
    return z.array(Node).default([]);
  },
});

/** The steps of a query that really ran, from the top. */
async function plan(text: string, range?: { from: Date; to: Date }): Promise<Step[]> {
  const ticks = range && { from: dateToTicks(range.from), to: dateToTicks(range.to) };
  const { sql } = compile({ text, tables: schemas, now: dateToTicks(now), ...(ticks ? { range: ticks } : {}) });
  const answer = await connection.runAndReadAll(`EXPLAIN (ANALYZE, FORMAT JSON) ${sql}`);
  return stepsOf(Node.parse(JSON.parse(String(answer.getRows()[0]?.[1]))));
}

function stepsOf(node: z.infer<typeof Node>): Step[] {
  const step = {
    name: node.operator_name.trim(),
    filters: String(node.extra_info.Filters ?? ''),
    scanned: node.operator_rows_scanned,
  };
  return [step, ...node.children.flatMap(stepsOf)];
}

function scans(steps: Step[]): Step[] {
  return steps.filter((step) => /SCAN/.test(step.name) && !/DUMMY|COLUMN_DATA/.test(step.name));
}

test('a hundred files of a table are one scan', async () => {
  expect(logs.tables.map((table) => [table.name, table.rows])).toEqual([
    ['DeviceProcessEvents', hosts * rowsOfHost],
    ['SigninLogs', 100],
  ]);
  const [scan, ...more] = scans(await plan('SigninLogs | summarize count() by UserPrincipalName'));
  expect(more).toEqual([]);
  expect(scan?.scanned).toBe(100);
});

test.each([
  [
    'a range',
    'DeviceProcessEvents | summarize count() by DeviceName',
    { from: new Date(now.getTime() - 86_400_000), to: now },
  ],
  ['ago()', 'DeviceProcessEvents | where TimeGenerated > ago(1d) | summarize count() by DeviceName', undefined],
  [
    'a condition behind other steps',
    'DeviceProcessEvents | extend Day = startofday(TimeGenerated) | where FileName has "cmd" | where TimeGenerated between (ago(1d) .. now()) | summarize count() by DeviceName',
    undefined,
  ],
  ['the other name of the time', 'DeviceProcessEvents | where Timestamp > ago(1d) | count', undefined],
  [
    'a union',
    'union DeviceProcessEvents, SigninLogs | where TimeGenerated > ago(1d) | summarize count() by DeviceName',
    undefined,
  ],
])('the last day of a year reads that day, by %s', async (_, text, range) => {
  const read = scans(await plan(text, range)).filter((scan) => scan.scanned > 100);
  // Blocks of 122,880 rows are read or skipped whole.
  for (const { scanned } of read) expect(scanned).toBeLessThanOrEqual(122_880);
  expect(read.map((scan) => scan.filters)).toEqual([expect.stringMatching(/TimeGenerated\s*>=?\s*\d+/)]);
});

test('rows of the whole table are there after they were put in order', async () => {
  const answer = await connection.runAndReadAll(
    `SELECT DeviceName, count(*), min(FileName), count(DISTINCT __file) FROM logs.main.${logs.tables[0]?.sqlName} GROUP BY 1 ORDER BY 1`,
  );
  expect(answer.getRowsJson()).toEqual(
    Array.from({ length: hosts }, (_, host) => [`host${host}`, String(rowsOfHost), 'cmd.exe', '1']),
  );
});
