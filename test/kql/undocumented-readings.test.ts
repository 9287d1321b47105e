import { type Kql, newYear, openKql } from './run-kql';

let kql: Kql;
beforeAll(async () => {
  kql = await openKql();
});
afterAll(() => kql.close());

describe('a time without a date', () => {
  it('is one of today, and the answer says so', async () => {
    const { notes } = kql.compile('print datetime("8:00:00 AM")');
    expect(notes.join()).toContain('has no date');
    expect(await kql.rows('print datetime("8:00:00 AM"), datetime(17:30)', { now: newYear + 36_000_000_000n })).toEqual(
      [['2024-01-01T08:00:00.0000000Z', '2024-01-01T17:30:00.0000000Z']],
    );
    expect(kql.refusal('print datetime("25:00")').message).toContain('is not a datetime');
    expect(kql.refusal('print datetime("Insert date")').message).toContain('is not a datetime');
  });
});

describe('a fuzzy union of tables that are all missing', () => {
  const text = 'union isfuzzy=true (Nope | where q == 1), Nope2 | summarize count() by q';

  it('is an error over data, and goes on where only schemas are known', async () => {
    expect(kql.refusal(text)).toMatchObject({ code: 'unknown-name' });
    const { columns, notes } = await kql.checked(text, { schemaOnly: true });
    expect(columns.map((column) => column.name)).toEqual(['q', 'count_']);
    expect(notes.join()).toContain('Nope2');
  });
});

describe('split with the index -1, as many hunting queries write it', () => {
  it('gives the last part behind [-1], and says how it was read', async () => {
    const text = String.raw`print tostring(split(@'C:\Windows\cmd.exe', '\\', -1)[-1])`;
    expect(await kql.rows(text)).toEqual([['cmd.exe']]);
    expect(kql.compile(text).notes.join()).toContain('all parts');
    expect(kql.refusal('print split("a/b", "/", -2)').code).toBe('unsupported');
  });
});
