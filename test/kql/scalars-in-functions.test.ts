import { type Kql, openKql } from './run-kql';

let kql: Kql;
beforeAll(async () => {
  kql = await openKql();
});
afterAll(() => kql.close());

const seen = 'let T = datatable(k:string, n:long)["a", 1, "b", 2]; let seen = toscalar(T | summarize make_list(k));';

test.each([
  ['print array_sort_desc(set_difference(dynamic(["a", "z"]), seen))', [[['z']]]],
  ['print set_has_element(seen, "b"), array_index_of(seen, "b")', [[true, 1]]],
  ['T | extend p = strcat_array(split("x y", " "), toscalar(T | take 1 | project k)) | project p', [['xay'], ['xay']]],
  [
    'T | where set_has_element(seen, strcat(k, "")) and array_length(set_union(seen, dynamic(["c"]))) == 3 | count',
    [[2]],
  ],
  ['T | summarize m = max(array_length(set_intersect(seen, pack_array(k))))', [[1]]],
  ['T | extend f = series_add(dynamic([1, 1]), toscalar(T | summarize make_list(n))) | take 1 | project f', [[[2, 3]]]],
])('a value of toscalar stands in functions that look at every element: %s', async (query, rows) => {
  expect(await kql.rows(`${seen} ${query}`)).toEqual(rows);
});

test.each([
  ['print bag_merge(dynamic(null), bag_pack("k", 1))', [[{ k: 1 }]]],
  ['datatable(s:string)["-", "+"] | project strcat_array(dynamic([1, "x"]), s)', [['1-x'], ['1+x']]],
  ['datatable(s:string)["-", "+"] | project strcat_array(dynamic([]), s)', [[''], ['']]],
  ['datatable(s:string)["a"] | sort by "x", 1 | project s', [['a']]],
  ['print [""] = 1 | extend x = [""] + 1 | project [""], x', [[1, 2]]],
  ['print strlen(punycode_from_string(strrep(strrep("é", 100), 100)))', [[10_002]]],
])('constants where SQL is choosy: %s', async (query, rows) => {
  expect(await kql.rows(query)).toEqual(rows);
});

test('a text of 100,000 characters compiles in the time of a short one, give or take', () => {
  expect(kql.compile(`print "${'a'.repeat(100_000)}"`).columns).toHaveLength(1);
});

test('an aggregate may be of what a window function gives', async () => {
  const rows = 'range x from 1 to 4 step 1 | sort by x asc';
  expect(
    await kql.rows(`${rows} | summarize s = sum(x - prev(x, 1, 0)), n = countif(row_number() > 2), l = max(next(x))`),
  ).toEqual([[4, 2, 4]]);
  expect(await kql.rows(`${rows} | summarize sumif(x, row_rank_min(x % 2) > 1) by x % 2 | summarize count()`)).toEqual([
    [2],
  ]);
});
