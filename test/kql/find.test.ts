import type { TableSchema } from '../../src/kql/compile-input';
import { type Kql, openKql } from './run-kql';

const tables: TableSchema[] = [
  {
    name: 'Logons',
    columns: [
      { name: 'Session', type: 'string' },
      { name: 'Level', type: 'string' },
      { name: 'Text', type: 'string' },
      { name: 'Version', type: 'string' },
      { name: 'Code', type: 'string' },
    ],
  },
  {
    name: 'Starts',
    columns: [
      { name: 'Session', type: 'string' },
      { name: 'Level', type: 'string' },
      { name: 'Text', type: 'string' },
      { name: 'Kind', type: 'string' },
      { name: 'Code', type: 'long' },
    ],
  },
  { name: 'Other', columns: [{ name: 'x', type: 'long' }] },
];

let kql: Kql;
beforeAll(async () => {
  kql = await openKql();
  await kql.sql(
    `CREATE TABLE "Logons" AS SELECT * FROM (VALUES ('s1','info','one fish','v1','7'), ('s1','error','two','v2','8'), ('s2','error','three','v1','9')) t("Session","Level","Text","Version","Code")`,
  );
  await kql.sql(
    `CREATE TABLE "Starts" AS SELECT * FROM (VALUES ('s1','info','four','k1',7::BIGINT), ('s3','error','five fish','k2',8::BIGINT)) t("Session","Level","Text","Kind","Code")`,
  );
  await kql.sql('CREATE TABLE "Other" AS SELECT 1::BIGINT AS x');
});
afterAll(() => kql.close());

async function found(text: string): Promise<{ columns: string[]; rows: unknown[][] }> {
  const { columns } = kql.compile(text, { tables });
  return { columns: columns.map(({ name, type }) => `${name}:${type}`), rows: await kql.rows(text, { tables }) };
}

describe('find', () => {
  it('gives the columns of the predicate and those that all tables have, and packs the rest', async () => {
    expect(await found('find in (Logons, Starts) where Session == "s1" and Level == "info"')).toEqual({
      columns: [
        'source_:string',
        'Session:string',
        'Level:string',
        'Text:string',
        'Code_string:string',
        'Code_long:long',
        'pack_:dynamic',
      ],
      rows: [
        ['Logons', 's1', 'info', 'one fish', '7', null, { Version: 'v1' }],
        ['Starts', 's1', 'info', 'four', '', 7, { Kind: 'k1' }],
      ],
    });
  });

  it('leaves out tables that have no column of the predicate', async () => {
    const { columns, rows } = await found('find Version == "v2" or Kind == "k2" project-smart');
    expect(columns).toContain('Version:string');
    expect(columns).toContain('Kind:string');
    expect(rows.map(([source]) => source)).toEqual(['Logons', 'Starts']);
  });

  it('looks for a term in all columns', async () => {
    expect((await found('find "fish" project Text')).rows).toEqual([
      ['Logons', 'one fish'],
      ['Starts', 'five fish'],
    ]);
    expect((await found('find in (S*) where * has "FISH" project Text, Level')).rows).toEqual([
      ['Starts', 'five fish', 'error'],
    ]);
    expect((await found('find * startswith "thr" project Text')).rows).toEqual([['Logons', 'three']]);
  });

  it('projects with types, and packs what is not projected', async () => {
    expect(
      await found(
        'find withsource=T in (Logons, Starts) where Level == "error" project Code:long, Version, pack_all()',
      ),
    ).toEqual({
      columns: ['T:string', 'Code:long', 'Version:string', 'pack_:dynamic'],
      rows: [
        ['Logons', 8, 'v2', { Session: 's1', Level: 'error', Text: 'two' }],
        ['Logons', 9, 'v1', { Session: 's2', Level: 'error', Text: 'three' }],
        ['Starts', 8, '', { Session: 's3', Level: 'error', Text: 'five fish', Kind: 'k2' }],
      ],
    });
    const all = await found('find in (Starts) where Kind == "k2" project pack(*)');
    expect(all).toEqual({
      columns: ['source_:string', 'pack_:dynamic'],
      rows: [['Starts', { Session: 's3', Level: 'error', Text: 'five fish', Kind: 'k2', Code: 8 }]],
    });
  });

  it('has no pack_ where nothing is left, and goes on behind a pipe', async () => {
    expect((await found('find in (Other) where x == 1')).columns).toEqual(['source_:string', 'x:long']);
    expect(
      (
        await found(
          'find in (Logons) where Level == "error" | summarize n = count() by Session, source_ | sort by Session asc',
        )
      ).rows,
    ).toEqual([
      ['s1', 'Logons', 1],
      ['s2', 'Logons', 1],
    ]);
    const views =
      'let V = view () { Logons | where Version == "v1" }; find in (V, Starts) where Session == "s2" project Text';
    expect((await found(views)).rows).toEqual([['V', 'three']]);
  });

  it('wants a type where a projected column has several, and names what is missing', () => {
    expect(kql.refusal('find in (Logons, Starts) where Level == "x" project Code', { tables })).toMatchObject({
      code: 'type',
      message: expect.stringContaining('Code'),
    });
    expect(kql.refusal('find in (Nowhere) where Level == "x"', { tables })).toMatchObject({ code: 'unknown-name' });
    expect(kql.refusal('find in (Logons) where Levle == "x"', { tables })).toMatchObject({
      code: 'unknown-name',
      message: expect.stringContaining('did you mean Level'),
    });
  });
});
