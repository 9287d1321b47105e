import { type Kql, openKql } from './run-kql';

let kql: Kql;
beforeAll(async () => {
  kql = await openKql();
});
afterAll(() => kql.close());

const sales = `let T = datatable(s:string, c:string, n:long)["a","x",10, "a","y",5, "a","z",1, "b","x",7, "b","y",2, "c","x",1, "d","q",2];`;

async function sorted(text: string): Promise<string[]> {
  return (await kql.rows(`${sales} ${text}`)).map((row) => JSON.stringify(row)).sort();
}

describe('top-nested with others', () => {
  it('adds one row for what did not make it to the top, below which other levels show their own others or nothing', async () => {
    expect(
      await sorted(
        'T | top-nested 2 of s with others="rest" by sum(n), top-nested of c by count(), top-nested 1 of n with others=0 by sum(n)',
      ),
    ).toEqual([
      '["a",16,"x",1,10,10]',
      '["a",16,"y",1,5,5]',
      '["a",16,"z",1,1,1]',
      '["b",9,"x",1,7,7]',
      '["b",9,"y",1,2,2]',
      '["rest",3,"",null,0,3]',
    ]);
  });

  it('adds the others of each group of the level above', async () => {
    expect(await sorted('T | top-nested 2 of s by sum(n), top-nested 1 of c with others="rest" by sum(n)')).toEqual([
      '["a",16,"rest",6]',
      '["a",16,"x",10]',
      '["b",9,"rest",2]',
      '["b",9,"x",7]',
    ]);
  });

  it('aggregates a column that is named like one of its own results', async () => {
    expect(
      await sorted(
        'T | top-nested of s by sum(n) | top-nested of s by sum(aggregated_s), top-nested 1 of s by max(aggregated_s) | where s == "a"',
      ),
    ).toEqual(['["a",16,"a",16]']);
  });
});
