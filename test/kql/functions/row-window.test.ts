import { createEvaluator, type Evaluator, type Rows } from './evaluate';

const rows: Rows = {
  columns: { name: 'string', n: 'long', fresh: 'bool' },
  rows: [
    ['"a"', '1', 'true'],
    ['"b"', '2', 'false'],
    ['"b"', '2', 'true'],
    ['"c"', '4', 'false'],
  ],
};

describe('functions over the rows before and behind', () => {
  let evaluator: Evaluator;
  beforeAll(async () => {
    evaluator = await createEvaluator();
  });
  afterAll(() => evaluator.close());

  test.each([
    ['prev(n)', [null, '1', '2', '2']],
    ['prev(n, 2, -1)', ['-1', '-1', '1', '2']],
    ['prev(name)', ['', 'a', 'b', 'b']],
    ['next(name, 1, "end")', ['b', 'b', 'c', 'end']],
    ['row_number()', ['1', '2', '3', '4']],
    ['row_number(7, fresh)', ['7', '8', '7', '8']],
    ['row_cumsum(n)', ['1', '3', '5', '9']],
    ['row_cumsum(n, fresh)', ['1', '3', '2', '6']],
    ['row_cumsum(prev(n, 1, 10))', ['10', '11', '13', '15']],
    ['row_rank_dense(name)', ['1', '2', '2', '3']],
    ['row_rank_dense(name, fresh)', ['1', '2', '1', '2']],
    ['row_rank_min(n)', ['1', '2', '2', '4']],
  ])('%s', async (kql, expected) => {
    expect(await evaluator.window(kql, rows)).toEqual(expected);
  });

  test('row_window_session cuts by gap, by length and by restart', async () => {
    const times: Rows = {
      columns: { at: 'datetime', fresh: 'bool' },
      rows: ['00:00', '00:04', '00:08', '00:12', '00:40', '00:41'].map((time, index) => [
        `datetime(2024-01-01 ${time}:00)`,
        index === 5 ? 'true' : 'false',
      ]),
    };
    const starts = (minutes: string[]) => minutes.map((minute) => `2024-01-01T00:${minute}:00.0000000Z`);
    expect(await evaluator.window('row_window_session(at, 1h, 5m)', times)).toEqual(
      starts(['00', '00', '00', '00', '40', '40']),
    );
    expect(await evaluator.window('row_window_session(at, 10m, 5m)', times)).toEqual(
      starts(['00', '00', '00', '12', '40', '40']),
    );
    expect(await evaluator.window('row_window_session(at, 1h, 5m, fresh)', times)).toEqual(
      starts(['00', '00', '00', '00', '40', '41']),
    );
  });

  test('rows without an order are refused', async () => {
    expect(await evaluator.scalar('row_number()')).toBe(
      'type: row_number() needs rows in an order: put serialize or sort by in front of it',
    );
  });
});
