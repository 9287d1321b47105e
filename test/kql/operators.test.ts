import { type Kql, openKql } from './run-kql';

let kql: Kql;
beforeAll(async () => {
  kql = await openKql();
});
afterAll(() => kql.close());

const people = `let people = datatable(name:string, team:string, age:long)["Ann","a",30, "Bob","b",long(null), "Cid","a",25, "Dan","",41];`;

function names(text: string): string[] {
  return kql.compile(text).columns.map((column) => column.name);
}

describe('sort, top and take', () => {
  it('sorts descending with nulls last unless told otherwise', async () => {
    const sorted = async (order: string) =>
      (await kql.rows(`${people} people | sort by ${order} | project name`)).flat().join(' ');
    expect(await sorted('age')).toBe('Dan Ann Cid Bob');
    expect(await sorted('age asc')).toBe('Bob Cid Ann Dan');
    expect(await sorted('age asc nulls last')).toBe('Cid Ann Dan Bob');
    expect(await sorted('age desc nulls first')).toBe('Bob Dan Ann Cid');
    expect(await sorted('team asc, name desc')).toBe('Dan Cid Ann Bob');
    expect(await sorted('1, name asc')).toBe('Ann Bob Cid Dan');
  });

  it('keeps the order through later operators', async () => {
    expect(
      await kql.rows(
        `${people} people | order by name desc | where age > 20 | extend n = row_number() | project name, n | take 2`,
      ),
    ).toEqual([
      ['Dan', 1],
      ['Cid', 2],
    ]);
    expect(await kql.rows(`${people} people | top 2 by age | project name`)).toEqual([['Dan'], ['Ann']]);
    expect(await kql.rows(`${people} people | sort by name desc | summarize make_list(name)`)).toEqual([
      [['Dan', 'Cid', 'Bob', 'Ann']],
    ]);
  });

  it('takes a number of rows that is computed', async () => {
    expect(await kql.rows(`let n = toscalar(print 1 + 1); range x from 1 to 5 step 1 | take n | count`)).toEqual([[2]]);
  });
});

describe('columns', () => {
  it('replaces in place, and numbers columns without a name', () => {
    expect(names(`${people} people | extend age = age + 1, 1 + 1, strcat(name, "x")`)).toEqual([
      'name',
      'team',
      'age',
      'Column1',
      'Column2',
    ]);
    expect(names(`${people} people | project tostring(age), bin(age, 10), toupper(name), age`)).toEqual([
      'age',
      'age1',
      'Column1',
      'age2',
    ]);
  });

  it('tells apart names that differ in case only', async () => {
    expect(await kql.records('print a = 1, A = 2 | extend B = a + A, b = A | project-away A')).toEqual([
      { a: 1, B: 3, b: 2 },
    ]);
  });

  it('renames, keeps, drops and reorders, with wildcards', () => {
    const wide = 'print b2 = 1, a1 = 2, b10 = 3, c = 4';
    expect(names(`${wide} | project-rename x = a1`)).toEqual(['b2', 'x', 'b10', 'c']);
    expect(names(`${wide} | project-keep c, b*`)).toEqual(['b2', 'b10', 'c']);
    expect(names(`${wide} | project-away b*`)).toEqual(['a1', 'c']);
    expect(names(`${wide} | project-reorder c, b* asc`)).toEqual(['c', 'b10', 'b2', 'a1']);
    expect(names(`${wide} | project-reorder b* granny-asc`)).toEqual(['b2', 'b10', 'a1', 'c']);
  });
});

describe('summarize', () => {
  it('gives one row for no rows, unless there is a by', async () => {
    expect(
      await kql.rows(`${people} people | where false | summarize count(), sum(age), max(name), make_set(name)`),
    ).toEqual([[0, 0, '', []]]);
    expect(await kql.rows(`${people} people | where false | summarize count() by team`)).toEqual([]);
  });

  it('names its columns as the language does', () => {
    expect(
      names(
        `${people} people | summarize count(), sum(age), dcount(name), arg_max(age, *), make_set(name), countif(age > 3) by team, bin(age, 10)`,
      ),
    ).toEqual(['team', 'age', 'count_', 'sum_age', 'dcount_name', 'age1', 'name', 'set_name', 'countif_']);
    expect(names(`${people} people | summarize arg_max(age, name), x = max(age) - min(age)`)).toEqual([
      'age',
      'name',
      'x',
    ]);
    expect(names(`${people} people | summarize youngest = arg_min(age, name, team)`)).toEqual([
      'youngest',
      'name',
      'team',
    ]);
  });

  it('computes over groups and over expressions', async () => {
    expect(
      await kql.rows(
        `${people} people | summarize n = count(), spread = max(age) - min(age) by team | sort by team asc`,
      ),
    ).toEqual([
      ['', 1, 0],
      ['a', 2, 5],
      ['b', 1, null],
    ]);
    expect(
      await kql.rows(
        `${people} people | summarize arg_max(age, name) by g = iff(team == "", "none", "some") | sort by g asc`,
      ),
    ).toEqual([
      ['none', 41, 'Dan'],
      ['some', 30, 'Ann'],
    ]);
  });

  it('distinct gives each row once', async () => {
    expect(await kql.rows(`${people} people | distinct team | sort by team asc`)).toEqual([[''], ['a'], ['b']]);
  });
});

