import { type Kql, openKql } from './run-kql';

let kql: Kql;
beforeAll(async () => {
  kql = await openKql();
});
afterAll(() => kql.close());

/** Whether each condition holds. */
async function hold(...conditions: string[]): Promise<unknown[]> {
  const [row] = await kql.rows(`print ${conditions.map((one, i) => `c${i} = ${one}`).join(', ')}`);
  return row ?? [];
}

describe('string operators', () => {
  it('ignore case unless they end in _cs, but == does not', async () => {
    expect(
      await hold(
        '"Ab" contains "aB"',
        '"Ab" contains_cs "aB"',
        '"Ab" startswith "ab"',
        '"Ab" startswith_cs "ab"',
        '"Ab" endswith "AB"',
        '"Ab" endswith_cs "AB"',
      ),
    ).toEqual([true, false, true, false, true, false]);
    expect(
      await hold(
        '"Ab" == "ab"',
        '"Ab" =~ "ab"',
        '"Ab" != "ab"',
        '"Ab" !~ "ab"',
        '"Ab" in ("ab")',
        '"Ab" in~ ("ab")',
        '"Ab" !in ("ab")',
        '"Ab" !in~ ("ab")',
      ),
    ).toEqual([false, true, true, false, false, true, true, false]);
  });

  it('has finds whole terms of letters and digits', async () => {
    expect(
      await hold(
        '"cmd.exe /c whoami" has "cmd"',
        '"cmdline" has "cmd"',
        '"my_cmd" has "cmd"',
        '"a-cmd" has "CMD"',
        '"a-cmd" has_cs "CMD"',
        '"x" has ""',
      ),
    ).toEqual([true, false, true, true, false, true]);
    expect(
      await hold(
        '"a cmd.exe b" has "cmd.exe"',
        '"a cmd.exeb" has "cmd.exe"',
        '"C:\\\\Temp\\\\x" has "\\\\Temp"',
        '"über alles" has "ber"',
        '"a.b" has "a*b"',
      ),
    ).toEqual([true, false, true, false, false]);
    expect(
      await hold(
        '"powershell -enc" hasprefix "power"',
        '"xpower" hasprefix "power"',
        '"powershell x" hassuffix "shell"',
        '"shells" hassuffix "shell"',
        '"abc" !has "abc"',
        '"abcd" !has "abc"',
      ),
    ).toEqual([true, false, true, false, false, true]);
  });

  it('has_any and has_all take lists, arrays and tables', async () => {
    expect(
      await hold(
        '"net user add" has_any ("USER", "x")',
        '"net users" has_any ("user")',
        '"net user add" has_all ("add", "net")',
        '"net user" has_all ("add", "net")',
      ),
    ).toEqual([true, false, true, false]);
    const lists = 'let words = dynamic(["whoami", "net"]); let table = datatable(w:string)["whoami", "x"];';
    expect(
      await kql.rows(
        `${lists} print s = "run WHOAMI" | project s has_any (words), s has_any (table), s has_all (words), s has_all (table)`,
      ),
    ).toEqual([[true, true, false, false]]);
    expect(
      await kql.rows(`print s = "run whoami", w = dynamic(["Whoami"]) | project s has_any (w), s has_all (w)`),
    ).toEqual([[true, true]]);
  });

  it('takes needles that only the row knows', async () => {
    expect(
      await kql.rows(
        'datatable(s:string, n:string)["a.b c", "A.B", "axb", "a.b", "x", "("] | project s has n, s contains n, s startswith n',
      ),
    ).toEqual([
      [true, true, true],
      [false, false, false],
      [false, false, false],
    ]);
  });

  it('matches regex by RE2, in the case it is written', async () => {
    expect(
      await hold(
        '"abc123" matches regex @"\\d{3}$"',
        '"ABC" matches regex "abc"',
        '"ABC" matches regex "(?i)abc"',
        '"it\'s" matches regex "t\'s"',
      ),
    ).toEqual([true, false, true, true]);
  });

  it('in compares with values of other types, arrays and subqueries', async () => {
    expect(
      await hold(
        '5 in (4, 5)',
        '5 in (dynamic([4, 5.0]))',
        'datetime(2024-01-01) in (datetime(2024-01-01))',
        '"5" in (5)',
      ),
    ).toEqual([true, true, true, true]);
    expect(
      await kql.rows('let t = datatable(n:long)[1, long(null)]; datatable(x:long)[1, 2, long(null)] | where x !in (t)'),
    ).toEqual([[2], [null]]);
    expect(await kql.rows('let t = datatable(n:string)["A"]; datatable(x:string)["a", "b"] | where x in~ (t)')).toEqual(
      [['a']],
    );
    expect(await kql.rows('print x = "b", a = dynamic(["a","b"]) | where x in (a) | project x')).toEqual([['b']]);
  });
});

describe('terms that are known only at run time', () => {
  it('are found as constant ones are', async () => {
    const texts = ['a.b-c', 'a_b', 'ab1', 'éa b', 'xfoo.exe', 'foo.exe x', 'foo.exec', '', 'a  b', 'T1059.001', 'a'];
    const needles = ['a', 'b', 'ab', 'foo.exe', '.exe', 'a b', '', '1059', '.', 'é', 'b-c', 'T1059'];
    const rows = texts.flatMap((text) => needles.map((needle) => [text, needle]));
    const table = `datatable(s:string, n:string)[${rows
      .flat()
      .map((one) => JSON.stringify(one))
      .join(', ')}]`;
    const late = await kql.rows(`${table} | project s has n, s hasprefix n, s hassuffix n, s has_any (pack_array(n))`);
    for (const [i, [text, needle]] of rows.entries()) {
      const known = `print s = ${JSON.stringify(text)} | project s has ${JSON.stringify(needle)}, s hasprefix ${JSON.stringify(needle)}, s hassuffix ${JSON.stringify(needle)}, s has_any (${JSON.stringify(needle)})`;
      if (i % 3 === 0)
        expect([text, needle, ...(late[i] ?? [])]).toEqual([text, needle, ...((await kql.rows(known))[0] ?? [])]);
    }
  });
});

it('finds one of thousands of terms', async () => {
  const terms = Array.from({ length: 6000 }, (_, i) => `"indicator-${i}.example.com"`).join(', ');
  const table =
    'datatable(m:string)["go indicator-5999.example.com now", "xindicator-7.example.com", "indicator-6001.example.com"]';
  expect(await kql.rows(`${table} | where m has_any (${terms}) | project strlen(m)`)).toEqual([[33]]);
  expect(await kql.rows(`${table} | where m has_any ("-", "7.example", "now") | count`)).toEqual([[3]]);
});
