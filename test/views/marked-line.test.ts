import { markedLine } from '../../src/views/marked-line';

describe('the line of a fault', () => {
  test('the marker stands under the place', () => {
    expect(markedLine('T\n| wehre x == 1', 2, 3)).toBe('| wehre x == 1\n  ^');
  });
  test('a fault at the end of the text', () => {
    expect(markedLine('T | where', 1, 10)).toBe('T | where\n         ^');
  });
  test('tabs count as one place, other line ends are line ends', () => {
    expect(markedLine('T\r\n\t| x', 2, 4)).toBe(' | x\n   ^');
  });
  test('a long line is cut on both sides around the place', () => {
    const [line = '', marker = ''] = markedLine(`${'a'.repeat(100)}X${'b'.repeat(100)}`, 1, 101).split('\n');
    expect(line.startsWith('…')).toBe(true);
    expect(line.endsWith('…')).toBe(true);
    expect(line[marker.indexOf('^')]).toBe('X');
    expect(line.length).toBeLessThanOrEqual(62);
  });
  test('a line that is not there', () => {
    expect(markedLine('T', 7, 1)).toBe('');
  });
});
