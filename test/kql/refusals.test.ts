import type { TableSchema } from '../../src/kql/compile-input';
import { lineColumn, placeError } from '../../src/kql/line-column';
import { type Kql, openKql } from './run-kql';

let kql: Kql;
beforeAll(async () => {
  kql = await openKql();
  await kql.sql('CREATE TABLE secrets AS SELECT 42 AS n');
});
afterAll(() => kql.close());

const tables: TableSchema[] = [
  {
    name: 'SignInLogs',
    columns: [
      { name: 'UserName', type: 'string' },
      { name: 'TimeGenerated', type: 'datetime' },
    ],
  },
  {
    name: 'odd \'name"',
    columns: [
      { name: 'a"b', type: 'string' },
      { name: "it's", type: 'long' },
    ],
    sqlName: 'odd"table',
  },
];

describe('refusals', () => {
  it('name what is not supported, and its place', () => {
    const text = 'print x = 1\n| extend y = 2\n| fork (count)';
    const error = kql.refusal(text);
    expect(placeError(error, text)).toMatchObject({
      code: 'unsupported',
      message: '`fork` is not supported yet; send the queries one by one, line 3, column 3',
      line: 3,
      column: 3,
    });
    expect(kql.refusal('print s = "x" | evaluate basket()').message).toContain('summarize count()');
    expect(kql.refusal('print geo_point_to_h3cell(1.0, 2.0)')).toMatchObject({
      code: 'unsupported',
      message: expect.stringContaining('geo_point_to_h3cell'),
    });
  });

  it('tell syntax, names and types apart, and guess what was meant', () => {
    expect(kql.refusal('SigninLogs | count', { tables })).toMatchObject({
      code: 'unknown-name',
      start: 0,
      message: expect.stringContaining('did you mean SignInLogs?'),
    });
    expect(kql.refusal('SignInLogs | where Usrname == "x"', { tables })).toMatchObject({
      code: 'unknown-name',
      start: 19,
      message: expect.stringContaining('did you mean UserName?'),
    });
    expect(kql.refusal('SignInLogs | wehre UserName == "x"', { tables })).toMatchObject({
      code: 'syntax',
      start: 13,
      message: expect.stringContaining('did you mean where?'),
    });
    expect(kql.refusal('SignInLogs | where (UserName == "x"', { tables })).toMatchObject({ code: 'syntax' });
    expect(kql.refusal('SignInLogs | where UserName > 5', { tables })).toMatchObject({ code: 'type', start: 28 });
    expect(kql.refusal('.drop table SignInLogs', { tables })).toMatchObject({ code: 'refused' });
    expect(kql.refusal('')).toMatchObject({ code: 'syntax' });
  });

  it('guess names that the query itself made, and functions', () => {
    const message = (text: string) => kql.refusal(text).message;
    expect(message('print Account = "x" | extend Host = 1 | where Acount == "x"')).toContain('did you mean Account?');
    expect(message('print Account = "x" | where account == "x"')).toContain('did you mean Account?');
    expect(message('let suspects = dynamic([]); print x = 1 | where x in (suspect)')).toContain(
      'did you mean suspects?',
    );
    expect(message('print a = 1 | where y == 1')).not.toContain('did you mean');
    expect(message('print x = to_lower("A")')).toContain('did you mean tolower?');
    expect(message('print x = 1 | summarize dcont(x)')).toContain('did you mean dcount?');
  });

  it.each([
    ['print a = "x" | where a = "x"', 'compared with =='],
    ['print a = “x”', 'straight quotes'],
    ['print a = 1 | where a == 1 && a == 2', 'write `and`'],
    ['print a = 1 | project a as b', 'name = expression'],
    ['print a = 1 | where a is null', 'isnull(x)'],
    ['print a = 1 | where a != null', 'isnull(x)'],
    ['print a = "x" | where a not in ("x")', '`!in`'],
    ['print a = "x" | where not a has "x"', 'not(…)'],
    ['print a = "x" | where a > "b"', 'strcmp'],
    ['print a = "5" | where a > 4', 'tolong(x)'],
    ['print a = dynamic(1) | distinct a', 'tostring(x)'],
    ['print a = "x" | where a == "x" or "y"', 'on both sides'],
    ['print a = dynamic(1) | where a > now()', 'todatetime(x)'],
    ['range a from 1 to 5 step 1 | top-nested 2 of a % 3 by sum(a)', 'top-nested 3 of name'],
    ['range t from datetime(2024-01-01) to datetime(2024-01-02) step 0s', 'must not be 0'],
    ['print a = 1 | extend b = a + 1, c = b * 2', 'from the next step on'],
    ['print a = "x" | where * == "x"', 'can stand before has'],
    ['print a = "[1]" | mv-expand a', 'parse_json(x)'],
    ['print a = 1 | summarize count(*)', 'write count()'],
    ['SELECT a FROM T WHERE b = 1', 'looks like SQL'],
    ['print a = "x" | where a matches regex "("', 'a ( without its )'],
    ['print a = "x" | where a matches regex "[a"', 'a [ without its ]'],
    ['print a = 1 where a == 1', 'where is not expected here; put | in front of it'],
    ['print a = 1 | where a === 1', 'compared with =='],
    ['print a = "x" | where a == ‘x’', 'straight quotes'],
    ['print a = "x" | where a has any ("x", "y")', 'write has_any'],
    ['print a = "x" | where a contains_all ("x", "y")', 'x contains "a" or x contains "b"'],
    ['print a = "x" | where in (a, "x")', 'the column stands in front'],
    ['print a = "x" | where a in "x", "y"', 'list in parentheses'],
    ['print a = "x" | where a in ["x"]', 'list in parentheses'],
    ['print a = "x" | where a like "%x%"', 'contains, startswith'],
    ['print a = "C:\\Windows"', 'double the backslash'],
    ['print a = now() | where a > "2024-01-01"', 'datetime(2024-01-31)'],
    ['print a = now() | where a > ago(7 days)', 'write 7d'],
    ['print a = now() | where a > ago("7d")', 'without quotes'],
    ['print a = 1 | where a between 1 and 2', 'between (1 .. 5)'],
    ['print a = 1 | where a between (1, 2)', 'between (1 .. 5)'],
    ['print a = 1 | where a == 1 OR a == 2', 'small letters'],
    ['print a = 1 | where a == 1 || a == 2', 'write `or`'],
    ['print a = 1 | where !(a == 1)', 'write not(…)'],
    ['print a = 1 | where a == 1 and where a == 2', 'second where'],
    ['print a = 1 | stats count by a', 'summarize count() by column'],
    ['print a = 1 | count() by a', 'summarize count() by column'],
    ['print a = 1 | summarize count by a', 'write count()'],
    ['print a = 1 | select a', 'write project'],
    ['print a = 1 | head 5', 'write take 10'],
    ['print a = 1 | sort a desc', 'write by'],
    ['let n = 5 print n', 'a let ends with ;'],
    ['let n == 5; print n', 'let name = value'],
    ['print a = 1 # one', 'begins with //'],
    ['print a = "x" | where len(a) > 1', 'strlen(x)'],
    ['print a = 1 | where (a == 1', 'a ( is not closed'],
    ['print a = 1 | where a == 1)', 'one ) too many'],
    ['print a = "x', 'the quotes of this text do not end'],
    ['index=main sourcetype=x | stats count', 'looks like Splunk'],
    ['print Timestamp = now() | where TimeGenerated > ago(1d)', 'did you mean Timestamp?'],
  ])('say how to write it instead: %s', (text, hint) => {
    expect(kql.refusal(text).message).toContain(hint);
  });

  it('name a path into JSON that no engine could follow', () => {
    expect(kql.refusal(String.raw`print extractjson('\\\\', '{"a":1}')`)).toMatchObject({ code: 'unsupported' });
  });

  it('name a range between values of two kinds', () => {
    expect(kql.refusal('print range(now(), 0s, 1)')).toMatchObject({ code: 'type' });
    expect(kql.refusal('print range(1, now(), 1h)')).toMatchObject({ code: 'type' });
  });

  it('count lines and columns from one', () => {
    expect(lineColumn('a\r\nbc\nd', 4)).toEqual({ line: 2, column: 2 });
    expect(lineColumn('', 0)).toEqual({ line: 1, column: 1 });
    expect(lineColumn('ab', 99)).toEqual({ line: 1, column: 3 });
  });
});

