import type { TableSchema } from '../../src/kql/compile-input';
import { type Kql, openKql } from './run-kql';

let kql: Kql;
const tables: TableSchema[] = ['Wide', 'Other'].map((name) => ({
  name,
  columns: [
    { name: 'TimeGenerated', type: 'datetime' },
    { name: 'user', type: 'string' },
    { name: 'n', type: name === 'Wide' ? 'long' : 'string' },
    { name: 'n1', type: 'long' },
    { name: 'secret', type: 'string' },
    { name: `only${name}`, type: 'string' },
  ],
}));

beforeAll(async () => {
  kql = await openKql();
  for (const { name } of tables) {
    const n = name === 'Wide' ? '7::BIGINT' : "'x'";
    await kql.sql(
      `CREATE TABLE "${name}" AS SELECT 10::BIGINT AS "TimeGenerated", 'ann' AS "user", ${n} AS n, 3::BIGINT AS n1, 'needle' AS secret, '${name}' AS "only${name}"`,
    );
  }
});
afterAll(() => kql.close());

const read = (text: string) => kql.compile(text, { tables }).sql.includes('secret');
const columns = (text: string) => kql.compile(text, { tables }).columns.map((column) => column.name);

describe('columns that a query needs', () => {
  it.each([
    'Wide | where user == "ann" | project user',
    'Wide | summarize count() by user',
    'Wide | count',
    'Wide | summarize arg_max(TimeGenerated, *) by user | project n',
    'Wide | join kind=inner (Other) on user | project n, n1',
    'let W = Wide | where n > 1; W | join (W | summarize c = count() by user) on user | project c',
    'union withsource=t * | distinct t',
    'union Wide, Other | where user has "a" | project n_long',
    'let f = (least:long) { Wide | where n > least }; f(1) | distinct user',
    'Wide | project-away onlyWide | count',
    'Wide | mv-apply x = range(1, 2) on (summarize s = sum(n)) | project s',
    'print x = toscalar(Wide | summarize max(n))',
    'Wide | join kind=leftanti (Other | project user, n1) on user | project user',
    'Wide | as W | join (W | project user) on user | project n',
  ])('are all that is read: %s', async (text) => {
    expect(read(text)).toBe(false);
    await kql.rows(text, { tables });
  });

  it.each([
    'Wide',
    'Wide | where user == "ann"',
    'Wide | where * has "needle" | project user',
    'Wide | summarize arg_max(TimeGenerated, *) by user',
    'Wide | extend bag = pack_all() | project bag',
    'Wide | getschema',
    'Wide | project-keep s* | count',
    'Wide | distinct *',
    'union Wide, Other',
    'let W = Wide | where n > 1; W | join (W | project user) on user',
    'let W = Wide; union W*, (W | project user)',
    'Wide | as W | project user | union (W)',
    'let f = () { Wide }; f() | where n > 1',
    'search "needle" | project user',
    'Wide | project user, extra = column_ifexists(strcat("sec", "ret"), "")',
    'Wide | where user in (Other) | project user',
  ])('are all there are: %s', (text) => {
    expect(read(text)).toBe(true);
  });

  it('keep their names, whatever else is left out', async () => {
    const joined = 'Wide | join kind=inner (Other) on user | project user, n1, n2, n11 = secret';
    expect(columns(joined)).toEqual(['user', 'n1', 'n2', 'n11']);
    expect(await kql.rows('Wide | join kind=inner (Other) on user | project n, n2, n11', { tables })).toEqual([
      [7, 'x', 3],
    ]);
    expect(await kql.rows('union Wide, Other | project n_long, n_string | sort by n_string asc', { tables })).toEqual([
      [7, ''],
      [null, 'x'],
    ]);
    expect(await kql.rows('union kind=inner Wide, Other | count', { tables })).toEqual([[2]]);
    expect(await kql.rows('Wide | project-away user | count', { tables })).toEqual([[1]]);
  });

  it('are searched whether they are shown or not', async () => {
    expect(await kql.rows('search "needle" | project $table, user | sort by $table asc', { tables })).toEqual([
      ['Other', 'ann'],
      ['Wide', 'ann'],
    ]);
    expect(await kql.rows('search "needle" and (user:"ann" or "nothing") | count', { tables })).toEqual([[2]]);
    expect(await kql.rows('Wide | search "ann" and not(user:"bob") | project user', { tables })).toEqual([['ann']]);
    expect(
      await kql.rows(
        'let names = search "needle" | summarize make_set($table); print x = 1 | mv-apply t = toscalar(names) to typeof(string) on (where t has "Wide") | project t',
        { tables },
      ),
    ).toEqual([['Wide']]);
    expect(await kql.rows('search "annneedle" or "needle3" | count', { tables })).toEqual([[0]]);
    expect(await kql.rows('Wide | where * hasprefix "need" and * contains "eedl" | count', { tables })).toEqual([[1]]);
    expect(await kql.rows('Wide | where * startswith "eedl" or * endswith "nee" | count', { tables })).toEqual([[0]]);
  });
});

describe('the time range', () => {
  it('applies where the query does not name the time', async () => {
    const range = { from: 20n, to: 30n };
    expect(await kql.rows('Wide | summarize count() by user', { tables, range })).toEqual([]);
  });
});

describe('a union of many wide tables', () => {
  const many: TableSchema[] = Array.from({ length: 300 }, (_, i) => ({
    name: `T${i}`,
    columns: [
      { name: 'Type', type: 'string' },
      ...Array.from({ length: 60 }, (_, k) => ({ name: `c${i}_${k}`, type: 'string' as const })),
    ],
  }));

  it('is short where only a few columns are asked for', () => {
    const { sql } = kql.compile('union * | where Type != "" | summarize count() by Type', { tables: many });
    expect(sql.length).toBeLessThan(50_000);
  });

  it('is refused at once where all are, with the way to ask', () => {
    expect(kql.refusal('union * | take 10', { tables: many })).toMatchObject({
      code: 'limit',
      start: 0,
      message: expect.stringContaining('the 300 tables here have 18001 columns together'),
    });
    expect(kql.refusal('search "x"', { tables: many })).toMatchObject({ code: 'limit' });
  });
});

describe('a column that has several types in a union', () => {
  const three: TableSchema[] = (['long', 'long', 'string'] as const).map((type, i) => ({
    name: `Typed${i}`,
    columns: [{ name: 'x', type }],
  }));

  it('is read as the first of them under its plain name, and the answer says so', async () => {
    await kql.sql(
      "CREATE TABLE Typed0 AS SELECT 1::BIGINT AS x; CREATE TABLE Typed1 AS SELECT 2::BIGINT AS x; CREATE TABLE Typed2 AS SELECT 'a' AS x",
    );
    const text = 'union Typed0, Typed1, Typed2 | where x > 0 | project x | sort by x asc';
    expect(await kql.rows(text, { tables: three })).toEqual([[1], [2]]);
    expect(kql.compile(text, { tables: three }).notes).toEqual([
      'x has several types in the tables of the union, which holds it as x_long and x_string: x is read as x_long, empty in rows of tables where it has another type.',
    ]);
  });

  it('goes by its name and type as the documentation has it', async () => {
    expect(
      await kql.rows('union Typed* | project x_long, x_string | sort by x_long asc nulls last', { tables: three }),
    ).toEqual([
      [1, ''],
      [2, ''],
      [null, 'a'],
    ]);
    expect(kql.refusal('union Typed* | project x_real', { tables: three })).toMatchObject({ code: 'unknown-name' });
  });
});
