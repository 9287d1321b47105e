import type { StoredFunction } from '../../src/kql/compile-input';
import { type Kql, openKql } from './run-kql';

let kql: Kql;
beforeAll(async () => {
  kql = await openKql();
});
afterAll(() => kql.close());

describe('let', () => {
  it('binds values, tables and functions with defaults and tabular parameters', async () => {
    const text = `
      let T = datatable(n:long, s:string)[1,"a", 2,"b", 3,"c"];
      let twice = (x:long, times:long = 2) { let product = x * times; product + 0 };
      let above = (t:(n:long), least:long = 2) { t | where n >= least };
      above(T) | extend d = twice(n), e = twice(n, 10), f = twice(times = 3, x = n) | sort by n asc | project n, s, d, e, f`;
    expect(await kql.rows(text)).toEqual([
      [2, 'b', 4, 20, 6],
      [3, 'c', 6, 30, 9],
    ]);
  });

  it('computes toscalar and materialize once, and uses a table at several places', async () => {
    const text = `
      let T = materialize(range n from 1 to 10 step 1 | extend r = rand());
      let most = toscalar(T | summarize max(n));
      T | where n == most | join kind=inner (T) on n | project n, same = r == r1, most`;
    expect(await kql.rows(text)).toEqual([[10, true, 10]]);
    expect(await kql.rows('let s = toscalar(datatable(a:string)[]); print x = s')).toEqual([['']]);
  });

  it('gives a table a name with as, and pipes into functions with invoke', async () => {
    expect(await kql.rows('range n from 1 to 3 step 1 | as Numbers | where n > 1 | union Numbers | count')).toEqual([
      [5],
    ]);
    expect(
      await kql.rows(
        'let plus = (t:(n:long), more:long) { t | extend m = n + more }; range n from 1 to 2 step 1 | invoke plus(10) | sort by n asc',
      ),
    ).toEqual([
      [1, 11],
      [2, 12],
    ]);
  });

  it('hides a column of the row behind no let, but a let behind a column', async () => {
    expect(await kql.rows('let n = 100; range n from 1 to 2 step 1 | where n < 50 | count')).toEqual([[2]]);
  });

  it('does not compile what is never used', async () => {
    expect(await kql.rows('let unused = externaldata(a:string)["https://example.com/x.parquet"]; print x = 1')).toEqual(
      [[1]],
    );
    expect(kql.refusal('let used = externaldata(a:string)["https://example.com/x.parquet"]; used')).toMatchObject({
      code: 'unsupported',
    });
  });
});

describe('stored functions', () => {
  const functions: StoredFunction[] = [
    { name: 'Recent', parameters: 'least:long = 1', body: 'Base(3) | where n >= least' },
    { name: 'Base', parameters: 'top:long', body: 'range n from 1 to top step 1' },
    { name: 'Endless', body: 'Endless' },
    { name: 'Broken', body: 'range n from 1 to 3 step 1 | facet by n' },
  ];

  it('call each other, with and without arguments', async () => {
    expect(await kql.rows('Recent | count', { functions })).toEqual([[3]]);
    expect(await kql.rows('Recent(3) | project n', { functions })).toEqual([[3]]);
  });

  it('place their own faults at the call', () => {
    expect(kql.refusal('print x = 1 | union (Broken)', { functions })).toMatchObject({
      start: 21,
      message: expect.stringContaining('Broken'),
    });
    expect(['limit', 'unknown-name', 'type']).toContain(kql.refusal('Endless | count', { functions }).code);
  });
});

describe('tables of other workspaces and clusters', () => {
  const tables = [{ name: 'Events', columns: [{ name: 'n', type: 'long' as const }] }];

  it('are the same tables here', async () => {
    await kql.sql('CREATE TABLE "Events" AS SELECT 7::BIGINT AS n');
    expect(await kql.rows('workspace("other").Events | project n', { tables })).toEqual([[7]]);
    expect(await kql.rows('union Events, workspace("a b").Events, app(\'x\').Events | count', { tables })).toEqual([
      [3],
    ]);
    expect(await kql.rows('cluster("c").database("d").Events | count', { tables })).toEqual([[1]]);
    expect(await kql.rows('database("d").Events | count', { tables })).toEqual([[1]]);
    expect(await kql.rows('print s = "workspace(1).Events", workspace = 1')).toEqual([['workspace(1).Events', 1]]);
    expect(kql.refusal('workspace("other").Events | where m == 1', { tables })).toMatchObject({
      code: 'unknown-name',
      start: 34,
    });
  });
});
