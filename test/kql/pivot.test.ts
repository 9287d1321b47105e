import { type Kql, openKql } from './run-kql';

let kql: Kql;
beforeAll(async () => {
  kql = await openKql();
});
afterAll(() => kql.close());

const events = `datatable(Host:string, Kind:string, n:long)[
  "h1", "open", 5,  "h1", "open", 7,  "h2", "close", 1,  "h2", "open", 2,  "h1", "", 9]`;

async function pivoted(text: string): Promise<{ columns: string[]; rows: unknown[][] }> {
  const { columns } = await kql.answered(text);
  return { columns: columns.map(({ name, type }) => `${name}:${type}`), rows: await kql.rows(text) };
}

describe('pivot', () => {
  it('counts by every other column', async () => {
    expect(
      await pivoted(`${events} | where Kind != "" | project Host, Kind | evaluate pivot(Kind) | sort by Host asc`),
    ).toEqual({
      columns: ['Host:string', 'close:long', 'open:long'],
      rows: [
        ['h1', 0, 2],
        ['h2', 1, 1],
      ],
    });
  });

  it('takes an aggregate and the columns to group by', async () => {
    expect(await pivoted(`${events} | where Kind != "" | evaluate pivot(Kind, sum(n)) | sort by Host asc`)).toEqual({
      columns: ['Host:string', 'close:long', 'open:long'],
      rows: [
        ['h1', 0, 12],
        ['h2', 1, 2],
      ],
    });
    expect(
      await pivoted(`${events} | where Kind != "" | evaluate pivot(Host, make_list(n), Kind) | sort by Kind asc`),
    ).toEqual({
      columns: ['Kind:string', 'h1:dynamic', 'h2:dynamic'],
      rows: [
        ['close', [], [1]],
        ['open', [5, 7], [2]],
      ],
    });
    expect(await pivoted(`${events} | evaluate pivot(Host, max(n), Kind) | sort by Kind asc | take 1`)).toEqual({
      columns: ['Kind:string', 'h1:long', 'h2:long'],
      rows: [['', 9, null]],
    });
  });

  it('gives one row where nothing is left to group by', async () => {
    expect(await pivoted(`${events} | project Host | evaluate pivot(Host)`)).toEqual({
      columns: ['h1:long', 'h2:long'],
      rows: [[3, 2]],
    });
  });

  it('names columns after values of any type', async () => {
    const { columns } = await kql.answered(
      'datatable(a:long, b:bool)[10, true, 9, false] | evaluate pivot(a, count(), b)',
    );
    expect(columns.map((column) => column.name)).toEqual(['b', '9', '10']);
    const taken = await pivoted('datatable(a:string, b:string)["b", "x"] | evaluate pivot(a)');
    expect(taken).toEqual({ columns: ['b:string', 'b1:long'], rows: [['x', 1]] });
  });

  it('says where the rows without a value went', async () => {
    const { columns, notes } = await kql.answered(`${events} | evaluate pivot(Kind, sum(n), Host)`);
    expect(columns.map((column) => column.name)).toEqual(['Host', 'Column1', 'close', 'open']);
    expect(notes.join(' ')).toContain('Column1');
  });

  it('keeps to a schema that is given', async () => {
    const text = `${events} | evaluate pivot(Kind, sum(n), Host) : (Host:string, open:real, never:long) | sort by Host asc`;
    expect(kql.compile(text).columns).toHaveLength(3);
    expect(await pivoted(text)).toEqual({
      columns: ['Host:string', 'open:real', 'never:long'],
      rows: [
        ['h1', 12, 0],
        ['h2', 2, 0],
      ],
    });
  });

  it('is refused by name where it cannot be right', async () => {
    expect(kql.refusal(`${events} | evaluate pivot(Kind, arg_max(n, *))`).code).toBe('unsupported');
    const wide = 'range i from 1 to 1500 step 1 | evaluate pivot(i)';
    await expect(kql.rows(wide)).rejects.toMatchObject({ code: 'limit', message: expect.stringContaining('1000') });
    await expect(kql.rows(`${events} | evaluate pivot(Kind) | project opne`)).rejects.toMatchObject({
      code: 'unknown-name',
      message: expect.stringContaining('pivot gave'),
    });
  });
});
