import { type Kql, openKql } from './run-kql';

let kql: Kql;
beforeAll(async () => {
  kql = await openKql();
});
afterAll(() => kql.close());

const sides = `let L = datatable(k:string, v:long)["a",1, "b",2, "b",3, "c",4]; let R = datatable(k:string, w:long)["b",10, "b",11, "c",12, "d",13];`;

async function join(kind: string, tail = ''): Promise<unknown[][]> {
  return kql.rows(`${sides} L | join ${kind} (R) on k ${tail}`);
}

describe('join', () => {
  it('is innerunique by default: one row of the left side for each key', async () => {
    expect(await join('', '| count')).toEqual([[3]]);
    expect(await join('kind=inner', '| count')).toEqual([[5]]);
  });

  it('gives the columns of both sides, numbered where they clash', () => {
    expect(
      kql.compile(`${sides} L | join (R) on k | join kind=inner (R) on k`).columns.map((column) => column.name),
    ).toEqual(['k', 'v', 'k1', 'w', 'k2', 'w1']);
  });

  it('leaves the missing side of outer joins empty', async () => {
    expect(await join('kind=leftouter', '| where k1 == "" | project k, v, k1, w')).toEqual([['a', 1, '', null]]);
    expect(await join('kind=rightouter', '| where k == "" | project k, v, k1, w')).toEqual([['', null, 'd', 13]]);
    expect(await join('kind=fullouter', '| count')).toEqual([[7]]);
  });

  it('keeps one side in semi and anti joins', async () => {
    expect(await join('kind=leftsemi', '| sort by v asc | project k, v')).toEqual([
      ['b', 2],
      ['b', 3],
      ['c', 4],
    ]);
    for (const kind of ['leftanti', 'anti', 'leftantisemi']) expect(await join(`kind=${kind}`)).toEqual([['a', 1]]);
    expect(await join('kind=rightsemi', '| summarize sum(w)')).toEqual([[33]]);
    for (const kind of ['rightanti', 'rightantisemi']) expect(await join(`kind=${kind}`)).toEqual([['d', 13]]);
  });

  it('joins by columns of other names, and several of them', async () => {
    expect(
      await kql.rows(
        `${sides} L | join kind=inner (R | project key = k, w) on $left.k == $right.key | where v == 4 | project k, key, w`,
      ),
    ).toEqual([['c', 'c', 12]]);
    expect(await kql.rows(`${sides} L | join kind=inner (L) on k, $left.v == $right.v | count`)).toEqual([[4]]);
  });

  it('does not let null keys meet', async () => {
    expect(
      await kql.rows(
        'datatable(k:long)[long(null), 1] | join kind=inner (datatable(k:long)[long(null), 1]) on k | count',
      ),
    ).toEqual([[1]]);
  });

  it('refuses a condition that is no equality by its place', () => {
    expect(kql.refusal(`${sides} L | join (R) on $left.v < $right.w`)).toMatchObject({
      code: expect.stringMatching(/type|unsupported/),
    });
  });
});

describe('lookup', () => {
  it('leaves the right key out and keeps unmatched rows', async () => {
    expect(
      await kql.records(`${sides} L | lookup (R | where w == 12) on k | where v in (1, 4) | sort by v asc`),
    ).toEqual([
      { k: 'a', v: 1, w: null },
      { k: 'c', v: 4, w: 12 },
    ]);
    expect(await kql.rows(`${sides} L | lookup kind=inner (R) on k | count`)).toEqual([[5]]);
  });
});

describe('union', () => {
  it('fills columns that one side lacks, and splits those whose types differ', async () => {
    const union =
      'let A = datatable(x:long, s:string)[1, "a"]; let B = datatable(x:string, n:long)["z", 5]; union A, B';
    expect(kql.compile(union).columns).toEqual([
      { name: 'x_long', type: 'long' },
      { name: 'x_string', type: 'string' },
      { name: 's', type: 'string' },
      { name: 'n', type: 'long' },
    ]);
    expect(await kql.rows(union)).toEqual([
      [1, '', 'a', null],
      [null, 'z', '', 5],
    ]);
    expect(kql.refusal(union.replace('union', 'union kind=inner'))).toMatchObject({ code: 'type' });
  });

  it('says where rows come from, leaves out what a fuzzy union misses, and takes wildcards', async () => {
    const tables = ['Logs1', 'Logs2', 'Other'].map((name) => ({
      name,
      columns: [{ name: 'a', type: 'string' as const }],
      sqlName: `u_${name}`,
    }));
    for (const { sqlName } of tables) await kql.sql(`CREATE OR REPLACE TABLE ${sqlName} AS SELECT '${sqlName}' AS a`);
    expect(await kql.rows('union withsource=src Logs* | sort by src asc', { tables })).toEqual([
      ['Logs1', 'u_Logs1'],
      ['Logs2', 'u_Logs2'],
    ]);
    expect(
      await kql.rows('Other | union isfuzzy=true Absent, (AlsoAbsent | where x == 1), Logs1 | count', { tables }),
    ).toEqual([[2]]);
    const { notes, tables: used } = kql.compile('union isfuzzy=true Absent, Logs1', { tables });
    expect(notes.join()).toContain('Absent');
    expect(used).toEqual(['Logs1']);
  });
});

describe('a lookup that multiplies rows', () => {
  it('counts for a take behind it, whatever comes next', async () => {
    const looked =
      'datatable(k:long, c:long)[5,0, 3,1, 5,2] | lookup (datatable(k:long)[5, 3, 3]) on k | sort by c asc | take 3';
    expect(await kql.rows(`${looked} | distinct k, c | sort by c asc`)).toEqual([
      [5, 0],
      [3, 1],
    ]);
  });
});
