import { rowsToTable } from '../../../adapters/cli/format-rows';
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
