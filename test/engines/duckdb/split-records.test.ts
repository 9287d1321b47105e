import { recordSplitter } from '../../../src/engines/duckdb/external/split-records';

test('lines are found whatever the pieces they come in', () => {
  const splitter = recordSplitter('txt');
  const pieces = ['a', 'b', '\r', '\nc\n', '\nd', 'e\nf', ''];
  const records = pieces.flatMap((piece) => splitter.push(piece));
  expect([...records, ...splitter.end()]).toEqual([['ab'], ['c'], ['de'], ['f']]);
  expect(splitter.end()).toEqual([]);
});

test('a line without an end, in ten thousands of pieces, is not looked through with each of them', () => {
  const splitter = recordSplitter('json');
  const piece = 'x'.repeat(4096);
  for (let i = 0; i < 40_000; i++) expect(splitter.push(piece)).toHaveLength(0);
  expect(splitter.end()[0]?.[0]).toHaveLength(40_000 * 4096);
});
