import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { createDuckdbEngine, type DuckdbEngine } from '../../../src/engines/duckdb/engine';
import type { Cell } from '../../../src/ports/query-engine';
import { makeFolder, removeFolders } from './log-folder';

/** Real logs of real attacks, where the machine has them; Python unpacks and counts them, so that two tools have to agree. */
const shared = path.resolve(__dirname, '../../../../shared/logs');
const missing = !existsSync(shared)
  ? 'the shared logs are not here'
  : spawnSync('python3', ['--version']).status !== 0
    ? 'python3 is not here'
    : undefined;

const countScript = `
import collections, glob, json, os, sys, zipfile
source, target = sys.argv[1:]
for name in glob.glob(os.path.join(source, '*.zip')):
    zipfile.ZipFile(name).extractall(target)
files, events, typed = {}, collections.Counter(), collections.Counter()
for name in glob.glob(os.path.join(target, '*.json')):
    own = os.path.basename(name)[:-5]
    files[own] = 0
    with open(name, encoding='utf-8') as lines:
        for line in lines:
            if not line.strip(): continue
            row = json.loads(line)
            files[own] += 1
            if row.get('Type'): typed[row['Type']] += 1
            elif row.get('Channel') and row.get('EventID') is not None:
                events[(row['Channel'], int(row['EventID']))] += 1
print(json.dumps({'files': files, 'typed': typed, 'events': [[c, e, n] for (c, e), n in events.items()]}))
`;

interface Counts {
  files: Record<string, number>;
  typed: Record<string, number>;
  events: [channel: string, eventId: number, count: number][];
}

const describeHere = missing ? describe.skip : describe;
if (missing) console.warn(`Real logs are left out: ${missing}`);

describeHere('real logs', () => {
  let engine: DuckdbEngine;
  let counts: Counts;

  beforeAll(async () => {
    const logs = await makeFolder();
    counts = JSON.parse(execFileSync('python3', ['-c', countScript, shared, logs], { encoding: 'utf8' }));
    const clock = { now: () => new Date('2022-06-01T00:00:00Z') };
    engine = await createDuckdbEngine({ logs, dataFolder: await makeFolder(), clock });
  }, 300_000);

  afterAll(async () => {
    await engine?.close();
    await removeFolders();
  });

  async function rows(text: string): Promise<Cell[][]> {
    const all: Cell[][] = [];
    const limits = { rows: 100_000, milliseconds: 60_000 };
    await engine.run({ text, asOf: new Date('2022-06-01T00:00:00Z'), limits }, async (page) => {
      all.push(...page.rows);
    });
    return all;
  }

  const ofEvents = (security: boolean) =>
    counts.events.filter(([channel]) => (channel.toLowerCase() === 'security') === security);
  const sum = (events: Counts['events']) => events.reduce((total, [, , count]) => total + count, 0);

  test('every file is a table of its own, with every record', async () => {
    const own = (await engine.tables()).filter((table) => table.name in counts.files);
    expect(Object.fromEntries(own.map(({ name, rows: count }) => [name, count]))).toEqual(counts.files);
    expect((await engine.problems()).filter((problem) => !problem.message.includes('upper or lower case'))).toEqual([]);
  });

  test('records go to their Sentinel tables', async () => {
    const tables = Object.fromEntries((await engine.tables()).map(({ name, rows: count }) => [name, count]));
    expect(tables.SecurityEvent).toBe((counts.typed.SecurityEvent ?? 0) + sum(ofEvents(true)));
    expect(tables.Event).toBe((counts.typed.Event ?? 0) + sum(ofEvents(false)));
    for (const name of ['AuditLogs', 'OfficeActivity', 'Syslog', 'WindowsEvent', 'VMConnection']) {
      expect([name, tables[name]]).toEqual([name, counts.typed[name]]);
    }
  });

  test('each channel and number has as many events as in the files', async () => {
    const events = await rows(
      'Event | where isempty(column_ifexists("MG", "")) | summarize n = count() by EventLog, EventID',
    );
    expect(events.sort()).toEqual(ofEvents(false).sort());
    const security = new Map<number, number>();
    for (const [, id, count] of ofEvents(true)) security.set(id, (security.get(id) ?? 0) + count);
    const routed = await rows(
      'SecurityEvent | where isempty(column_ifexists("ManagementGroupName", "")) | summarize n = count() by EventID',
    );
    expect(routed.sort()).toEqual([...security].sort());
  });

  test('the columns of an attack are where a hunter looks for them', async () => {
    expect(
      await rows('SecurityEvent | where EventID == 4688 and isnotempty(NewProcessName) and isempty(Process) | count'),
    ).toEqual([[0]]);
    expect(await rows('SecurityEvent | where isnull(TimeGenerated) or isempty(Computer) | count')).toEqual([[0]]);
    const [sysmon] = await rows(
      'Event | where Source == "Microsoft-Windows-Sysmon" and EventID == 1 | summarize n = count(), d = countif(EventData has "CommandLine")',
    );
    expect(Number(sysmon?.[0])).toBeGreaterThan(0);
    expect(sysmon?.[1]).toBe(sysmon?.[0]);
  });
});
