import { type Core, cardOf, createCore } from '../support/core';

let core: Core;

beforeAll(async () => {
  core = await createCore();
});
beforeEach(() => core.reset());
afterAll(() => core.close());

function textOf(reply: Parameters<typeof cardOf>[0]): string {
  return JSON.stringify(cardOf(reply));
}

const spray = 'query new Spray at the gate --kql "SigninLogs | where ResultType == 50126" --techniques T1110.003';

describe('history of a query', () => {
  test('each change is kept with who, what and which lines; an earlier wording comes back, and that can be undone', async () => {
    await core.say(spray);
    expect(cardOf(await core.say('query history Q-1')).title).toBe('Q-1 has never been changed');
    await core.submit('query edit', { name: 'Spray', kql: 'SigninLogs\n| take 5' }, { query: 'Q-1' });
    await core.say('query edit Q-1 --description "Look at the addresses"');
    const history = cardOf(await core.say('query history Q-1'));
    expect(history.title).toBe('Q-1 · 2 changes');
    const text = JSON.stringify(history);
    expect(text).toContain('2 · edited by Ada Night');
    expect(text).toContain('Spray at the gate → Spray');
    expect(text).toContain('- SigninLogs | where ResultType == 50126\\n+ SigninLogs\\n+ | take 5');
    expect(text).toContain('nothing → Look at the addresses');

    await core.say('query restore Q-1 --revision 1');
    expect((await core.stores.queries.get('Q-1'))?.text).toBe('SigninLogs | where ResultType == 50126');
    expect(await core.stores.queryRevisions.count({ where: { query: { is: 'Q-1' } } })).toBe(3);
    await core.press('query restore', { query: 'Q-1' }, { revision: '3' });
    expect((await core.stores.queries.get('Q-1'))?.text).toBe('SigninLogs\n| take 5');
    expect(textOf(await core.say('query restore Q-1 --revision 9'))).toContain('has no revision 9');
  });

  test('a change of nothing is no change, and deleting and restoring are changes', async () => {
    await core.say(spray);
    expect(textOf(await core.say('query edit Q-1 --name "Spray at the gate"'))).toContain('Nothing of Q-1 was changed');
    await core.press('query delete', { query: 'Q-1', confirmed: 'yes' });
    expect(textOf(await core.say('query show Q-1'))).toContain('There is no query Q-1');
    await core.say('query restore Q-1');
    expect(textOf(await core.say('query restore Q-1'))).toContain('Nothing was changed');
    const revisions = await core.stores.queryRevisions.find({ sort: [{ field: 'number', direction: 'up' }] });
    expect(revisions.map((one) => one.action)).toEqual(['deleted', 'restored']);
  });

  test('eight people who edit at once leave eight revisions and lose none', async () => {
    await core.say(spray);
    await Promise.all(Array.from({ length: 8 }, (_, i) => core.say(`query edit Q-1 --name "Name ${i}"`)));
    const revisions = await core.stores.queryRevisions.find({ sort: [{ field: 'number', direction: 'up' }] });
    const names = [...revisions.map((one) => one.name), (await core.stores.queries.get('Q-1'))?.name];
    expect(new Set(names).size).toBe(9);
  });
});

describe('finding queries', () => {
  beforeEach(async () => {
    await core.say(spray);
    await core.say(
      'query new Lsass read --kql "DeviceProcessEvents | take 1" --tactics CredentialAccess --techniques T1003',
    );
    const [one] = await core.stores.queries.find({ limit: 1 });
    if (!one) throw new Error('no query');
    const { version: _version, createdByKey: _key, ...content } = one;
    await core.stores.queries.insert({
      ...content,
      id: 'Q-77',
      number: 77,
      origin: 'content',
      solution: 'identity-attacks',
      author: 'Blue Corp',
      name: 'Role given at night',
      techniques: ['T1098'],
      dataTypes: ['AuditLogs'],
      resultState: 'counted',
      resultCount: 4,
    });
  });

  test.each<[string, string[]]>([
    ['queries spray', ['Q-1']],
    ['queries gate 50126', ['Q-1']],
    ['queries --technique T1110', ['Q-1']],
    ['queries --technique T1110.001', []],
    ['queries --tactic "credential access"', ['Q-2']],
    ['queries --table auditlogs', ['Q-77']],
    ['queries --solution Identity-Attacks', ['Q-77']],
    ['queries --source content', ['Q-77']],
    ['queries --source custom', ['Q-1', 'Q-2']],
    ['queries --author blue', ['Q-77']],
    ['queries --mine', ['Q-1', 'Q-2']],
    ['queries --results', ['Q-77']],
    ['queries --favourites', []],
    ['queries --sort newest', ['Q-77', 'Q-2', 'Q-1']],
    ['queries --sort name', ['Q-2', 'Q-77', 'Q-1']],
  ])('%s', async (words, keys) => {
    const card = cardOf(await core.say(words));
    const table = card.blocks.find((block) => block.type === 'table');
    expect(table?.rows.map((row) => /Q-\d+/.exec(row.join(' '))?.[0]) ?? []).toEqual(keys);
  });

  test('a favourite has a star, is found, and is taken back', async () => {
    await core.say('query favourite Q-2');
    expect(textOf(await core.say('queries --favourites'))).toContain('★');
    expect(cardOf(await core.say('query show Q-2')).title).toMatch(/^★ Q-2/);
    await core.press('query unfavourite', { query: 'Q-2' });
    expect(cardOf(await core.say('queries --favourites')).title).toBe('No query fits');
    expect(await core.stores.queryRevisions.count()).toBe(0);
  });
});
