import type { TableBlock } from '../../src/chat/card';
import { columnWidths, isWiderThan, tableRecords } from '../../src/chat/table-records';

const results: TableBlock = {
  type: 'table',
  columns: [{ title: '#', align: 'right' }, { title: 'Host' }, { title: 'Command line' }],
  rows: [
    ['1', 'FH-WS-003', 'x'.repeat(400)],
    ['2', '', 'whoami'],
  ],
};

test('a long value asks for no more width than one that wraps well', () => {
  expect(columnWidths(results)).toEqual([2, 9, 28]);
  expect(isWiderThan(results, 45)).toBe(false);
  expect(isWiderThan(results, 44)).toBe(true);
});

test('results are read as number and labelled values; what is empty is left out', () => {
  expect(tableRecords(results)[1]).toEqual({ key: '2', cells: [{ label: 'Command line', value: 'whoami' }] });
});

test('in a list the name beside the key needs no label, a number beside it does', () => {
  const list: TableBlock = { type: 'table', columns: [{ title: 'Hunt' }, { title: 'Name' }], rows: [['H-1', 'Spray']] };
  expect(tableRecords(list)).toEqual([{ key: 'H-1', cells: [{ value: 'Spray' }] }]);
  const counted: TableBlock = { ...list, columns: [{ title: 'Table' }, { title: 'Rows', align: 'right' }] };
  expect(tableRecords(counted)[0]?.cells).toEqual([{ label: 'Rows', value: 'Spray' }]);
});
