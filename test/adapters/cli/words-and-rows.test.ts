import { rowsToCsv, rowsToTable } from '../../../adapters/cli/format-rows';
import { readKqlOptions } from '../../../adapters/cli/kql-options';
import { readSchema } from '../../../adapters/cli/schema-file';

test('what a log row holds cannot steer the terminal, and a cut is said', () => {
  const text = rowsToTable([{ name: 'A', type: 'string' }], [['\u001b[2J\u202eevil\n'], ['x'.repeat(100)]]);
  expect(text).toContain('\\u001b[2J\\u202eevil\\n');
  expect(text).not.toContain('\u001b');
  expect(text).toContain('1 values are cut and end in …');
});

test('a schema file is read by its header, with quotes and any other columns', () => {
  expect(readSchema('\ufefftable_name,note,column_type,column_name\nT,"a, ""b""\nc",Int,A\nT,,string,B\n')).toEqual([
    {
      name: 'T',
      columns: [
        { name: 'A', type: 'int' },
        { name: 'B', type: 'string' },
      ],
    },
  ]);
  expect(() => readSchema('table_name,column_name\n')).toThrow(/no column column_type/);
  expect(() => readSchema('table_name,column_name,column_type\nT,A,blob\n')).toThrow(/Record 2 .* blob/);
});

test('rows are laid out under their columns', () => {
  const columns = [
    { name: 'User', type: 'string' as const },
    { name: 'N', type: 'long' as const },
  ];
  expect(
    rowsToTable(columns, [
      ['mia', 1],
      ['to', null],
    ]),
  ).toBe('User  N\n----  -\nmia   1\nto\n\n2 rows\n');
  expect(rowsToCsv(columns, [['a "b", c', 1]])).toBe('User,N\r\n"a ""b"", c",1\r\n');
});

test.each([
  [['--as-of', 'noon', 'T'], '--as-of noon is no time'],
  [['--format', 'xml', 'T'], '--format xml is unknown'],
  [['--timeout', 'long', 'T'], '--timeout long is no number'],
  [['T', 'U'], 'One query at a time'],
  [['--schema', 'a.csv', 'T'], '--schema goes with --check'],
  [['--batch', 'a.jsonl', 'T'], 'not both'],
  [['--logs'], 'The option --logs is used wrongly'],
  [[], 'Give a query'],
])('the words %j are refused in a sentence', (words, said) => {
  expect(() => readKqlOptions(words)).toThrow(said);
});

test('a time without a zone is UTC', () => {
  expect(readKqlOptions(['--as-of', '2024-05-01 12:00', 'T']).asOf).toEqual(new Date('2024-05-01T12:00:00Z'));
});
