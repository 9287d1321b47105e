import { createHash } from 'node:crypto';
import { createReadStream, existsSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { DuckDBConnection } from '@duckdb/node-api';
import { sampleColumns } from '../../src/content/sample-logs/columns';
import { generateSampleLogs } from '../../src/content/sample-logs/generate-sample-logs';
import { day } from '../../src/content/sample-logs/row';
import { createStoryClock, intruder, story } from '../../src/content/sample-logs/story';

const now = new Date('2026-11-24T15:30:00Z');
const duckTypes = { datetime: 'TIMESTAMP', dynamic: 'JSON', long: 'BIGINT', int: 'INTEGER', bool: 'BOOLEAN' } as const;

let folder: string;
let written: Awaited<ReturnType<typeof generateSampleLogs>>;
let database: DuckDBConnection;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'talbot-sample-'));
  written = await generateSampleLogs(folder, { now });
  database = await DuckDBConnection.create();
  for (const [table, columns] of Object.entries(sampleColumns)) {
    const types = [...columns].map(
      ([name, type]) => `'${name}': '${duckTypes[type as keyof typeof duckTypes] ?? 'VARCHAR'}'`,
    );
    const file = path.join(folder, `${table}.ndjson`);
    await database.run(`CREATE TABLE ${table} AS FROM read_ndjson('${file}', columns = {${types.join(', ')}})`);
  }
});

afterAll(async () => {
  database.closeSync();
  await rm(folder, { recursive: true });
});

async function value(sql: string): Promise<unknown> {
  const reader = await database.runAndReadAll(sql);
  const first = reader.getRowsJson()[0]?.[0];
  return typeof first === 'string' && /^\d+$/.test(first) ? Number(first) : first;
}

async function fileHashes(target: string): Promise<string[]> {
  return Promise.all(
    Object.keys(sampleColumns).map(async (table) => {
      const hash = createHash('sha256');
      for await (const chunk of createReadStream(path.join(target, `${table}.ndjson`))) hash.update(chunk);
      return hash.digest('hex');
    }),
  );
}

describe('the sample logs', () => {
  it('are a few hundred thousand records, all before now and within thirty days', async () => {
    const total = written.tables.reduce((sum, table) => sum + table.rows, 0);
    expect(total).toBeGreaterThan(250_000);
    expect(total).toBeLessThan(450_000);
    for (const { name, rows } of written.tables) {
      expect(await value(`SELECT count(*) FROM ${name}`)).toBe(rows);
      expect(rows).toBeGreaterThan(2_000);
      const outside = `TimeGenerated >= '${now.toISOString()}' OR TimeGenerated < '${new Date(now.getTime() - 30 * day).toISOString()}'`;
      expect(await value(`SELECT count(*) FROM ${name} WHERE ${outside}`)).toBe(0);
    }
  });

  it('are the same for the same seed and moment, and others for another seed', async () => {
    const make = async (seed: number) => {
      const target = await mkdtemp(path.join(tmpdir(), 'talbot-sample-'));
      await generateSampleLogs(target, { now, seed, days: 10 });
      const hashes = await fileHashes(target);
      await rm(target, { recursive: true });
      return hashes;
    };
    const [first, again, other] = [await make(5), await make(5), await make(6)];
    expect(again).toEqual(first);
    for (const [index, hash] of other.entries()) expect(hash).not.toBe(first[index]);
  });

  it('refuse a span in which the intrusion would not fit', async () => {
    await expect(generateSampleLogs(folder, { now, days: 9 })).rejects.toThrow(RangeError);
  });

  it('leave nothing half-written when the disk refuses', async () => {
    const target = await mkdtemp(path.join(tmpdir(), 'talbot-sample-'));
    await mkdir(path.join(target, 'SecurityEvent.ndjson.part'));
    await expect(generateSampleLogs(target, { now, days: 10 })).rejects.toThrow('EISDIR');
    expect(await readdir(target)).toEqual(['SecurityEvent.ndjson.part']);
    await rm(target, { recursive: true });
  });

  it('hold no column that the generator does not declare, and every declared column is used', async () => {
    for (const [table, columns] of Object.entries(sampleColumns)) {
      const file = path.join(folder, `${table}.ndjson`);
      const reader = await database.runAndReadAll(
        `SELECT DISTINCT unnest(json_keys(json)) FROM read_ndjson_objects('${file}') ORDER BY 1`,
      );
      expect(reader.getRowsJson().map(([name]) => name)).toEqual([...columns.keys()].sort());
      for (const [column, type] of columns) {
        const empty = type === 'string' ? `nullif("${column}", '')` : `"${column}"`;
        expect([column, await value(`SELECT count(${empty}) > 0 FROM ${table}`)]).toEqual([column, true]);
      }
    }
  });

  it('have the columns and types of the real tables', () => {
    const schemaFile = path.join(__dirname, '../../../shared/kql/log-analytics-tables.csv.gz');
    if (!existsSync(schemaFile)) {
      console.warn('left out: no list of the real tables on this machine');
      return;
    }
    const real = new Map<string, string>();
    for (const line of gunzipSync(readFileSync(schemaFile)).toString('utf8').split('\n')) {
      const [, table, column, type] = /^"([^"]*)","([^"]*)","([^"]*)"/.exec(line) ?? [];
      if (table && column && type) real.set(`${table}.${column}`, type);
    }
    for (const [table, columns] of Object.entries(sampleColumns)) {
      for (const [column, type] of columns) {
        const isDefendersTime = column === 'Timestamp' && table.startsWith('Device');
        if (!isDefendersTime) expect([table, column, type]).toEqual([table, column, real.get(`${table}.${column}`)]);
      }
    }
  });

  it('use only private and documentation addresses', async () => {
    const addresses = [
      'SELECT DISTINCT IPAddress FROM SigninLogs',
      'SELECT DISTINCT RemoteIP FROM DeviceNetworkEvents',
      'SELECT DISTINCT ClientIP FROM OfficeActivity',
      "SELECT DISTINCT replace(IpAddress, '::ffff:', '') FROM SecurityEvent WHERE IpAddress NOT IN ('', '-')",
      "SELECT DISTINCT unnest(regexp_extract_all(SyslogMessage, '\\d+\\.\\d+\\.\\d+\\.\\d+')) FROM Syslog",
    ];
    for (const sql of addresses) {
      const reader = await database.runAndReadAll(sql);
      const foreign = reader
        .getRowsJson()
        .flat()
        .map(String)
        .filter((address) => !/^(10\.|127\.0\.0\.1$|192\.0\.2\.|198\.51\.100\.|203\.0\.113\.)/.test(address));
      expect(foreign).toEqual([]);
    }
  });
});