describe('hostile text', () => {
  const texts = [
    `'`,
    `''`,
    `"`,
    `\\`,
    `'; DROP TABLE secrets; --`,
    `' UNION SELECT n FROM secrets --`,
    `$$`,
    `*/`,
    `/*`,
    `\u0000x`,
    `%_`,
    `{}`,
    `E'\\x27'`,
    `\u2019`,
  ];

  it('stays a value wherever it stands', async () => {
    for (const text of texts) {
      const literal = `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\0', '\\0')}"`;
      const rows = await kql.rows(
        `let list = dynamic([${literal}]); print s = ${literal} | where s == ${literal} and s contains ${literal} and s in (list) and s has_any (list) | extend d = dynamic({"k": ${literal}}) | extend b = bag_pack(${literal}, 1) | project s, d.k, b[${literal}], strcat(s, ${literal})`,
      );
      expect(rows).toEqual([[text, text, 1, text + text]]);
    }
    expect(await kql.rows('print 1')).toEqual([[1]]);
    await kql.sql('SELECT n FROM secrets');
  });

  it('stays a name wherever it names a column or a table', async () => {
    const names = texts.filter((text) => !text.includes('\0'));
    for (const text of names) {
      const name = `['${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}']`;
      const { columns } = kql.compile(
        `print ${name} = 1 | extend x = ${name} + 1 | summarize sum(${name}) by ${name} | project-rename y = ${name}`,
      );
      expect(columns.map((column) => column.name)).toEqual(['y', `sum_${text}`]);
      expect(await kql.rows(`print ${name} = 1 | extend x = ${name} + 1 | summarize sum(${name}) by ${name}`)).toEqual([
        [1, 1],
      ]);
    }
    await kql.sql(`CREATE TABLE "odd""table" AS SELECT 'v' AS "a""b", 7::BIGINT AS "it's"`);
    expect(await kql.rows(`['odd \\'name"'] | where ['a"b'] == "v" | project ["it's"]`, { tables })).toEqual([[7]]);
  });

  it('reaches no table that the caller did not name', () => {
    expect(kql.refusal('secrets | count')).toMatchObject({ code: 'unknown-name' });
    expect(kql.refusal('table("secrets") | count')).toMatchObject({ code: 'unknown-name' });
    expect(kql.refusal("['duckdb_tables()'] | count")).toMatchObject({ code: 'unknown-name' });
  });

  it('stays inside a render hint, a parse pattern and a regex', async () => {
    expect(
      kql.compile(`print x = 1 | render piechart with (title="'; DROP TABLE secrets; --")`).render?.properties.title,
    ).toBe(`'; DROP TABLE secrets; --`);
    expect(
      await kql.rows(
        `print s = "a'; DROP TABLE secrets; --b" | parse s with "a'; DROP TABLE secrets; --" rest | project rest`,
      ),
    ).toEqual([['b']]);
  });
});

describe('the time range of a hunt', () => {
  it('cuts every base table that has a time column', async () => {
    await kql.sql(
      "CREATE TABLE SignInLogs AS SELECT * FROM (VALUES ('a', 10::BIGINT), ('b', 20::BIGINT), ('c', 30::BIGINT)) AS t(\"UserName\", \"TimeGenerated\")",
    );
    const range = { from: 10n, to: 30n };
    expect(await kql.rows('SignInLogs | sort by UserName asc | project UserName', { tables, range })).toEqual([
      ['a'],
      ['b'],
    ]);
    expect(
      await kql.rows('SignInLogs | join kind=inner (SignInLogs | where UserName != "a") on UserName | count', {
        tables,
        range,
      }),
    ).toEqual([[1]]);
    expect(kql.compile('SignInLogs | count', { tables, range }).tables).toEqual(['SignInLogs']);
  });
});
