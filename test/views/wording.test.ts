import { cardToText } from '../../src/chat/plain-text';
import { cellText } from '../../src/views/cell-text';
import { csvLine } from '../../src/views/csv-line';
import { defang } from '../../src/views/defang';
import { readingOrder } from '../../src/views/row-order';
import { tableListCard } from '../../src/views/table-list-card';
import { counted, durationText, shortened } from '../../src/views/wording';

test.each([
  [400, '0.4 s'],
  [12_400, '12 s'],
  [185_000, '3 min 5 s'],
  [7_440_000, '2 h 4 min'],
  [-5, '0.0 s'],
])('%d ms are %s', (milliseconds, text) => {
  expect(durationText(milliseconds)).toBe(text);
});

test('counts and shortened words', () => {
  expect([counted(1, 'query', 'queries'), counted(12_345, 'row')]).toEqual(['1 query', '12,345 rows']);
  expect(shortened('👩‍👩‍👧 family', 100)).toBe('👩‍👩‍👧 family');
  expect(shortened('abcdef', 4)).toBe('abc…');
});

test.each([
  ['2026-11-24T12:00:00.0000000Z', '2026-11-24 12:00:00'],
  ['2026-11-24T12:00:00.1200000Z', '2026-11-24 12:00:00.12'],
  [null, ''],
  [true, 'true'],
  [{ a: [1] }, '{"a":[1]}'],
])('cell %j reads %s', (cell, text) => {
  expect(cellText(cell)).toBe(text);
});

test.each([
  ['see https://evil.example/a.b', 'see hxxps://evil[.]example/a.b'],
  ['HTTP://X.Y', 'hxxp://X[.]Y'],
  ['10.0.0.1 and file.exe', '10.0.0.1 and file.exe'],
])('%s is harmless as %s', (text, harmless) => {
  expect(defang(text)).toBe(harmless);
});

test('CSV: no cell is a formula, quotes and lines hold, numbers keep their sign', () => {
  expect(csvLine(["=cmd|' /C calc'!A1", '+1+1', '-2', '@x', '\tx', 'a"b', 'two\nlines', -2, null, { a: 1 }])).toBe(
    `'=cmd|' /C calc'!A1,'+1+1,-2,'@x,'\tx,"a""b","two\nlines",-2,,"{""a"":1}"\r\n`,
  );
});

test('columns that carry meaning come first', () => {
  const names = ['Zeta', 'CommandLine', 'IPAddress', 'Computer', 'Account', 'TimeGenerated', 'Alpha'];
  const ordered = readingOrder(names.map((name) => ({ name }))).map((i) => names[i]);
  expect(ordered).toEqual(['TimeGenerated', 'Account', 'Computer', 'IPAddress', 'CommandLine', 'Zeta', 'Alpha']);
});

test('what could not be read is named where the tables are', () => {
  const problems = [{ file: 'T.ndjson', line: 3, message: 'is no JSON' }];
  expect(cardToText(tableListCard('duckdb', [], problems))).toContain('T.ndjson, line 3: is no JSON');
});
