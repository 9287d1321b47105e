import { type Kql, openKql } from './run-kql';

let kql: Kql;
beforeAll(async () => {
  kql = await openKql();
});
afterAll(() => kql.close());

async function values(...expressions: string[]): Promise<unknown[]> {
  const [row] = await kql.rows(`print ${expressions.map((one, i) => `c${i} = ${one}`).join(', ')}`);
  return row ?? [];
}

describe('null and the empty string', () => {
  it('keeps rows whose value is null in != and !in, and drops them in == and <', async () => {
    const table = 'datatable(x:long)[1, 2, long(null)]';
    expect(await kql.rows(`${table} | where x != 1`)).toEqual([[2], [null]]);
    expect(await kql.rows(`${table} | where x == 1`)).toEqual([[1]]);
    expect(await kql.rows(`${table} | where not(x == 1)`)).toEqual([[2], [null]]);
    expect(await kql.rows(`${table} | where x < 5`)).toEqual([[1], [2]]);
  });

  it('compares null as false, and null with null as null', async () => {
    expect(
      await kql.rows('datatable(a:long, b:long)[1, long(null), long(null), long(null)] | project a == b, a != b'),
    ).toEqual([
      [false, true],
      [null, null],
    ]);
  });

  it('has no null string', async () => {
    expect(
      await values('isnull("")', 'isempty("")', 'dynamic({"a":null}).a', 'tostring(dynamic({"a":null}).a)'),
    ).toEqual([false, true, null, '']);
    expect(
      await kql.rows(
        'datatable(k:long)[1] | join kind=leftouter (datatable(k:long, s:string, n:long)[2, "x", 5]) on k | project s, n, isempty(s), isnull(n)',
      ),
    ).toEqual([['', null, true, true]]);
  });
});

describe('numbers', () => {
  it('divides whole numbers without a rest, and never gives a negative rest', async () => {
    expect(await values('7 / 2', '-7 / 2', '7 / 2.0', '1 / 0', '1.0 / 0', '-14 % 12', '14 % -12', '5.5 % 2')).toEqual([
      3,
      -3,
      3.5,
      null,
      'Infinity',
      10,
      2,
      1.5,
    ]);
  });

  it('widens int to long and real', async () => {
    expect(
      kql.compile('print int(1) + int(2), int(1) + 1.5, 1 + decimal(2), -int(1)').columns.map((column) => column.type),
    ).toEqual(['long', 'real', 'decimal', 'int']);
  });

  it('multiplies and divides decimals to the last digit', async () => {
    expect(
      await kql.rows(`
        print tostring(decimal(1) / decimal(3)), tostring(decimal(-2) / 3), tostring(decimal(12345678901.123456789) * decimal(1.000000001)),
          isnull(decimal(1) / decimal(0)), tostring(decimal(0.1) * 3)`),
    ).toEqual([['0.333333333333333333', '-0.666666666666666667', '12345678913.469135690123456789', true, '0.3']]);
  });

  it('takes parts of texts wherever the places lie', async () => {
    const most = '9223372036854775807';
    expect(
      await kql.rows(`
        datatable(at: long)[${most}, -${most}, 2, -2]
        | extend text = 'abcdef'
        | project substring(text, at), substring(text, at, 1), substring(text, ${most}), substring(text, -${most}), substring(text, 1, ${most})`),
    ).toEqual([
      ['', '', '', 'abcdef', 'bcdef'],
      ['abcdef', 'a', '', 'abcdef', 'bcdef'],
      ['cdef', 'c', '', 'abcdef', 'bcdef'],
      ['ef', 'e', '', 'abcdef', 'bcdef'],
    ]);
  });

  it('keeps longs past 2^53 and hexadecimal ones', async () => {
    expect(await values('9223372036854775807', '-9223372036854775807', '0x3e7', 'long(0xFF)')).toEqual([
      '9223372036854775807',
      '-9223372036854775807',
      999,
      255,
    ]);
  });
});

