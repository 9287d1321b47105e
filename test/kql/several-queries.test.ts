import { type Kql, newYear, openKql } from './run-kql';

let kql: Kql;
beforeAll(async () => {
  kql = await openKql();
});
afterAll(() => kql.close());

describe('several queries in one text', () => {
  it('answers the first, and says what was not run', async () => {
    const text = 'let a = 1; print x = a; let b = 2; print y = b; print z = 3';
    const { columns, notes } = kql.compile(text);
    expect(columns).toEqual([{ name: 'x', type: 'long' }]);
    expect(notes).toEqual([
      'The text holds 2 further queries, which were not run: only the first is answered. Send them one by one.',
    ]);
    expect(await kql.rows(text)).toEqual([[1]]);
    expect(kql.compile('print 1; print 2').notes.join()).toContain('one further query, which was not run');
    expect(kql.compile('print 1;').notes).toEqual([]);
  });

  it('still finds what is wrong with the others', () => {
    expect(kql.refusal('print x = 1; print y = nothing')).toMatchObject({ code: 'unknown-name' });
  });

  it('says why a text without a query has none', () => {
    expect(kql.refusal('let a = 1; // print a').message).toBe(
      'the text holds no query, only let statements; is the query behind a comment (//)?',
    );
    expect(kql.refusal('// print a').message).toBe('the text holds no query, only a comment (//)');
    expect(kql.refusal('let a = 1;').message).toBe('the text holds no query, only let statements');
    expect(kql.refusal('   ').message).toBe('the text holds no query');
  });
});

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
