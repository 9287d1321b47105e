import { DuckDBInstance } from '@duckdb/node-api';
import type { AggregateCall } from '../../../src/kql/functions/define-function';
import { aggregateFunctions } from '../../../src/kql/functions/registry';
import { createEvaluator, type Evaluator, type Rows } from './evaluate';

const sales: Rows = {
  columns: { shop: 'string', amount: 'long', price: 'real', at: 'datetime', span: 'timespan', tags: 'dynamic' },
  rows: [
    ['"b"', '3', '1.5', 'datetime(2024-01-03)', '1h', 'dynamic(["x","y"])'],
    ['"a"', 'long(null)', 'real(null)', 'datetime(2024-01-01)', '2h', 'dynamic({"k":1,"v":null})'],
    ['"b"', '9', '2.5', 'datetime(2024-01-02)', '3h', 'dynamic(null)'],
    ['""', '3', '0.5', 'datetime(null)', 'time(null)', 'dynamic({"k":2,"w":3})'],
    ['"c"', '1', '4.0', 'datetime(2024-01-02)', '0h', 'dynamic(["y","z"])'],
  ],
};
const nothing: Rows = { ...sales, rows: [] };

const cases: [kql: string, overRows: (string | null)[], overNone: (string | null)[]][] = [
  ['count()', ['5'], ['0']],
  ['countif(amount > 2)'.replace('amount > 2', 'isnotnull(amount)'), ['4'], ['0']],
  ['dcount(amount)', ['3'], ['0']],
  ['dcountif(shop, isnotnull(amount))', ['3'], ['0']],
  ['count_distinct(shop)', ['4'], ['0']],
  ['sum(amount)', ['16'], ['0']],
  ['sum(price)', ['8.5'], ['0.0']],
  ['sum(span)', ['06:00:00'], ['00:00:00']],
  ['sumif(amount, isempty(shop))', ['3'], ['0']],
  ['avg(amount)', ['4.0'], ['NaN']],
  ['avg(at)', ['2024-01-02T00:00:00.0000000Z'], [null]],
  ['min(amount)', ['1'], [null]],
  ['max(at)', ['2024-01-03T00:00:00.0000000Z'], [null]],
  ['max(shop)', ['c'], ['']],
  ['maxif(amount, isempty(shop))', ['3'], [null]],
  ['make_set(shop)', ['["","a","b","c"]'], ['[]']],
  ['make_set(amount, 2)', ['[1,3]'], ['[]']],
  [
    'make_set(at)',
    ['["2024-01-01T00:00:00.0000000Z","2024-01-02T00:00:00.0000000Z","2024-01-03T00:00:00.0000000Z"]'],
    ['[]'],
  ],
  ['make_set(tags)', ['["x","y","z",{"k":1,"v":null},{"k":2,"w":3}]'], ['[]']],
  ['make_set_if(shop, isnull(amount))', ['["a"]'], ['[]']],
  ['make_list(shop)', ['["b","a","b","","c"]'], ['[]']],
  ['make_list(amount)', ['[3,9,3,1]'], ['[]']],
  ['make_list(amount, 2)', ['[3,9]'], ['[]']],
  ['make_list_with_nulls(amount)', ['[3,null,9,3,1]'], ['[]']],
  ['make_list(tags)', ['["x","y",{"k":1,"v":null},{"k":2,"w":3},"y","z"]'], ['[]']],
  ['make_bag(tags)', ['{"k":1,"v":null,"w":3}'], ['{}']],
  ['buildschema(tags)', ['[{"k":"long","v":[],"w":"long"},{"`indexer`":"string"}]'], [null]],
  ['arg_max(amount, shop)', ['9', 'b'], [null, '']],
  ['arg_min(at, shop, amount)', ['2024-01-01T00:00:00.0000000Z', 'a', null], [null, '', null]],
  ['arg_max(at, shop)', ['2024-01-03T00:00:00.0000000Z', 'b'], [null, '']],
  [
    'arg_max(price, *)',
    ['4.0', 'c', '1', '2024-01-02T00:00:00.0000000Z', '00:00:00', '["y","z"]'],
    [null, '', null, null, null, null],
  ],
  ['take_any(price)', ['1.5'], [null]],
  ['take_anyif(shop, isnull(amount))', ['a'], ['']],
  ['percentile(amount, 50)', ['3'], [null]],
  ['percentiles(price, 25, 50, 100)', ['0.5', '1.5', '4.0'], [null, null, null]],
  ['percentiles_array(amount, 0, 100)', ['[1,9]'], ['[null,null]']],
  ['percentilew(amount, amount, 50)', ['9'], [null]],
  ['percentile(at, 0)', ['2024-01-01T00:00:00.0000000Z'], [null]],
  ['stdev(amount)', ['3.4641016151377544'], ['0.0']],
  ['stdevp(amount)', ['3.0'], ['0.0']],
  ['variance(amount)', ['12.0'], ['0.0']],
  ['variancep(amount)', ['9.0'], ['0.0']],
  ['covariancep(amount, amount)', ['9.0'], ['0.0']],
  ['binary_all_or(amount)', ['11'], [null]],
  ['binary_all_and(amount)', ['1'], [null]],
];

describe('aggregates', () => {
  let evaluator: Evaluator;
  beforeAll(async () => {
    evaluator = await createEvaluator();
  });
  afterAll(() => evaluator.close());

  test.each(cases)('%s', async (kql, overRows, overNone) => {
    expect(await evaluator.aggregate(kql, sales)).toEqual(overRows);
    expect(await evaluator.aggregate(kql, nothing)).toEqual(overNone);
  });

  test('an exact answer in the place of an estimate is noted', () => {
    expect(evaluator.notes.join(' ')).toMatch(/dcount\(\) counts exactly/);
    expect(evaluator.notes.join(' ')).toMatch(/Percentiles are exact/);
  });

  test('ties take every column from one row, over several threads', async () => {
    const instance = await DuckDBInstance.create(':memory:', { threads: '4' });
    const connection = await instance.connect();
    try {
      const columns = ['n', 'text', 'half'];
      const args = [{ sql: 'k', type: 'long' as const }, ...columns.map((sql) => ({ sql, type: 'long' as const }))];
      const call = { columnNames: ['k', ...columns], star: [], hasStar: false };
      const result = aggregateFunctions.get('arg_max')?.compile(args, call as unknown as AggregateCall);
      const picked = (Array.isArray(result) ? result : []).map(({ name, expr }) => `${expr.sql} AS ${name}`);
      const reader = await connection.runAndReadAll(
        `SELECT count(*) FILTER (WHERE text <> 'x' || n OR half IS DISTINCT FROM CASE WHEN n % 2 = 0 THEN n END) AS torn, count(*) AS groups
        FROM (SELECT g, ${picked.join(', ')} FROM (SELECT i % 1000 AS g, i % 5 AS k, i AS n, 'x' || i AS text, CASE WHEN i % 2 = 0 THEN i END AS half FROM range(500000) t(i)) GROUP BY g)`,
      );
      expect(reader.getRowsJson()).toEqual([['0', '1000']]);
    } finally {
      connection.closeSync();
      instance.closeSync();
    }
  });

  test('all rows null in the compared column: still one row', async () => {
    const rows: Rows = {
      columns: { a: 'long', b: 'string' },
      rows: [
        ['long(null)', '"x"'],
        ['long(null)', '"y"'],
      ],
    };
    expect(await evaluator.aggregate('arg_max(a, b)', rows)).toEqual([null, 'x']);
  });
});
