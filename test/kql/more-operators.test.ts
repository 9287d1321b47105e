import { type Kql, openKql } from './run-kql';

let kql: Kql;
beforeAll(async () => {
  kql = await openKql();
});
afterAll(() => kql.close());

const people = `let people = datatable(name:string, team:string, age:long)["Ann","a",30, "Bob","b",20, "Cid","a",25, "Dan","b",41];`;

describe('make-series', () => {
  const days = `let T = datatable(t:datetime, k:string, n:real)[datetime(2024-01-01 03:00),"a",1.5, datetime(2024-01-01 09:00),"a",2.5, datetime(2024-01-03),"b",4];`;

  it('fills the places without rows with the default', async () => {
    expect(
      await kql.rows(
        `${days} T | make-series c = count(), s = sum(n) default = -1.0 on t from datetime(2024-01-01) to datetime(2024-01-04) step 1d by k | project k, c, s, t[0] | sort by k asc`,
      ),
    ).toEqual([
      ['a', [2, 0, 0], [4, -1, -1], '2024-01-01T00:00:00.0000000Z'],
      ['b', [0, 0, 1], [-1, -1, 4], '2024-01-01T00:00:00.0000000Z'],
    ]);
  });

  it('takes its range from the rows where none is given, and leaves rows outside of it out', async () => {
    expect(await kql.rows('range x from 1 to 5 step 1 | make-series c = count() on x step 2')).toEqual([
      [
        [1, 2, 2],
        [0, 2, 4],
      ],
    ]);
    expect(
      await kql.rows('range x from 1 to 9 step 1 | make-series c = count() on x from 2 to 5 step 2 | project c'),
    ).toEqual([[[2, 1]]]);
    expect(
      await kql.rows(
        'range x from 1 to 9 step 1 | where x > 10 | make-series kind=nonempty c = count() on x from 1 to 3 step 1',
      ),
    ).toEqual([
      [
        [0, 0],
        [1, 2],
      ],
    ]);
    expect(
      await kql.rows('range x from 1 to 9 step 1 | where x > 10 | make-series c = count() on x from 1 to 3 step 1'),
    ).toEqual([]);
  });
});

describe('order inside subqueries', () => {
  it('sees the elements of an array in their order', async () => {
    const arrays = 'range k from 1 to 200 step 1 | extend a = range(1, 50)';
    const applied = `${arrays} | mv-apply x = a to typeof(long) on (extend d = x - prev(x, 1, 0) | summarize made = make_list(x), steps = make_set(d)) | where tostring(made) != tostring(a) or array_length(steps) != 1 | count`;
    expect(await kql.rows(applied)).toEqual([[0]]);
    const sorted = `${arrays} | mv-apply x = a to typeof(long) on (sort by x desc | take 3 | summarize best = make_list(x)) | summarize take_any(best), dcount(tostring(best))`;
    expect(await kql.rows(sorted)).toEqual([[[50, 49, 48], 1]]);
  });

  it('partitions, each part on its own', async () => {
    expect(
      await kql.rows(`${people} people | partition by team (top 1 by age | project team, name) | sort by team asc`),
    ).toEqual([
      ['a', 'Ann'],
      ['b', 'Dan'],
    ]);
    expect(
      await kql.rows(
        `${people} people | sort by name asc | partition by team (extend n = row_number()) | sort by name asc | project name, n`,
      ),
    ).toEqual([
      ['Ann', 1],
      ['Bob', 1],
      ['Cid', 2],
      ['Dan', 2],
    ]);
  });
});

describe('search', () => {
  it('looks for terms in every column, or in one', async () => {
    const found = async (condition: string) =>
      (await kql.rows(`${people} people | search ${condition} | project name | sort by name asc`)).flat();
    expect(await found('"ann"')).toEqual(['Ann']);
    expect(await found('"a"')).toEqual(['Ann', 'Cid']);
    expect(await found('"a*"')).toEqual(['Ann', 'Cid']);
    expect(await found('name:"*n" and age > 35')).toEqual(['Dan']);
    expect(await found('"41" or name == "Bob"')).toEqual(['Bob', 'Dan']);
  });

  it('names the table that a row comes from', async () => {
    const other = { name: 'Other', columns: [{ name: 'y', type: 'long' as const }], sqlName: 'search_other' };
    await kql.sql('CREATE OR REPLACE TABLE search_other AS SELECT 4::BIGINT AS y');
    const views =
      'let Low = view () { range x from 1 to 5 step 1 }; let High = view () { range x from 4 to 9 step 1 };';
    expect(await kql.rows(`${views} search x == 4 | sort by $table asc`, { tables: [other] })).toEqual([
      ['High', 4],
      ['Low', 4],
    ]);
  });
});

