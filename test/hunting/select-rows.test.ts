import type { Run, RunQuery } from '../../src/domain/run';
import { compareCells } from '../../src/hunting/compare-cells';
import { rowFilter } from '../../src/hunting/row-filter';
import { selectRows } from '../../src/hunting/select-rows';
import type { Cell } from '../../src/ports/query-engine';
import { type Core, createCore } from '../support/core';

const columns = [
  { name: 'Account', type: 'string' },
  { name: 'EventID', type: 'long' },
  { name: 'Size', type: 'decimal' },
  { name: 'Bag', type: 'dynamic' },
];

test.each<[string, number[]]>([
  ['svc', [1, 2]],
  ['Account=svc*', [1, 2]],
  ['account=SVC-A', [1]],
  ['Account!=svc*', [3, 4]],
  ['EventID>4624', [2, 3]],
  ['EventID>=4624', [1, 2, 3]],
  ['EventID<4624', []],
  ['Account=*b EventID=4625', [2]],
  ['Size<0', [2]],
  ['Bag=*mimikatz*', [3]],
  ['Nothing=1', []],
  ['"svc-a"', [1]],
  ['a=b', []],
])('the filter %s', (filter, expected) => {
  const rows: Cell[][] = [
    ['svc-a', 4624, '10.5', null],
    ['svc-b', 4625, '-0.5', null],
    ['ada', 4648, '9.25', { tool: 'mimikatz' }],
    ['lee', null, null, null],
  ];
  const fits = rowFilter(filter, columns);
  expect(rows.flatMap((row, at) => (fits(row) ? [at + 1] : []))).toEqual(expected);
});

test('numbers held as text are ordered as numbers', () => {
  const sorted = ['9007199254740993', '-2', '10', '-10.5', '9.25', '9.3', '-0.5'].sort(compareCells);
  expect(sorted).toEqual(['-10.5', '-2', '-0.5', '9.25', '9.3', '10', '9007199254740993']);
  expect([3, null, 1].sort(compareCells)).toEqual([null, 1, 3]);
});

describe('of rows that are kept', () => {
  let core: Core;
  const total = 12_345;
  const run = { id: 'R-1' } as Run;
  const query = { id: 'kql', attempt: 1, rows: total, columns } as RunQuery;
  beforeAll(async () => {
    core = await createCore();
    for (let page = 0; page * 1000 < total; page++) {
      const rows = Array.from({ length: Math.min(1000, total - page * 1000) }, (_, i): Cell[] => {
        const n = page * 1000 + i;
        return [`user${n % 7}`, (n * 7919) % 10_007, String(n), null];
      });
      await core.stores.results.put({ run: 'R-1', query: 'kql', attempt: 1 }, page, rows);
    }
  });
  afterAll(() => core.close());
  const select = (selection: { page: number; filter?: string; sort?: string }) =>
    selectRows(core.stores.results, run, query, { perPage: 10, ...selection });

  test('a filter counts all and shows a page, the last one where the wanted one is past the end', async () => {
    const first = await select({ page: 2, filter: 'Account=user3' });
    expect([first.total, first.page, first.numbers[0], first.numbers.length]).toEqual([1764, 2, 74, 10]);
    const last = await select({ page: 9999, filter: 'Account=user3' });
    expect([last.page, last.pages, last.numbers.length]).toEqual([177, 177, 4]);
    expect((await select({ page: 1, filter: 'nobody' })).total).toBe(0);
  });

  test('an order by several columns, either way round, page after page without a gap', async () => {
    const all = Array.from({ length: total }, (_, n) => ({ n: n + 1, user: n % 7, id: (n * 7919) % 10_007 }));
    all.sort((a, b) => b.user - a.user || a.id - b.id || a.n - b.n);
    for (const page of [1, 2, 700]) {
      const view = await select({ page, sort: '-Account, EventID' });
      expect(view.numbers).toEqual(all.slice((page - 1) * 10, page * 10).map((one) => one.n));
    }
    await expect(select({ page: 1, sort: 'Nothing' })).rejects.toThrow('There is no column');
  });
});
