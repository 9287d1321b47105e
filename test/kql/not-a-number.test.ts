import { type Kql, openKql } from './run-kql';

let kql: Kql;
beforeAll(async () => {
  kql = await openKql();
});
afterAll(() => kql.close());

const table =
  'datatable(x:real)[1.0, real(nan), real(null), real(+inf), real(-inf), -5.0] | extend s = tostring(x) | project x, s';

describe('NaN', () => {
  it('is neither greater nor less than a number', async () => {
    expect(await kql.rows(`${table} | where x > 0 | project s`)).toEqual([['1.0'], ['Infinity']]);
    expect(await kql.rows(`${table} | where 0 <= x | project s`)).toEqual([['1.0'], ['Infinity']]);
    expect(await kql.rows(`${table} | where x < 0 | project s`)).toEqual([['-Infinity'], ['-5.0']]);
    expect(await kql.rows('print a = 0.0 / 0 > 0.5, b = real(nan) between (0.0 .. 1.0)')).toEqual([[false, false]]);
  });

  it('stands beside the nulls in an order', async () => {
    const order = async (by: string) => (await kql.rows(`${table} | sort by x ${by} | project s`)).flat();
    expect(await order('desc')).toEqual(['Infinity', '1.0', '-5.0', '-Infinity', 'NaN', '']);
    expect(await order('asc')).toEqual(['', 'NaN', '-Infinity', '-5.0', '1.0', 'Infinity']);
    expect(await order('asc nulls last')).toEqual(['-Infinity', '-5.0', '1.0', 'Infinity', 'NaN', '']);
    expect((await kql.rows(`${table} | top 2 by x | project s`)).flat()).toEqual(['Infinity', '1.0']);
  });

  it('stands as a text in JSON', async () => {
    expect(
      await kql.rows(`print parse_json('{"a":NaN,"b":"x, nan","c":[-Infinity]}'), parse_json('{"a":NaN}').a, 5`),
    ).toEqual([[{ a: 'NaN', b: 'x, nan', c: ['-Infinity'] }, 'NaN', 5]]);
  });
});