describe('time', () => {
  it('counts in ticks', async () => {
    expect(
      await values(
        'datetime(2024-01-01 00:00:00.1234567) + 1tick',
        '1.5d',
        '-90m',
        'datetime(2024-03-01) - datetime(2024-02-01)',
      ),
    ).toEqual(['2024-01-01T00:00:00.1234568Z', '1.12:00:00.0000000', '-01:30:00.0000000', '29.00:00:00.0000000']);
    expect(await values('1d / 1h', '1h / 2', '1h * 1.5', '1h % 25m', '2 * 3s')).toEqual([
      24,
      '00:30:00.0000000',
      '01:30:00.0000000',
      '00:10:00.0000000',
      '00:00:06.0000000',
    ]);
  });

  it('follows the given clock', async () => {
    expect(await values('now()', 'ago(1d)', 'now(-1h)')).toEqual([
      '2024-01-01T00:00:00.0000000Z',
      '2023-12-31T00:00:00.0000000Z',
      '2023-12-31T23:00:00.0000000Z',
    ]);
  });

  it('includes both ends of between, and takes a length behind a datetime', async () => {
    expect(
      await values(
        '5 between (1 .. 5)',
        '1 between (1 .. 5)',
        '6 !between (1 .. 5)',
        'datetime(2024-01-02) between (datetime(2024-01-01) .. 1d)',
        'datetime(2024-01-03) between (datetime(2024-01-01) .. 1d)',
      ),
    ).toEqual([true, true, true, true, false]);
  });

  it('bins from the start of the type, below zero downwards', async () => {
    expect(
      await values('bin(-5, 4)', 'bin(4.5, 1)', 'bin(-90m, 1h)', 'bin(datetime(1970-05-11 13:45:07), 1d)'),
    ).toEqual([-8, 4, '-02:00:00.0000000', '1970-05-11T00:00:00.0000000Z']);
  });
});

describe('dynamic', () => {
  const bag = `print d = dynamic({"a": {"b c": [10, 20, {"x": "y"}]}, "n": 5.5, "t": "5", "nil": null, "we\\"ird": 1, "da/ta~": 2, "*": 3})`;

  it('gives null on a missing path', async () => {
    expect(
      await kql.rows(
        `${bag} | project d.a["b c"][2].x, d.a["b c"][-1].x, d.absent.deeper[3], d.nil, d.n.x, isnull(d.nil)`,
      ),
    ).toEqual([['y', 'y', null, null, null, true]]);
  });

  it('reads odd keys, and keys and places that only the row knows', async () => {
    expect(await kql.rows(`${bag} | project d['we"ird'], d["da/ta~"], d["*"]`)).toEqual([[1, 2, 3]]);
    expect(
      await kql.rows(
        `${bag} | extend k = "n", i = 1, j = dynamic(["t"]) | project d[k], d.a["b c"][i], d.a["b c"][i - 2], d[tostring(j[0])]`,
      ),
    ).toEqual([[5.5, 20, { x: 'y' }, '5']]);
  });

  it('compares by the type of the other side', async () => {
    expect(
      await kql.rows(
        `${bag} | project d.n == 5.5, d.n == 5, d.n > 5, d.t == "5", d.a["b c"][0] == 10, d.absent == 1, d.absent != 1, d.t has "5"`,
      ),
    ).toEqual([[true, false, true, true, true, false, true, true]]);
  });

  it('compares and sorts two dynamics by value', async () => {
    const rows =
      'datatable(d:dynamic)[dynamic({"a":10,"b":9}), dynamic({"a":9,"b":10.0}), dynamic({"a":"x","b":"x"}), dynamic({})]';
    expect(await kql.rows(`${rows} | project d.a > d.b, d.a == d.b, d.a != d.b`)).toEqual([
      [true, false, true],
      [false, false, true],
      [false, true, false],
      [null, null, null],
    ]);
    expect(await kql.rows(`${rows} | where d.a == d.b | count`)).toEqual([[1]]);
    expect(await kql.rows(`${rows} | where isnotempty(d.a) and d.a != "x" | top 2 by d.a asc | project d.a`)).toEqual([
      [9],
      [10],
    ]);
    expect(await kql.rows('print a = dynamic([1, 2.0]), b = todynamic("[ 1,2.0 ]") | project a == b')).toEqual([
      [true],
    ]);
  });

  it('names columns by their path', () => {
    expect(
      kql.compile(`${bag} | project d.a, d["n"], d.a["b c"][0], tostring(d.t)`).columns.map((column) => column.name),
    ).toEqual(['d_a', 'd_n', 'd_a_b c_0', 'd_t']);
  });
});
