import { type Kql, openKql } from './run-kql';

let kql: Kql;
beforeAll(async () => {
  kql = await openKql();
});
afterAll(() => kql.close());

async function unpacked(text: string): Promise<{ columns: string[]; rows: unknown[][] }> {
  const { columns } = await kql.answered(text);
  return { columns: columns.map(({ name, type }) => `${name}:${type}`), rows: await kql.rows(text) };
}

const hosts = `datatable(host:string, d:dynamic)[
  "a", dynamic({"user":"kim","pid":7,"score":0.5,"ok":true}),
  "b", dynamic({"user":"lee","pid":8,"tags":[1,2],"gone":null}),
  "c", dynamic(null)]`;

describe('bag_unpack without a schema', () => {
  it('makes a column of each key, after the others and in the order of their names', async () => {
    expect(await unpacked(`${hosts} | evaluate bag_unpack(d) | sort by host asc`)).toEqual({
      columns: ['host:string', 'gone:dynamic', 'ok:bool', 'pid:long', 'score:real', 'tags:dynamic', 'user:string'],
      rows: [
        ['a', null, true, 7, 0.5, null, 'kim'],
        ['b', null, null, 8, null, [1, 2], 'lee'],
        ['c', null, null, null, null, null, ''],
      ],
    });
  });

  it('goes on with the types it found', async () => {
    expect(
      await kql.rows(`${hosts} | evaluate bag_unpack(d, "x_") | where x_pid > 7 | summarize sum(x_pid) by x_user`),
    ).toEqual([['lee', 8]]);
  });

  it('keeps values of several types as dynamic', async () => {
    const mixed = `datatable(d:dynamic)[dynamic({"v":1}), dynamic({"v":"one"}), dynamic({"v":1.5})]`;
    const { columns, rows } = await unpacked(`${mixed} | evaluate bag_unpack(d) | sort by tostring(v) asc`);
    expect(columns).toEqual(['v:dynamic']);
    expect(rows).toEqual([[1], [1.5], ['one']]);
  });

  it('gives a packed time back as a time, and a number too long for a long as a real', async () => {
    const { columns, rows } = await unpacked(
      `print d = bag_merge(bag_pack("t", datetime(2024-01-02)), parse_json('{"n":18446744073709551615}')) | evaluate bag_unpack(d)`,
    );
    expect(columns).toEqual(['n:real', 't:datetime']);
    expect(rows).toEqual([[18446744073709552000, '2024-01-02T00:00:00.0000000Z']]);
  });

  it('reads keys of any spelling', async () => {
    const { columns, rows } = await unpacked(
      String.raw`print d = dynamic({"a b":1,"a/~\"'":2,"x.y":3,"kql_p":4,"Ab":5,"ab":6}) | evaluate bag_unpack(d)`,
    );
    expect(columns).toEqual(['Ab:long', `a b:long`, `a/~"':long`, 'ab:long', 'kql_p:long', 'x.y:long']);
    expect(rows).toEqual([[5, 1, 2, 6, 4, 3]]);
  });

  it('says when a key has the name of a column, unless it is told which one to keep', async () => {
    const same = `datatable(Name:string, d:dynamic)["old", dynamic({"Name":"new","Age":20})]`;
    await expect(kql.rows(`${same} | evaluate bag_unpack(d)`)).rejects.toMatchObject({
      code: 'type',
      message: expect.stringContaining('Name'),
    });
    const replaced = await unpacked(`${same} | evaluate bag_unpack(d, columnsConflict='replace_source')`);
    expect(replaced).toEqual({ columns: ['Age:long', 'Name:string'], rows: [[20, 'new']] });
    const kept = await unpacked(`${same} | evaluate bag_unpack(d, columnsConflict='keep_source')`);
    expect(kept).toEqual({ columns: ['Age:long', 'Name:string'], rows: [[20, 'old']] });
    expect(await unpacked(`${same} | evaluate bag_unpack(d, 'p_', 'keep_source', dynamic(['Age']))`)).toEqual({
      columns: ['Name:string', 'p_Name:string'],
      rows: [['old', 'new']],
    });
    await expect(kql.rows(`${same} | evaluate bag_unpack(d, '', 'newest')`)).rejects.toMatchObject({ code: 'type' });
  });

  it('leaves the keys out that it is told to ignore', async () => {
    const rows = `datatable(d:dynamic)[dynamic({"Name":"John","Age":20,"City":"x"})]`;
    expect(await unpacked(`${rows} | evaluate bag_unpack(d, ignoredProperties=dynamic(['City','Age']))`)).toEqual({
      columns: ['Name:string'],
      rows: [['John']],
    });
  });

  it('names the keys there are when a later step asks for another', async () => {
    await expect(kql.rows(`${hosts} | evaluate bag_unpack(d) | where usr == "kim"`)).rejects.toMatchObject({
      code: 'unknown-name',
      message: expect.stringMatching(/usr.*bag_unpack gave .*pid.*user/),
    });
    await expect(kql.rows('print d = dynamic(null) | evaluate bag_unpack(d) | where x == 1')).rejects.toMatchObject({
      code: 'unknown-name',
      message: expect.stringContaining('bag_unpack gave no columns'),
    });
  });

  it('can stand in a let, a union, a join and behind another', async () => {
    expect(
      await kql.rows(
        `let B = ${hosts} | evaluate bag_unpack(d); B | join kind=inner (B | project user, again = pid) on user | project host, again | sort by host asc`,
      ),
    ).toEqual([
      ['a', 7],
      ['b', 8],
      ['c', null],
    ]);
    expect(
      await kql.rows(
        'print d = dynamic({"in":{"x":1},"y":2}) | evaluate bag_unpack(d) | evaluate bag_unpack(["in"]) | project x, y',
      ),
    ).toEqual([[1, 2]]);
    expect(
      await kql.rows(
        'let U = (t:(d:dynamic)) { t | evaluate bag_unpack(d) }; union (print d = dynamic({"a":1}) | invoke U()), (print d = dynamic({"b":2}) | invoke U()) | summarize sum(a), sum(b)',
      ),
    ).toEqual([[1, 2]]);
  });

  it('is refused with more keys than a table can have columns', async () => {
    const wide = 'range i from 1 to 1500 step 1 | project d = bag_pack(strcat("k", i), i) | evaluate bag_unpack(d)';
    await expect(kql.rows(wide)).rejects.toMatchObject({ code: 'limit', message: expect.stringContaining('1000') });
  });
});

describe('a check of a query whose columns the data decides', () => {
  const check = (text: string) => kql.checked(text);

  it('takes what names the data might give, and checks the rest', async () => {
    await check(
      `${hosts} | evaluate bag_unpack(d) | where Foo == "x" and pid > 4 | project host, Foo, Bar | sort by Bar`,
    );
    await check(`${hosts} | evaluate bag_unpack(d) | join kind=inner (${hosts} | project Foo = host) on Foo`);
    await check(
      `${hosts} | evaluate bag_unpack(d) | project-away Foo, Bar | summarize count(), max(Baz) by bin(When, 1h)`,
    );
    await check(`${hosts} | evaluate bag_unpack(d) | make-series count() default=0 on When step 1d by Foo`);
    await check(`${hosts} | evaluate pivot(host) | extend total = a + b | where total > 1`);
    await expect(
      check(`${hosts} | evaluate bag_unpack(d) | where Foo == "x" | summarize n = count() | where m > 1`),
    ).rejects.toMatchObject({ code: 'unknown-name' });
    await expect(check(`${hosts} | evaluate bag_unpack(hosts)`)).rejects.toMatchObject({ code: 'unknown-name' });
  });
});
