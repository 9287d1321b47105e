import { csvLine } from '../../src/views/csv-line';

test.each([
  '=1+1',
  '+cmd',
  '-1+1',
  '@SUM(A1)',
  '\t=1',
  '\r=1',
  '\n=1',
  '＝1+1',
  '＋1',
  '－1',
  '＠x',
  ' =1',
  '\u00a0 @x',
  '\u200b=1',
])('a spreadsheet does not run %j', (text) => {
  expect(csvLine([text])).toMatch(/^"?'/);
});

test('numbers stay what they are, and quotes stay in their cell', () => {
  expect(csvLine([-5, '-5', '+1.5', true, null, 'a"b', 'c,d'])).toBe('-5,-5,+1.5,true,,"a""b","c,d"\r\n');
});
