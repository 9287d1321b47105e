import { appendFile } from 'node:fs/promises';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { lines, makeFolder, removeFolders, withLogs } from './log-folder';

afterAll(removeFolders);

const at = (second: number) => `2026-03-01T00:00:${String(second).padStart(2, '0')}Z`;

test('a file that is being written to: the half line is named, and is there once it is whole', async () => {
  const logs = await makeFolder({ 'T.ndjson': `${lines({ N: 1 }, { N: 2 })}\n{"N": 3, "Text": "ha` });
  const cache = await makeFolder();
  await withLogs(logs, cache, async ({ rows, problems }) => {
    expect(await rows('T', '"N"')).toEqual([['1'], ['2']]);
    expect(problems).toMatchObject([{ file: 'T.ndjson', line: 3 }]);
  });
  await appendFile(path.join(logs, 'T.ndjson'), 'lf"}\n');
  await withLogs(logs, cache, async ({ rows, problems }) => {
    expect(await rows('T', '"N", "Text"')).toEqual([
      ['1', ''],
      ['2', ''],
      ['3', 'half'],
    ]);
    expect(problems).toEqual([]);
  });
});

test('a CSV file that is being written to', async () => {
  const logs = await makeFolder({ 'C.csv': 'A,B\n1,x\n2,"y' });
  await withLogs(logs, await makeFolder(), async ({ rows, problems }) => {
    expect(await rows('C', '"A", "B"')).toEqual([['1', 'x']]);
    expect(problems).toMatchObject([{ file: 'C.csv', line: 3 }]);
  });
});

test('gzip that ends too early is said', async () => {
  const whole = gzipSync(lines(...Array.from({ length: 5000 }, (_, i) => ({ N: i, Text: `${Math.sin(i)}` }))));
  const logs = await makeFolder({
    'Cut.ndjson.gz': whole.subarray(0, whole.length - 2000),
    'Csv.csv.gz': gzipSync('A\n1\n').subarray(0, 15),
    'Not.ndjson.gz': 'no gzip at all',
    'Whole.ndjson.gz': whole,
  });
  await withLogs(logs, await makeFolder(), async ({ tables, problems }) => {
    expect(tables.map(({ name, rows }) => [name, rows])).toEqual([['Whole', 5000]]);
    expect(problems.map((problem) => problem.file)).toEqual(['Csv.csv.gz', 'Cut.ndjson.gz', 'Not.ndjson.gz']);
  });
});

test('files that hold nothing are said, whatever their form, and stop nobody', async () => {
  const logs = await makeFolder({
    'Empty.ndjson': '',
    'Empty.csv': '',
    'Empty.json': '',
    'Blank.ndjson': '\n\n  \n',
    'Gone.ndjson.gz': gzipSync(''),
    'Mark.csv': Buffer.from([0xef, 0xbb, 0xbf]),
    'None.json': '[]',
    'Nothing.parquet': '',
    'Full.ndjson': lines({ N: 1 }),
  });
  await withLogs(logs, await makeFolder(), async ({ tables, problems }) => {
    expect(tables.map(({ name, rows }) => [name, rows])).toEqual([['Full', 1]]);
    expect(problems.map((problem) => problem.file).sort()).toEqual([
      'Blank.ndjson',
      'Empty.csv',
      'Empty.json',
      'Empty.ndjson',
      'Gone.ndjson.gz',
      'Mark.csv',
      'None.json',
      'Nothing.parquet',
    ]);
  });
});

test('a CSV file with a header alone is a table without rows', async () => {
  const logs = await makeFolder({ 'H.csv': 'TimeGenerated,Name\n' });
  await withLogs(logs, await makeFolder(), async ({ tables, types }) => {
    expect(tables.map(({ name, rows }) => [name, rows])).toEqual([['H', 0]]);
    expect(types('H')).toEqual({ TimeGenerated: 'datetime', Name: 'string' });
  });
});

