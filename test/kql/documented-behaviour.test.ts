import { type Kql, openKql } from './run-kql';

let kql: Kql;
beforeAll(async () => {
  kql = await openKql();
});
afterAll(() => kql.close());

test.each([
  [
    'lookups take their turn, and what one found is not looked at again',
    'replace_strings("cat dog", dynamic(["cat", "dog"]), dynamic(["dog", "hen"]))',
    'dog hen',
  ],
  [
    'the earlier lookup goes before the longer one',
    'replace_strings("those hoses", dynamic(["hose", "those"]), dynamic(["X", "Y"]))',
    'tX Xs',
  ],
  [
    'a lookup or rewrite that is no text changes nothing',
    'replace_strings("a1b", dynamic(["a", 1, "b"]), dynamic([7, "z", "c"]))',
    'a1c',
  ],
  ['rewrites may be known at run time', 'replace_strings("a-b", pack_array("-"), pack_array(strcat("+", "")))', 'a+b'],
  ['bytes have their whole name', 'format_bytes(12)', '12 Bytes'],
  ['an int has the digits of its own size', 'tohex(toint(-1))', 'ffffffff'],
  ['no more than 16 digits are asked for', 'strlen(tohex(1, 99))', 16],
  ['keys that are no texts fall out with their values', 'bag_zip(dynamic([1, "b"]), dynamic(["x", "y"]))', { b: 'y' }],
  ['the second match from a place on', 'indexof_regex("x1 y22 z333", @"\\d+", 2, -1, 2)', 8],
  ['within a length', 'indexof_regex("x1 y22 z333", @"\\d+", 0, 5, 2)', 4],
  ['matches do not overlap', 'indexof_regex("ababa", "aba", 0, -1, 2)', -1],
  ['a start before the text is none', 'isnull(indexof_regex("abc", "b", -2))', true],
  [
    'IPv4 behind two colons keeps its prefix',
    'parse_ipv6_mask("::10.1.2.3/16", 128)',
    '0000:0000:0000:0000:0000:ffff:0a01:0000',
  ],
  [
    'a local time that was jumped over counts as one behind the jump',
    'datetime_local_to_utc(datetime(2023-03-26 02:30), "Europe/Berlin")',
    '2023-03-26T00:30:00.0000000Z',
  ],
  [
    'one that came twice as the later',
    'datetime_local_to_utc(datetime(2023-10-29 02:30), "Europe/Berlin")',
    '2023-10-29T01:30:00.0000000Z',
  ],
  [
    'text stands before the elements beside it',
    'tostring(parse_xml("<a k=\'1\'><b>2</b>three</a>"))',
    '{"a":{"@k":"1","#text":"three","b":"2"}}',
  ],
])('%s: %s', async (_what, call, value) => {
  expect(await kql.rows(`print ${call}`)).toEqual([[value]]);
});

test('a time zone may come from the row; one that is none gives null', async () => {
  const rows = await kql.rows(
    'datatable(t:datetime, z:string)[datetime(2024-07-01 12:00), "Asia/Tokyo", datetime(2024-07-01 12:00), "Nowhere"] | project datetime_utc_to_local(t, z), datetime_local_to_utc(t, z)',
  );
  expect(rows).toEqual([
    ['2024-07-01T21:00:00.0000000Z', '2024-07-01T03:00:00.0000000Z'],
    [null, null],
  ]);
});

test('bag_zip of what is no array', async () => {
  const rows = 'datatable(k:dynamic, v:dynamic)[dynamic("a"), dynamic([1]), dynamic(["a"]), dynamic(1)]';
  expect(await kql.rows(`${rows} | project bag_zip(k, v)`)).toEqual([[null], [{ a: null }]]);
});

test('around compares what can be compared', async () => {
  const calls = 'around(5, 4.5, 1), around(datetime(2024-01-01), datetime(2024-01-02), 1d), around(1h, 2h, 30m)';
  expect(await kql.rows(`print ${calls}`)).toEqual([[true, true, false]]);
  expect(kql.refusal('print around(guid(null), 1, 2)').code).toBe('type');
  expect(kql.refusal('print around(now(), ago(1d), 2)').code).toBe('type');
});

test('a text at which the analyser itself fails is an error of syntax', () => {
  expect(kql.refusal('( | evaluate ipv4_lookup(T, M,(T, M, N) N)').code).toBe('syntax');
});

test('shifts and repetitions by less than nothing are null', async () => {
  const calls =
    'binary_shift_left(1, -1), binary_shift_right(8, -1), binary_shift_left(1, 65), repeat(1, -1), repeat(1, 0)';
  expect(await kql.rows(`print ${calls}`)).toEqual([[null, null, 2, null, []]]);
});

test('bags may all be null', async () => {
  const rows = await kql.rows(
    'datatable(k:string)["a"] | summarize make_bag(dynamic(null)), make_bag_if(dynamic(null), true) by k',
  );
  expect(rows).toEqual([['a', {}, {}]]);
});

test('print gives every value of a call that has several', () => {
  const names = (query: string) => kql.compile(query).columns.map((column) => column.name);
  expect(names('let a = dynamic([2]); print 0, array_sort_asc(a, pack_array(1)), 3')).toEqual([
    'print_0',
    'a_sorted',
    'array1_sorted',
    'print_2',
  ]);
  expect(names('print series_stats(dynamic([1]))')).toHaveLength(7);
});
