import { type Kql, openKql } from './run-kql';

let kql: Kql;
beforeAll(async () => {
  kql = await openKql();
});
afterAll(() => kql.close());

describe('mv-expand to typeof', () => {
  it('casts numbers and bools, and parses no text', async () => {
    const values = 'print d = dynamic(["5", 5, 2.5, true, "true", "x"])';
    expect(await kql.rows(`${values} | mv-expand d to typeof(long)`)).toEqual([[null], [5], [2], [1], [null], [null]]);
    expect((await kql.rows(`${values} | mv-expand d to typeof(bool)`))[4]).toEqual([null]);
    expect(await kql.rows(`${values} | mv-apply d to typeof(real) on (summarize sum(d))`)).toEqual([[8.5]]);
  });

  it('reads dates, which are texts inside a dynamic', async () => {
    expect(await kql.rows('print d = pack_array(datetime(2024-01-02)) | mv-expand d to typeof(datetime)')).toEqual([
      ['2024-01-02T00:00:00.0000000Z'],
    ]);
  });
});

describe('joins inside a subquery that runs per row', () => {
  const rows =
    'let T = datatable(g:string, k:long)["a",1, "a",2, "b",2, "b",3]; let R = datatable(k:long, r:string)[2,"x", 9,"y"];';
  const joined = async (kind: string) =>
    (await kql.rows(`${rows} T | partition by g (join kind=${kind} R on k)`)).map((row) => JSON.stringify(row)).sort();

  it('keep or drop the rows that meet', async () => {
    expect(await joined('leftsemi')).toEqual(['["a",2]', '["b",2]']);
    expect(await joined('leftanti')).toEqual(['["a",1]', '["b",3]']);
    expect(await joined('rightsemi')).toEqual(['[2,"x"]', '[2,"x"]']);
    expect(await joined('rightanti')).toEqual(['[9,"y"]', '[9,"y"]']);
  });

  it('fill the side that is missing', async () => {
    expect(await joined('leftouter')).toEqual(['["a",1,null,""]', '["a",2,2,"x"]', '["b",2,2,"x"]', '["b",3,null,""]']);
    expect(await joined('rightouter')).toEqual([
      '["",null,9,"y"]',
      '["",null,9,"y"]',
      '["a",2,2,"x"]',
      '["b",2,2,"x"]',
    ]);
    expect(kql.refusal(`${rows} T | partition by g (join kind=fullouter R on k)`)).toMatchObject({
      code: 'unsupported',
      message: expect.stringContaining('fullouter'),
    });
  });
});

describe('union kind=inner', () => {
  it('refuses tables that have no column in common', () => {
    expect(kql.refusal('print a = 1 | union kind=inner (print b = 2)')).toMatchObject({ code: 'type' });
  });
});
