import { type Kql, openKql } from './run-kql';

let kql: Kql;
beforeAll(async () => {
  kql = await openKql();
});
afterAll(() => kql.close());

const day = (n: number) => `2024-03-0${n}T00:00:00.0000000Z`;
/** Who was seen on which days of March. */
const seen = (days: Record<string, number[]>) =>
  `datatable(u:string, t:datetime)[${Object.entries(days)
    .flatMap(([user, list]) => list.map((n) => `"${user}", datetime(2024-03-0${n} 07:30)`))
    .join(', ')}]`;
const range = 'datetime(2024-03-01), datetime(2024-03-04)';

describe('plugins of user activity', () => {
  it('count each window, what is new in it, and all so far', async () => {
    const rows = seen({ a: [1, 2, 2], b: [1], c: [2, 3], late: [5] });
    const text = `${rows} | evaluate activity_counts_metrics(u, t, ${range}, 1d) | sort by t asc`;
    expect(kql.compile(text).columns.map((column) => column.name)).toEqual([
      't',
      'count',
      'dcount',
      'new_dcount',
      'aggregated_dcount',
    ]);
    expect(await kql.rows(text)).toEqual([
      [day(1), 2, 2, 2, 2],
      [day(2), 3, 2, 1, 3],
      [day(3), 1, 1, 0, 3],
    ]);
    const sliced = `${rows} | extend k = u == "a" | evaluate activity_counts_metrics(u, t, ${range}, 2d, k) | where k | sort by t asc`;
    expect(await kql.rows(`${sliced} | project ["count"], aggregated_dcount`)).toEqual([[3, 1]]);
  });

  it('compare a window with the one before', async () => {
    const rows = seen({ a: [1, 2], b: [1], c: [2], d: [4] });
    expect(await kql.rows(`${rows} | evaluate activity_metrics(u, t, ${range}, 1d) | sort by t asc`)).toEqual([
      [day(1), 2, 2, 'NaN', 'NaN'],
      [day(2), 2, 1, 0.5, 0.5],
    ]);
    expect(kql.refusal(`${rows} | evaluate activity_metrics(u, t, 1d)`).code).toBe('unsupported');
  });

  it('follow those who were new in a window', async () => {
    const rows = seen({ a: [1, 2], b: [1], c: [2], d: [2, 3] });
    const text = `${rows} | evaluate new_activity_metrics(u, t, datetime(2024-03-01), datetime(2024-03-03 12:00), 1d`;
    const order =
      '| sort by from_t asc, to_t asc | project dayofmonth(from_t), dayofmonth(to_t), dcount_new_values, dcount_retained_values, dcount_churn_values, retention_rate';
    expect(await kql.rows(`${text}) ${order}`)).toEqual([
      [1, 1, 2, 2, 0, 1],
      [1, 2, 2, 1, 1, 0.5],
      [1, 3, 1, 0, 2, 0],
      [2, 2, 2, 2, 0, 1],
      [2, 3, 0, 1, 1, 0.5],
    ]);
    expect(await kql.rows(`${text}, datetime(2024-03-02)) ${order}`)).toHaveLength(2);
    const lookback = `let Old = datatable(u:string)["c"]; ${text}, datetime(2024-03-02), Old) ${order}`;
    expect(await kql.rows(lookback)).toEqual([
      [2, 2, 1, 1, 0, 1],
      [2, 3, 0, 1, 0, 1],
    ]);
  });

  it('count who was seen in enough periods', async () => {
    const rows = seen({ a: [1, 2, 3], b: [1, 4], c: [3, 3, 3] });
    const text = `${rows} | evaluate active_users_count(u, t, datetime(2024-03-02), datetime(2024-03-06), 3d, 1d, 2, 1d) | sort by t asc`;
    expect(kql.compile(text).columns.map((column) => column.name)).toEqual(['t', 'dcount']);
    expect(await kql.rows(text)).toEqual([
      [day(2), 1],
      [day(3), 1],
    ]);
  });

  it('are refused where one answer is not one table', () => {
    expect(kql.refusal('print u = 1 | evaluate session_count(u, u, 1, 2, 1, 1)').message).toContain('session_count');
  });
});

describe('sequence_detect', () => {
  const log = `datatable(t:datetime, host:string, what:string)[
    datetime(2024-03-01 10:00), "h1", "drop",
    datetime(2024-03-01 10:05), "h1", "run",
    datetime(2024-03-01 10:07), "h1", "call",
    datetime(2024-03-01 10:06), "h2", "run",
    datetime(2024-03-01 12:00), "h1", "run"]`;

  it('finds steps that follow each other on the same host', async () => {
    const text = `${log} | evaluate sequence_detect(t, 10m, 1h, dropped = what == "drop", ran = what == "run", called = what == "call", host)`;
    expect(kql.compile(text).columns).toEqual([
      { name: 'host', type: 'string' },
      { name: 'dropped_t', type: 'datetime' },
      { name: 'ran_t', type: 'datetime' },
      { name: 'called_t', type: 'datetime' },
      { name: 'Duration', type: 'timespan' },
    ]);
    expect(await kql.rows(`${text} | project host, Duration`)).toEqual([['h1', '00:07:00.0000000']]);
  });

  it('keeps to both spans, and needs two rows for two steps', async () => {
    const two = (gap: string, span: string) =>
      kql.rows(
        `${log} | evaluate sequence_detect(t, ${gap}, ${span}, a = what == "drop", b = what == "run", host) | project Duration | sort by Duration asc`,
      );
    expect(await two('1m', '1h')).toEqual([]);
    expect(await two('3h', '3h')).toEqual([['00:05:00.0000000'], ['02:00:00.0000000']]);
    expect(await two('3h', '1h')).toEqual([['00:05:00.0000000']]);
    expect(
      await kql.rows(
        `${log} | take 1 | evaluate sequence_detect(t, 1h, 1h, a = what == "drop", b = what != "x", host)`,
      ),
    ).toEqual([]);
  });
});
