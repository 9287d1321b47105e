import { type Kql, openKql } from './run-kql';

let kql: Kql;
beforeAll(async () => {
  kql = await openKql();
});
afterAll(() => kql.close());

describe('rows_near', () => {
  const rows = 'range n from 1 to 20 step 1 | sort by n desc';

  it('gives the rows around those that match, in their order', async () => {
    expect((await kql.rows(`${rows} | evaluate rows_near(n in (5, 19), 2)`)).flat()).toEqual([
      20, 19, 18, 17, 7, 6, 5, 4, 3,
    ]);
    expect((await kql.rows(`${rows} | evaluate rows_near(n == 5, 0, 3)`)).flat()).toEqual([5, 4, 3, 2]);
    expect(kql.refusal('print n = 1 | evaluate rows_near(n == 1, 1)').message).toContain('sort or serialize');
  });
});

describe('windows that slide', () => {
  const visits =
    'let V = datatable(u:string, t:datetime, k:long)["a",datetime(2024-01-01 05:00),1, "b",datetime(2024-01-02),1, "a",datetime(2024-01-03 23:00),1, "c",datetime(2023-12-31),2];';

  it('count rows and distinct values', async () => {
    const counted =
      'evaluate sliding_window_counts(u, t, datetime(2024-01-01), datetime(2024-01-06), 2d, 1d) | sort by t asc';
    expect(await kql.rows(`${visits} V | ${counted} | project dayofmonth(t), Count, Dcount`)).toEqual([
      [1, 2, 2],
      [2, 2, 2],
      [3, 2, 2],
      [4, 1, 1],
    ]);
    const byKey =
      'evaluate sliding_window_counts(u, t, datetime(2024-01-01), datetime(2024-01-06), 2d, 1d, k) | where k == 2';
    expect(await kql.rows(`${visits} V | ${byKey} | project dayofmonth(t), Count`)).toEqual([[1, 1]]);
  });

  it('give percentiles', async () => {
    const rolling = 'range n from 1 to 40 step 1 | evaluate rolling_percentile(n, 50, n, 10, 2) | sort by n asc';
    const { columns } = kql.compile(rolling);
    expect(columns.map((column) => column.name)).toEqual(['n', 'rolling_2_percentile_n_50']);
    expect(await kql.rows(rolling)).toEqual([
      [0, 5],
      [10, 10],
      [20, 19],
      [30, 29],
      [40, 35],
    ]);
  });
});
