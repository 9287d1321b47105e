import { type Kql, openKql } from './run-kql';

let kql: Kql;
beforeAll(async () => {
  kql = await openKql();
});
afterAll(() => kql.close());

const visits = `let V = datatable(t:long, u:string, what:string)[
  1,"ann","in", 2,"bob","in", 3,"ann","look", 4,"ann","out", 5,"bob","look", 6,"ann","look", 7,"ann","in", 8,"bob","out", 9,"ann","out"];`;

describe('scan', () => {
  it('adds up with the value of the row before', async () => {
    expect(
      await kql.rows('range x from 1 to 4 step 1 | scan declare (sum:long=10) with (step s: true => sum = x + s.sum;)'),
    ).toEqual([
      [1, 11],
      [2, 13],
      [3, 16],
      [4, 20],
    ]);
  });

  it('starts a new match only when the first step is not active', async () => {
    const steps = 'with (step a: what == "in"; step b: what == "out" and t - a.t <= 4;)';
    expect(
      await kql.rows(
        `${visits} V | where u == "ann" | sort by t asc | scan with_match_id=m ${steps} | project t, what, m`,
      ),
    ).toEqual([
      [1, 'in', 0],
      [4, 'out', 0],
      [7, 'in', 1],
      [9, 'out', 1],
    ]);
  });

  it('keeps repeated matches of a step in its match', async () => {
    const steps = 'with (step a: what == "in"; step b: what == "look"; step c output=none: what == "out";)';
    expect(
      await kql.rows(`${visits} V | where u == "ann" | sort by t asc | scan with_match_id=m ${steps} | project t, m`),
    ).toEqual([
      [1, 0],
      [3, 0],
      [7, 1],
    ]);
    const repeated = 'with (step a: what == "in"; step b: what in ("look", "out");)';
    expect(await kql.rows(`${visits} V | sort by t asc | scan with_match_id=m ${repeated} | project t, m`)).toEqual([
      [1, 0],
      [2, 0],
      [3, 0],
      [4, 0],
      [5, 0],
      [6, 0],
      [7, 1],
      [8, 1],
      [9, 1],
    ]);
  });

  it('runs in each part of a partition', async () => {
    const steps =
      'scan declare (since:long, took:long) with (step a output=none: what == "in" => since = t; step b: what == "out" => since = a.since, took = t - a.since;)';
    expect(
      await kql.rows(
        `${visits} V | sort by t asc | partition hint.strategy=native by u (sort by t asc | ${steps}) | project u, since, took | sort by u asc, since asc`,
      ),
    ).toEqual([
      ['ann', 1, 3],
      ['ann', 7, 2],
      ['bob', 2, 6],
    ]);
  });

  it('gives the last row of a series alone, none, or all', async () => {
    const rows = 'range x from 1 to 7 step 1';
    const scanned = async (output: string) =>
      (await kql.rows(`${rows} | scan with (step a output=${output}: x % 4 != 0; step b: x % 4 == 0;)`)).flat();
    expect(await scanned('all')).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(await scanned('last')).toEqual([3, 4, 7]);
    expect(await scanned('none')).toEqual([4]);
  });

  it('sees other values and functions together with its state', async () => {
    expect(
      await kql.rows(
        `let k = toscalar(print 2); range x from 1 to 3 step 1 | scan declare (said:string="-") with (step s: x > k or strlen(s.said) < 9 => said = strcat(s.said, x * k);)`,
      ),
    ).toEqual([
      [1, '-2'],
      [2, '-24'],
      [3, '-246'],
    ]);
  });

  it('keeps dynamic values in its state', async () => {
    expect(
      await kql.rows(
        'range x from 1 to 3 step 1 | extend d = bag_pack("x", x) | scan declare (before:long) with (step s: true => before = tolong(s.d.x);) | project before',
      ),
    ).toEqual([[null], [1], [2]]);
  });

  it('refuses rows without an order and too many rows', async () => {
    expect(
      kql.refusal('print x = 1 | where x == 1 | summarize count() by x | scan with (step s: true;)'),
    ).toMatchObject({
      code: 'type',
      message: expect.stringContaining('sort by'),
    });
    await expect(kql.rows('range x from 1 to 60000 step 1 | scan with (step s: x > 0;)')).rejects.toThrow(
      'at most 50000 rows',
    );
    expect(await kql.rows('range x from 1 to 60000 step 1 | scan with (step s: x % 30000 == 0;) | count')).toEqual([
      [2],
    ]);
  });
});
