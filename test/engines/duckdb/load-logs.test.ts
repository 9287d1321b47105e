import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { DuckDBInstance } from '@duckdb/node-api';
import { lines, makeFolder, removeFolders, withLogs, writeFiles } from './log-folder';

afterAll(removeFolders);

const at = (second: number) => `2026-03-01T00:00:${String(second).padStart(2, '0')}.1234567Z`;

describe('types', () => {
  test('what Sentinel documents keeps its type; the rest is told from every value', async () => {
    const logs = await makeFolder({
      'SigninLogs.ndjson': lines(
        {
          TimeGenerated: at(1),
          UserPrincipalName: 'a@b.c',
          DurationMs: '12',
          DeviceDetail: '{"os":"Linux"}',
          Extra: 1,
        },
        { TimeGenerated: at(0), Extra: 2.5, DeviceDetail: { os: 'Windows' }, Flag: true },
      ),
      'Own.ndjson': lines(
        { When: at(1), N: 1, Mixed: 'a', Bag: { a: 1 }, Code: '007' },
        `{"When":"${at(2)}","N":9007199254740993,"Mixed":2,"Bag":[1],"Code":"008"}`,
      ),
    });
    await withLogs(logs, await makeFolder(), async ({ types, rows, problems }) => {
      expect(types('SigninLogs')).toMatchObject({
        TimeGenerated: 'datetime',
        UserPrincipalName: 'string',
        DurationMs: 'long',
        DeviceDetail: 'dynamic',
        Extra: 'real',
        Flag: 'bool',
      });
      expect(types('Own')).toEqual({ When: 'datetime', N: 'long', Mixed: 'string', Bag: 'dynamic', Code: 'string' });
      expect(
        await rows('SigninLogs', '"TimeGenerated", "UserPrincipalName", "DurationMs", "DeviceDetail"->>\'os\', "Type"'),
      ).toEqual([
        ['639079200001234567', '', null, 'Windows', 'SigninLogs'],
        ['639079200011234567', 'a@b.c', '12', 'Linux', 'SigninLogs'],
      ]);
      expect(problems).toEqual([]);
    });
  });

  test('a value that a documented type cannot hold becomes null, and is said', async () => {
    const logs = await makeFolder({
      'SecurityEvent.ndjson': lines(
        { TimeGenerated: at(0), EventID: 'many' },
        { TimeGenerated: 'soon', EventID: 4624 },
      ),
    });
    await withLogs(logs, await makeFolder(), async ({ problems }) => {
      expect(problems.map((problem) => problem.message).sort()).toEqual([
        '1 values of EventID are no int and became null',
        '1 values of TimeGenerated are no datetime and became null',
      ]);
    });
  });

  test('fields that differ in case only both stay', async () => {
    const logs = await makeFolder({ 'T.ndjson': lines({ ProcessId: 'a', ProcessID: 'b' }) });
    await withLogs(logs, await makeFolder(), async ({ rows, problems }) => {
      expect(await rows('T', '"ProcessId", "ProcessID_2"')).toEqual([['a', 'b']]);
      expect(problems).toHaveLength(1);
    });
  });

  test('names that no column can have get another', async () => {
    const logs = await makeFolder({ 'T.ndjson': lines({ __file: 1, '': 2, 'it"s; --': 3 }) });
    await withLogs(logs, await makeFolder(), async ({ types, problems }) => {
      expect(types('T')).toEqual({ __file_2: 'long', Column: 'long', 'it"s; --': 'long' });
      expect(problems).toHaveLength(1);
    });
  });
});

