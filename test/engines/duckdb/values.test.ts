import { parseDynamic } from '../../../src/engines/duckdb/dynamic-text';
import { dateToTicks, spanToText, ticksToDate, ticksToText } from '../../../src/engines/duckdb/ticks';

test('ticks are written as Kusto writes datetimes, over the whole of its range', () => {
  expect(ticksToText(0n)).toBe('0001-01-01T00:00:00.0000000Z');
  expect(ticksToText(3_155_378_975_999_999_999n)).toBe('9999-12-31T23:59:59.9999999Z');
  expect(ticksToText(638_396_640_000_000_001n)).toBe('2024-01-01T00:00:00.0000001Z');
  expect(ticksToText(-1n)).toBeUndefined();
  expect(ticksToText(3_155_378_976_000_000_000n)).toBeUndefined();
});

test('dates go to ticks and back', () => {
  const date = new Date('2026-03-01T12:34:56.789Z');
  expect(ticksToText(dateToTicks(date))).toBe('2026-03-01T12:34:56.7890000Z');
  expect(ticksToDate(dateToTicks(date))).toEqual(date);
});

test('timespans', () => {
  expect(spanToText(0n)).toBe('00:00:00.0000000');
  expect(spanToText(937_840_050_000n)).toBe('1.02:03:04.0050000');
  expect(spanToText(-36_000_000_000n)).toBe('-01:00:00.0000000');
});

test('a dynamic keeps long digits, and only where they are numbers', () => {
  expect(parseDynamic('{"a":12345678901234567890,"b":"12345678901234567890","c":0.12345678901234567890}')).toEqual({
    a: '12345678901234567890',
    b: '12345678901234567890',
    c: 0.12345678901234568,
  });
  expect(parseDynamic('["a\\"12345678901234567890", -9007199254740991, 1e300]')).toEqual([
    'a"12345678901234567890',
    -9007199254740991,
    1e300,
  ]);
});
