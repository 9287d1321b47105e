import { type Kql, openKql } from './run-kql';

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