describe('parse-kv', () => {
  it('reads pairs, in quotes too, in any order', async () => {
    expect(
      await kql.rows(
        `print s = 'b="x, y" a=5, c=z' | parse-kv s as (a:long, b:string, c:string, d:string) with (pair_delimiter=" ", kv_delimiter="=", quote='"') | project a, b, c, d`,
      ),
    ).toEqual([[null, 'x, y', 'z', '']]);
    expect(
      await kql.rows(
        `print s = 'a:5,b:x y, c:z' | parse-kv s as (c:string, a:long, b:string) with (pair_delimiter=",", kv_delimiter=":") | project a, b, c`,
      ),
    ).toEqual([[5, 'x y', 'z']]);
  });
});

describe('plugins and nested tops', () => {
  it('looks addresses up', async () => {
    const tables =
      'let nets = datatable(net:string, place:string)["10.0.0.0/8","in", "192.168.1.0/24","lab"]; let ips = datatable(ip:string)["10.1.2.3", "8.8.8.8"];';
    expect(await kql.rows(`${tables} ips | evaluate ipv4_lookup(nets, ip, net)`)).toEqual([
      ['10.1.2.3', '10.0.0.0/8', 'in'],
    ]);
    expect(
      await kql.rows(`${tables} ips | evaluate ipv4_lookup(nets, ip, net, return_unmatched = true) | count`),
    ).toEqual([[2]]);
  });

  it('unpacks a bag into the columns that the query names, and refuses a plugin by name', async () => {
    const bag = 'print k = 1, d = dynamic({"a": "x", "n": 5})';
    expect(await kql.records(`${bag} | evaluate bag_unpack(d) : (*, a:string, n:long)`)).toEqual([
      { k: 1, a: 'x', n: 5 },
    ]);
    expect(kql.refusal(`${bag} | evaluate basket()`)).toMatchObject({
      code: 'unsupported',
      message: expect.stringContaining('basket'),
    });
  });

  it('nests tops', async () => {
    expect(
      await kql.rows(`${people} people | top-nested 1 of team by sum(age), top-nested 1 of name by oldest = max(age)`),
    ).toEqual([['b', 61, 'Dan', 41]]);
  });
});

describe('size', () => {
  it('takes long pipes, long lists and long chains of conditions', async () => {
    expect(await kql.rows(`range x from 1 to 3 step 1${' | extend x = x + 1'.repeat(100)} | summarize max(x)`)).toEqual(
      [[103]],
    );
    const many = Array.from({ length: 3_000 }, (_, i) => i);
    expect(await kql.rows(`range x from 1 to 5000 step 1 | where x in (${many.join(', ')}) | count`)).toEqual([
      [2_999],
    ]);
    expect(
      await kql.rows(
        `range x from 1 to 10 step 1 | where ${many
          .slice(0, 200)
          .map((i) => `x == ${i}`)
          .join(' or ')} | count`,
      ),
    ).toEqual([[10]]);
  });
});

describe('subqueries inside subqueries', () => {
  it('apply to the arrays of an array', async () => {
    const nested = 'datatable(k:long, a:dynamic)[1, dynamic([[1, 2], [5]]), 2, dynamic([[7, 8, 9]])]';
    expect(
      await kql.rows(
        `${nested} | mv-apply x = a on (mv-apply y = x to typeof(long) on (summarize s = sum(y)) | summarize sums = make_list(s)) | project k, sums | sort by k asc`,
      ),
    ).toEqual([
      [1, [3, 5]],
      [2, [24]],
    ]);
    expect(
      await kql.rows(
        `${nested} | mv-apply x = a on (make-series c = count() on n = array_length(x) from 1 to 4 step 1 | project c) | project k, c | sort by k asc`,
      ),
    ).toEqual([
      [1, [1, 1, 0]],
      [2, [0, 0, 1]],
    ]);
  });

  it('do not copy an array for each of its elements', async () => {
    const text =
      'range x from 1 to 20000 step 1 | summarize all = make_list(x) | mv-apply e = all to typeof(long) on (extend p = prev(e, 1, 0) | where e - p != 1 | count) | project Count';
    expect(await kql.rows(text)).toEqual([[0]]);
  });
});

describe('views in a union', () => {
  const views = 'let View_1 = view () { print x = 1 }; let View_2 = view () { print x = toint(2) };';

  it('are sources by their names, and answer to wildcards', async () => {
    expect(await kql.rows(`${views} union withsource=from View_1, View_2 | sort by from asc`)).toEqual([
      ['View_1', 1, null],
      ['View_2', null, 2],
    ]);
    expect(await kql.rows(`${views} union View* | count`)).toEqual([[2]]);
  });
});