describe('formats', () => {
  test('NDJSON, JSON in its shapes, CSV, Parquet, gzip and UTF-16 make the same table', async () => {
    const records = [
      { N: 1, Text: 'a, "b"' },
      { N: 2, Text: 'ä' },
    ];
    const csv = 'N,Text\r\n1,"a, ""b"""\r\n2,ä\r\n';
    const logs = await makeFolder({
      'Ndjson.ndjson': lines(...records),
      'Gzip.ndjson.gz': gzipSync(lines(...records)),
      'LinesInJson.json': lines(...records),
      'List.json': JSON.stringify(records, null, 2),
      'Pretty.json': records.map((record) => JSON.stringify(record, null, 2)).join('\n'),
      'Envelope.json': JSON.stringify({ value: records }),
      'Csv.csv': csv,
      'CsvGzip.csv.gz': gzipSync(csv),
      'Semicolons.csv': csv.replaceAll('N,Text', 'N;Text').replace('1,', '1;').replace('2,', '2;'),
      'Wide.ndjson': Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(lines(...records), 'utf16le')]),
      'Marked.csv': `\ufeff${csv}`,
    });
    const instance = await DuckDBInstance.create();
    const connection = await instance.connect();
    await connection.run(
      `COPY (SELECT * FROM (VALUES (1::BIGINT, 'a, "b"'), (2, 'ä')) t(N, Text)) TO '${path.join(logs, 'Parquet.parquet')}'`,
    );
    connection.closeSync();
    await withLogs(logs, await makeFolder(), async ({ tables, types, rows, problems }) => {
      expect(problems).toEqual([]);
      expect(tables).toHaveLength(12);
      for (const { name } of tables) {
        expect([name, types(name)]).toEqual([name, { N: 'long', Text: 'string' }]);
        expect([name, (await rows(name, '"N", "Text"')).sort()]).toEqual([
          name,
          [
            ['1', 'a, "b"'],
            ['2', 'ä'],
          ],
        ]);
      }
    });
  });

  test('a folder is one table of all its files, whatever each of them lacks', async () => {
    const logs = await makeFolder({
      'Web/a.ndjson': lines({ TimeGenerated: at(3), Host: 'x', Size: 1 }),
      'Web/2026/b.csv': `TimeGenerated [UTC],Size\n"3/1/2026, 1:00:04.500 PM",1.5\n`,
    });
    await withLogs(logs, await makeFolder(), async ({ tables, types, rows }) => {
      expect(tables.map((table) => [table.name, table.rows])).toEqual([['Web', 2]]);
      expect(types('Web')).toEqual({ TimeGenerated: 'datetime', Host: 'string', Size: 'real' });
      expect(await rows('Web', '"Host", "Size"')).toEqual(
        expect.arrayContaining([
          ['x', 1],
          ['', 1.5],
        ]),
      );
    });
  });

  test('what cannot be read is named with its line, and the rest is there', async () => {
    const logs = await makeFolder({
      'T.ndjson': lines({ N: 1 }, '{"N": 2', { N: 3 }, '', '[4]', { N: 5 }),
      'C.csv': 'A,B\n1,2\n3\n4,5\n',
      'Broken.json': '[{"A":1},\n{"A":}]',
      'Broken.parquet': 'no parquet',
      'logs.zip': 'PK',
      'README.md': 'words',
    });
    await withLogs(logs, await makeFolder(), async ({ tables, rows, problems }) => {
      expect(tables.map((table) => table.name)).toEqual(['C', 'T']);
      expect(await rows('T', '"N"')).toEqual([['1'], ['3'], ['5']]);
      expect(await rows('C', '"A"')).toEqual([['1'], ['4']]);
      expect(problems.map(({ file, line }) => [file, line]).sort()).toEqual([
        ['Broken.json', undefined],
        ['Broken.parquet', undefined],
        ['C.csv', 3],
        ['T.ndjson', 2],
        ['T.ndjson', 5],
        ['logs.zip', undefined],
      ]);
    });
  });
});

describe('routes', () => {
  test('records that carry a Type go to its table, and stay under the name of the file', async () => {
    const logs = await makeFolder({
      'export.json': lines(
        { Type: 'AuditLogs', TimeGenerated: at(0), OperationName: 'Add user', TargetResources: '[{"id":"1"}]' },
        { Type: 'Syslog', TimeGenerated: at(1), SyslogMessage: 'hello' },
        { Type: 'Firewall', TimeGenerated: at(2) },
      ),
    });
    await withLogs(logs, await makeFolder(), async ({ tables, types, rows }) => {
      expect(tables.map(({ name, rows: count }) => [name, count])).toEqual([
        ['AuditLogs', 1],
        ['Syslog', 1],
        ['export', 3],
      ]);
      expect(types('AuditLogs')).toMatchObject({ TargetResources: 'dynamic', OperationName: 'string' });
      expect(types('AuditLogs')).not.toHaveProperty('SyslogMessage');
      expect(await rows('AuditLogs', `"TargetResources"->0->>'id'`)).toEqual([['1']]);
    });
  });

  test('a Windows export becomes SecurityEvent and Event, in Sentinel’s columns', async () => {
    const logs = await makeFolder({
      'host.ndjson': lines(
        {
          '@timestamp': at(1),
          EventTime: '2026-02-28 19:00:01',
          Channel: 'Security',
          EventID: 4624,
          Hostname: 'dc1.example',
          LogonType: '3',
          TargetDomainName: 'EXAMPLE',
          TargetUserName: 'dc1$',
          SubjectDomainName: '-',
          SubjectUserName: '-',
          IpAddress: '10.0.0.5',
          Keywords: '-9214364837600034816',
          Message: 'An account was successfully logged on.\r\n\r\nSubject:',
          RecordNumber: 7,
        },
        {
          '@timestamp': at(2),
          Channel: 'security',
          EventID: '4688',
          Hostname: 'ws1',
          SubjectDomainName: 'EXAMPLE',
          SubjectUserName: 'mia',
          NewProcessName: 'C:\\Windows\\System32\\cmd.exe',
          CommandLine: 'cmd /c "a & b"',
        },
        {
          '@timestamp': at(3),
          Channel: 'Microsoft-Windows-Sysmon/Operational',
          SourceName: 'Microsoft-Windows-Sysmon',
          EventID: 1,
          Hostname: 'ws1',
          Level: '4',
          Image: 'C:\\a<b>.exe',
          CommandLine: 'x & y',
          Message: 'Process Create:',
        },
      ),
    });
    await withLogs(logs, await makeFolder(), async ({ tables, rows }) => {
      expect(tables.map(({ name, rows: count }) => [name, count])).toEqual([
        ['Event', 1],
        ['SecurityEvent', 2],
        ['host', 3],
      ]);
      expect(
        await rows(
          'SecurityEvent',
          '"EventID", "Computer", "Account", "AccountType", "Activity", "LogonType", "LogonTypeName", "Keywords", "EventRecordId", "Process", "Channel"',
        ),
      ).toEqual([
        [
          4624,
          'dc1.example',
          'EXAMPLE\\dc1$',
          'Machine',
          '4624 - An account was successfully logged on.',
          3,
          '3 - Network',
          '0x8020000000000000',
          '7',
          '',
          'Security',
        ],
        [4688, 'ws1', 'EXAMPLE\\mia', 'User', '4688', null, '', '', '', 'cmd.exe', 'Security'],
      ]);
      const [event] = await rows(
        'Event',
        '"Source", "EventLog", "EventLevelName", "RenderedDescription", "EventData", "TimeGenerated"',
      );
      expect(event).toEqual([
        'Microsoft-Windows-Sysmon',
        'Microsoft-Windows-Sysmon/Operational',
        'Information',
        'Process Create:',
        expect.stringContaining(
          '<Data Name="Image">C:\\a&lt;b&gt;.exe</Data><Data Name="CommandLine">x &amp; y</Data>',
        ),
        '639079200031234567',
      ]);
      expect(await rows('host', 'min("TimeGenerated")')).toEqual([['639079200011234567']]);
    });
  });
});

