import { readingOrder, tellingColumns } from '../../src/views/row-order';
import { rowsTable } from '../../src/views/rows-table';
import { attackText, rangeText, unwrapped } from '../../src/views/wording';

const end = new Date('2026-11-25T00:13:00Z');

function before(hours: number): Date {
  return new Date(end.getTime() - hours * 3_600_000);
}

test.each([
  [{ from: before(720), to: end, asOf: end }, 'Last 30 days, up to 2026-11-25 00:13 UTC'],
  [{ from: before(24), to: end, asOf: end }, 'Last 24 hours, up to 2026-11-25 00:13 UTC'],
  [{ from: before(0.5), to: end, asOf: end }, 'Last 30 minutes, up to 2026-11-25 00:13 UTC'],
  [{ from: before(1.51), to: end, asOf: end }, '2026-11-24 22:42 to 2026-11-25 00:13 UTC'],
  [
    { from: before(168), to: end, asOf: end, asOfGiven: true },
    'Last 7 days, up to 2026-11-25 00:13 UTC, which counts as “now”',
  ],
  [
    { from: before(48), to: before(24), asOf: end, asOfGiven: true },
    '2026-11-23 00:13 to 2026-11-24 00:13 UTC; 2026-11-25 00:13 UTC counts as “now”',
  ],
])('a range reads as people say it: %j', (range, text) => {
  expect(rangeText(range)).toBe(text);
});

test('tactics are words, and wrapped prose is joined while lists stay', () => {
  expect(attackText({ tactics: ['CredentialAccess', 'Impact'], techniques: ['T1110'] })).toBe(
    'Credential Access, Impact · T1110',
  );
  expect(attackText({ tactics: [], techniques: [] })).toBe('');
  const full = 'a line that goes as far as the file’s width and is broken only for it,';
  expect(unwrapped(`${full}\nso it goes on.\n- one\n- two\n\nAnother.`)).toBe(
    `${full} so it goes on.\n- one\n- two\n\nAnother.`,
  );
});

const columns = [
  { name: 'Payload', type: 'string' },
  { name: 'Accounts', type: 'long' },
  { name: 'Always', type: 'string' },
  { name: 'Bag', type: 'dynamic' },
  { name: 'LastSeen', type: 'datetime' },
  { name: 'FirstSeen', type: 'datetime' },
  { name: 'DeviceName', type: 'string' },
  { name: 'Empty', type: 'string' },
  { name: 'Runs', type: 'long' },
];

test('a count is no account, and bags come last', () => {
  expect(readingOrder(columns).map((i) => columns[i]?.name)).toEqual([
    'LastSeen',
    'FirstSeen',
    'DeviceName',
    'Payload',
    'Accounts',
    'Always',
    'Empty',
    'Runs',
    'Bag',
  ]);
});

test('a glance takes one time, what names something, and what is short and differs', () => {
  const rows = [1, 2].map((n) => ['x'.repeat(90), String(n), 'same', '{}', 't', 't', `host-${n}`, '', String(n * 7)]);
  expect(tellingColumns(columns, rows, 4).map((i) => columns[i]?.name)).toEqual([
    'LastSeen',
    'DeviceName',
    'Accounts',
    'Runs',
  ]);
});

test('values of a table: fractions are rounded, links are dead, what is long is cut in sight', () => {
  const query = { columns: ['a', 'b', 'c'].map((name) => ({ name, type: 'real' })), rows: 1 };
  const { rows } = rowsTable(query, [[0.27083333, 1234.567891, 'http://evil.example/aaaaaaaaaaaaaaaa']], {
    longest: 24,
    rest: '',
  });
  expect(rows).toEqual([['1', '0.2708', '1234.5679', 'hxxp://evil[.]example/a…']]);
});