describe('row numbers that start anew', () => {
  it('leave the rows in their order', async () => {
    const rows = 'range i from 1 to 5000 step 1 | extend g = i % 7 | sort by g asc, i desc';
    const numbered = `${rows} | extend n = row_number(1, g != prev(g))`;
    const all = await kql.rows(`${numbered} | project g, i, n`);
    const sorted = [...all].sort((a, b) => Number(a[0]) - Number(b[0]) || Number(b[1]) - Number(a[1]));
    expect(all).toEqual(sorted);
    expect((await kql.rows(`${numbered} | where n <= 1 | project g`)).flat()).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect((await kql.rows(`${rows} | where row_number(1, g != prev(g)) == 1 | project g`)).flat()).toEqual([
      0, 1, 2, 3, 4, 5, 6,
    ]);
  });
});

describe('columns named like the compiler’s own names', () => {
  it('stay apart from them', async () => {
    const columns = 'datatable(kql_x:string, kql_item:string, x:dynamic)["a", "a", dynamic(["b"])]';
    expect(
      await kql.rows(
        `${columns} | project set_difference(x, pack_array(kql_x)), set_union(x, pack_array(kql_x)), kql_item in (x), KQL_X = kql_x`,
      ),
    ).toEqual([[['b'], ['b', 'a'], false, 'a']]);
    await kql.sql(`CREATE TABLE reserved AS SELECT 'v' AS kql_x, 1::BIGINT AS n`);
    const tables = [
      {
        name: 'reserved',
        columns: [
          { name: 'kql_x', type: 'string' as const },
          { name: 'n', type: 'long' as const },
        ],
      },
    ];
    expect(await kql.rows('reserved | where kql_x == "v" | summarize sum(n) by kql_x', { tables })).toEqual([['v', 1]]);
    expect(
      await kql.rows(
        'range key0 from 1 to 6 step 1 | extend g = key0 % 2 | top-nested of g by count(), top-nested 1 of key0 by max(key0) | sort by g asc',
      ),
    ).toEqual([
      [0, 3, 6, 6],
      [1, 3, 5, 5],
    ]);
  });
});

describe('mv-apply on sorted rows', () => {
  it('keeps them in their order, and their elements too', async () => {
    const rows = 'range i from 1 to 3000 step 1 | sort by i desc | extend a = pack_array(i, 0, -i)';
    const applied = await kql.rows(`${rows} | mv-apply x = a to typeof(long) on (where x != 0) | project i, x`);
    expect(applied).toHaveLength(6000);
    expect(applied).toEqual(
      Array.from({ length: 3000 }, (_, k) => 3000 - k).flatMap((i) => [
        [i, i],
        [i, -i],
      ]),
    );
  });
});

describe('top-hitters and assert-schema', () => {
  it('count the most frequent values, or sum by them', async () => {
    const rows = 'range x from 1 to 10 step 1 | extend g = strcat("a", x % 3)';
    expect(await kql.records(`${rows} | top-hitters 1 of g`)).toEqual([{ g: 'a1', approximate_count_g: 4 }]);
    expect(await kql.records(`${rows} | top-hitters 1 of g by x`)).toEqual([{ g: 'a1', approximate_sum_x: 22 }]);
  });

  it('let rows of the schema pass and refuse others', async () => {
    expect(await kql.rows('print a = 1, b = "x" | assert-schema (a:long, b:string)')).toEqual([[1, 'x']]);
    expect(kql.refusal('print a = 1, b = "x" | assert-schema (a:long, b:long)')).toMatchObject({
      code: 'type',
      message: expect.stringContaining('b:string'),
    });
  });
});

describe('parse-kv with several escapes', () => {
  it('takes each of them for one', async () => {
    expect(
      await kql.rows(
        `print s = "a='x\\\\'y' b='p^'q'" | parse-kv s as (a:string, b:string) with (pair_delimiter=" ", kv_delimiter="=", quote="'", escape="\\\\", escape="^") | project a, b`,
      ),
    ).toEqual([["x'y", "p'q"]]);
  });
});

describe('partition with rows of its own', () => {
  it('sees the key of each part', async () => {
    const text = 'let T = range y from 1 to 5 step 1; range x from 1 to 2 step 1 | partition by x';
    expect(
      await kql.rows(`${text} { T | where y == toscalar(x) or y == x + 2 | extend k = toscalar(x) } | sort by y asc`),
    ).toEqual([
      [1, 1],
      [2, 2],
      [3, 1],
      [4, 2],
    ]);
    expect(
      kql.refusal(
        'let T = range x from 1 to 5 step 1; range x from 1 to 2 step 1 | partition by x { T | where x == toscalar(x) }',
      ),
    ).toMatchObject({ code: 'unsupported', message: expect.stringContaining('rename') });
  });
});