test('every mark and encoding that editors and PowerShell write', async () => {
  const text = `${lines({ TimeGenerated: at(1), Name: 'Grüße, 世界 🐕' })}\r\n${lines({ TimeGenerated: at(2), Name: 'b' })}\r\n`;
  const swapped = Buffer.from(`\ufeff${text}`, 'utf16le').swap16();
  const logs = await makeFolder({
    'U/utf8.ndjson': `\ufeff${text}`,
    'U/utf16le.ndjson': Buffer.from(`\ufeff${text}`, 'utf16le'),
    'U/utf16be.ndjson': swapped,
    'U/packed.ndjson.gz': gzipSync(Buffer.from(`\ufeff${text}`, 'utf16le')),
    'U/marked.csv': `\ufeffTimeGenerated,Name\r\n${at(1)},"Grüße, 世界 🐕"\r\n${at(2)},b\r\n`,
    'U/wide.csv': Buffer.from(`\ufeffTimeGenerated,Name\r\n${at(1)},"Grüße, 世界 🐕"\r\n${at(2)},b\r\n`, 'utf16le'),
  });
  await withLogs(logs, await makeFolder(), async ({ rows, types, problems }) => {
    expect(problems).toEqual([]);
    expect(types('U')).toEqual({ TimeGenerated: 'datetime', Name: 'string' });
    expect((await rows('U', '"Name"')).flat().sort()).toEqual(
      [...Array(6).fill('Grüße, 世界 🐕'), ...Array(6).fill('b')].sort(),
    );
  });
});

test('bytes that are no UTF-8 are not read as something else', async () => {
  const latin = Buffer.from('{"N":1,"Name":"Gr\xfc\xdfe"}\n{"N":2,"Name":"b"}\n', 'latin1');
  const logs = await makeFolder({
    'L.ndjson': latin,
    'L1.csv': Buffer.from('N,Name\n1,Gr\xfc\xdfe\n2,b\n', 'latin1'),
  });
  await withLogs(logs, await makeFolder(), async ({ tables, problems, rows }) => {
    expect(new Set(problems.map((problem) => problem.file))).toEqual(new Set(['L.ndjson', 'L1.csv']));
    for (const { name } of tables) expect(JSON.stringify(await rows(name, '"Name"'))).not.toContain('Gr');
  });
});

test('lines of megabytes are read, those past the limit make the file unreadable, by name', async () => {
  const long = 'x'.repeat(8 * 1024 * 1024);
  const logs = await makeFolder({
    'Long.ndjson': lines({ N: 1, Text: long }, { N: 2, Text: 'short' }),
    'Long2.csv': `N,Text\n1,${long}\n2,short\n`,
    'Longer.ndjson': lines({ N: 1, Text: 'short' }, { N: 2, Text: 'x'.repeat(17 * 1024 * 1024) }),
    'Longer2.csv': `N,Text\n1,short\n2,${'x'.repeat(17 * 1024 * 1024)}\n3,short\n`,
  });
  await withLogs(logs, await makeFolder(), async ({ tables, rows, problems }) => {
    expect(await rows('Long', 'length("Text")')).toEqual([[String(long.length)], ['5']]);
    expect(await rows('Long2', 'length("Text")')).toEqual([[String(long.length)], ['5']]);
    expect(new Set(problems.map((problem) => problem.file))).toEqual(new Set(['Longer.ndjson', 'Longer2.csv']));
    expect(tables.map((table) => table.name)).not.toContain('Longer');
  });
});

test('one file with records of different forms is one table with the columns of all', async () => {
  const logs = await makeFolder({
    'M.ndjson': lines({ N: 1, A: 'a' }, { N: 2.5, B: { c: [1] } }, { N: 3, A: 7, B: 'text' }, { C: true }),
  });
  await withLogs(logs, await makeFolder(), async ({ types, rows, problems }) => {
    expect(types('M')).toEqual({ N: 'real', A: 'string', B: 'dynamic', C: 'bool' });
    expect(await rows('M', '"N", "A", "B", "C"')).toEqual([
      [1, 'a', null, null],
      [2.5, '', '{"c":[1]}', null],
      [3, '7', '"text"', null],
      [null, '', null, true],
    ]);
    expect(problems).toEqual([]);
  });
});

test('hundreds of small files are one table, and one that changes is read alone', async () => {
  const files = Object.fromEntries(
    Array.from({ length: 300 }, (_, i) => [`Many/${i}.ndjson`, lines({ TimeGenerated: at(i % 60), N: i })]),
  );
  const logs = await makeFolder(files);
  const cache = await makeFolder();
  await withLogs(logs, cache, async ({ tables }) => expect(tables.map((table) => table.rows)).toEqual([300]));
  await appendFile(path.join(logs, 'Many/200.ndjson'), `\n${lines({ TimeGenerated: at(0), N: 5000 })}`);
  await withLogs(logs, cache, async ({ tables, progress, rows }) => {
    expect(new Set(progress.map((one) => one.file))).toEqual(new Set(['Many/200.ndjson']));
    expect(tables.map((table) => table.rows)).toEqual([301]);
    expect(await rows('Many', 'sum("N")')).toEqual([[String((299 * 300) / 2 + 5000)]]);
  });
}, 60_000);