describe('mv-expand and mv-apply', () => {
  it('reads arrays side by side; null gives one row, an empty array or bag none', async () => {
    const table =
      'datatable(k:long, a:dynamic, b:dynamic)[1, dynamic([1,2,3]), dynamic(["x","y"]), 2, dynamic([]), dynamic(null)]';
    expect(await kql.rows(`${table} | mv-expand a, b`)).toEqual([
      [1, 1, 'x'],
      [1, 2, 'y'],
      [1, 3, null],
      [2, null, null],
    ]);
    const empty = 'datatable(k:long, a:dynamic)[1, dynamic([]), 2, dynamic({}), 3, dynamic(null), 4, dynamic("x")]';
    expect(await kql.rows(`${empty} | mv-expand a`)).toEqual([
      [3, null],
      [4, 'x'],
    ]);
    expect(await kql.rows(`${empty} | mv-apply a on (summarize n = count()) | sort by k asc`)).toEqual([
      [3, 1],
      [4, 1],
    ]);
    expect(
      await kql.rows(`${table} | mv-expand with_itemindex=i x = a to typeof(long) limit 2 | project k, x, i`),
    ).toEqual([
      [1, 1, 0],
      [1, 2, 1],
    ]);
  });

  it('makes bags of one key, or pairs', async () => {
    expect(await kql.rows('print b = dynamic({"p": 1, "q/r": "z"}) | mv-expand b')).toEqual([
      [{ p: 1 }],
      [{ 'q/r': 'z' }],
    ]);
    expect(
      await kql.rows('print b = dynamic({"p": 1, "q/r": "z"}) | mv-expand kind=array b | project b[0], b[1]'),
    ).toEqual([
      ['p', 1],
      ['q/r', 'z'],
    ]);
  });

  it('applies a subquery to each row', async () => {
    const table = 'datatable(k:long, a:dynamic)[1, dynamic([3,9,4]), 2, dynamic([7])]';
    expect(
      await kql.rows(
        `${table} | mv-apply x = a to typeof(long) on (where x > 3 | summarize n = count(), top = max(x)) | project k, n, top | sort by k asc`,
      ),
    ).toEqual([
      [1, 2, 9],
      [2, 1, 7],
    ]);
    expect(await kql.rows(`${table} | mv-apply x = a to typeof(long) on (where x > k * 4) | project k, x`)).toEqual([
      [1, 9],
    ]);
  });
});

describe('parse', () => {
  const lines = 'datatable(s:string)["user=ann id=7 end", "user=bob id=x end", "nothing"]';
  it('gives empty texts and nulls where the strict pattern does not fit', async () => {
    expect(await kql.rows(`${lines} | parse s with "user=" u " id=" id:long " end"  | project u, id`)).toEqual([
      ['ann', 7],
      ['', null],
      ['', null],
    ]);
    expect(await kql.rows(`${lines} | parse-where s with "user=" u " id=" id:long * | project u, id`)).toEqual([
      ['ann', 7],
    ]);
  });
  it('keeps what fits in the relaxed mode, and reads patterns in the regex mode', async () => {
    expect(
      await kql.rows(`${lines} | parse kind=relaxed s with "user=" u " id=" id:long " end" | project u, id`),
    ).toEqual([
      ['ann', 7],
      ['bob', null],
      ['', null],
    ]);
    expect(
      await kql.rows(`${lines} | parse kind=regex flags=i s with "USER=" u @"\\s+ID=" id | project u, id`),
    ).toEqual([
      ['ann', '7 end'],
      ['bob', 'x end'],
      ['', ''],
    ]);
  });
});

describe('print, range, datatable, getschema, count', () => {
  it('give rows of their own', async () => {
    expect(await kql.records('print 1, x = "a", strlen("abc")')).toEqual([{ print_0: 1, x: 'a', print_2: 3 }]);
    expect(await kql.rows('range x from 3 to 1 step -1')).toEqual([[3], [2], [1]]);
    expect(await kql.rows('range x from 0.5 to 1.5 step 0.5')).toEqual([[0.5], [1], [1.5]]);
    expect(await kql.rows('range d from datetime(2024-01-01) to datetime(2024-01-02) step 12h | count')).toEqual([[3]]);
    expect(await kql.rows('datatable(a:string, b:real)[] | count')).toEqual([[0]]);
    expect(
      await kql.rows(
        'datatable(a:real, d:datetime)[1, "2024-01-01"] | getschema | project ColumnName, ColumnOrdinal, ColumnType',
      ),
    ).toEqual([
      ['a', 0, 'real'],
      ['d', 1, 'datetime'],
    ]);
  });

  it('keeps render as a hint', () => {
    expect(kql.compile('print x = 1 | render timechart with (title="Logons per hour", kind=stacked)').render).toEqual({
      chart: 'timechart',
      properties: { title: 'Logons per hour', kind: 'stacked' },
    });
  });
});