describe('the intrusion in them', () => {
  const one = `'${intruder.controlAddress}'`;

  it.each([
    [
      'spray',
      `SELECT count(DISTINCT UserPrincipalName) >= 35 FROM SigninLogs WHERE IPAddress IN ('${intruder.sprayAddresses.join("','")}') AND ResultType = '50126'`,
    ],
    [
      'entry',
      `SELECT count(*) = 1 FROM SigninLogs WHERE IPAddress = '${intruder.entryAddress}' AND ResultType = '0' AND (MfaDetail->>'authMethod') IS NOT NULL`,
    ],
    [
      'consent',
      `SELECT count(*) = 1 FROM AuditLogs WHERE OperationName = 'Consent to application' AND (TargetResources->0->>'displayName') = '${intruder.application}'`,
    ],
    [
      'mail-rule',
      `SELECT count(*) = 1 FROM OfficeActivity WHERE Operation = 'New-InboxRule' AND Parameters LIKE '%RSS Feeds%'`,
    ],
    [
      'beacon',
      `SELECT count(*) > 500 FROM DeviceNetworkEvents WHERE RemoteIP = ${one} AND InitiatingProcessFileName = '${intruder.implant}'`,
    ],
    ['lsass', `SELECT count(*) = 1 FROM DeviceFileEvents WHERE FileName = 'gfx.dmp' AND ActionType = 'FileCreated'`],
    ['service', `SELECT count(*) = 1 FROM SecurityEvent WHERE EventID = 4697 AND ServiceName = '${intruder.service}'`],
    [
      'new-account',
      `SELECT count(*) = 1 FROM SecurityEvent WHERE EventID = 4720 AND TargetUserName = '${intruder.newAccount}'`,
    ],
    ['cron', `SELECT count(*) > 100 FROM Syslog WHERE ProcessName = 'CRON' AND contains(SyslogMessage, ${one})`],
    ['exfiltration', `SELECT count(*) > 50 FROM DeviceNetworkEvents WHERE RemoteIP = '${intruder.dropAddress}'`],
    ['log-cleared', 'SELECT count(*) = 2 FROM SecurityEvent WHERE EventID = 1102'],
  ])('leaves the trace of %s', async (_, sql) => {
    expect(await value(sql)).toBe(true);
  });

  it('ties its processes together from the document to the implant', async () => {
    const chain = `
      WITH RECURSIVE up AS (
        SELECT DeviceName, ProcessId, FileName, InitiatingProcessId, InitiatingProcessCreationTime, 0 AS depth
        FROM DeviceProcessEvents WHERE FileName = '${intruder.implant}'
        UNION ALL
        SELECT p.DeviceName, p.ProcessId, p.FileName, p.InitiatingProcessId, p.InitiatingProcessCreationTime, depth + 1
        FROM DeviceProcessEvents p JOIN up
          ON p.DeviceName = up.DeviceName AND p.ProcessId = up.InitiatingProcessId AND p.ProcessCreationTime = up.InitiatingProcessCreationTime
      )
      SELECT string_agg(FileName, ' < ' ORDER BY depth) FROM up`;
    expect(await value(chain)).toBe('igfxhelper.exe < powershell.exe < WINWORD.EXE < explorer.exe');
  });

  it('has happened within the last week, whatever day it is', () => {
    for (let offset = 0; offset < 28; offset++) {
      const moment = new Date(now.getTime() + offset * 6 * 3_600_000);
      const clock = createStoryClock(moment);
      for (const { id } of story.slice(1)) {
        expect(clock.at(id)).toBeLessThan(moment.getTime());
        expect(clock.at(id)).toBeGreaterThan(moment.getTime() - 7 * day);
      }
    }
  });

  it('is told in the walkthrough as it happens', () => {
    const page = readFileSync(path.join(__dirname, '../../docs/sample-logs.md'), 'utf8');
    const rows = story.map((step) => `| ${step.day} | ${step.time} | ${step.technique} | ${step.summary} |`);
    expect(page).toContain(rows.join('\n'));
  });

  it('brings text that would like to be obeyed', async () => {
    for (const piece of [
      '<!channel>',
      '@everyone',
      '[click](http://evil.example)',
      '<script>',
      "=cmd|'' /C calc''!A1",
      '\u202E',
    ]) {
      expect([
        piece,
        await value(`SELECT count(*) > 0 FROM DeviceProcessEvents WHERE contains(ProcessCommandLine, '${piece}')`),
      ]).toEqual([piece, true]);
    }
    expect(await value('SELECT max(length(ProcessCommandLine)) > 8000 FROM DeviceProcessEvents')).toBe(true);
  });
});