describe('the cache', () => {
  test('only what changed is read again; what is gone goes', async () => {
    const logs = await makeFolder({
      'A.ndjson': lines({ N: 1 }),
      'B/1.ndjson': lines({ N: 1 }),
      'B/2.ndjson': lines({ N: 2 }),
    });
    const cache = await makeFolder();
    await withLogs(logs, cache, async ({ progress }) => expect(new Set(progress.map((one) => one.file)).size).toBe(3));
    await withLogs(logs, cache, async ({ progress, tables }) => {
      expect(progress).toEqual([]);
      expect(tables.map((table) => [table.name, table.rows])).toEqual([
        ['A', 1],
        ['B', 2],
      ]);
    });
    await writeFile(path.join(logs, 'B/2.ndjson'), lines({ N: 20 }, { N: 30 }));
    await writeFile(path.join(logs, 'A.ndjson'), '');
    await withLogs(logs, cache, async ({ progress, rows }) => {
      expect([...new Set(progress.map((one) => one.file))].sort()).toEqual(['A.ndjson', 'B/2.ndjson']);
      expect((await rows('B', '"N"')).sort()).toEqual([['1'], ['20'], ['30']]);
    });
  });

  test('a later file may widen a column: the table is read anew', async () => {
    const logs = await makeFolder({ 'T/1.ndjson': lines({ V: 1 }) });
    const cache = await makeFolder();
    await withLogs(logs, cache, async ({ types }) => expect(types('T')).toEqual({ V: 'long' }));
    await writeFiles(logs, { 'T/2.ndjson': lines({ V: 'one', W: true }) });
    await withLogs(logs, cache, async ({ types, rows }) => {
      expect(types('T')).toEqual({ V: 'string', W: 'bool' });
      expect((await rows('T', '"V"')).sort()).toEqual([['1'], ['one']]);
    });
  });

  test('a damaged cache is made again', async () => {
    const logs = await makeFolder({ 'T.ndjson': lines({ V: 1 }) });
    const cache = await makeFolder();
    let file = '';
    await withLogs(logs, cache, async () => undefined);
    for (const name of (await import('node:fs')).readdirSync(cache)) if (name.endsWith('.duckdb')) file = name;
    await writeFile(path.join(cache, file), 'not a database');
    await withLogs(logs, cache, async ({ rows }) => expect(await rows('T', '"V"')).toEqual([['1']]));
  });
});

test('stored functions are read with their parameters', async () => {
  const logs = await makeFolder({
    'T.ndjson': lines({ V: 1 }),
    'functions/Recent.kql': '// description: the last rows\n// parameters: since: timespan = 1d\nT | where V > 0',
    'functions/Empty.kql': '// nothing\n',
  });
  await withLogs(logs, await makeFolder(), async ({ functions, problems }) => {
    expect(functions).toEqual([
      { name: 'Recent', parameters: 'since: timespan = 1d', body: expect.stringContaining('T | where') },
    ]);
    expect(problems).toEqual([{ file: 'functions/Empty.kql', message: 'holds no query' }]);
  });
});
