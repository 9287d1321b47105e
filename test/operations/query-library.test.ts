import { fillWriters } from '../../src/hunting/fill-writers';
import { type Core, cardOf, createCore } from '../support/core';

const tables = ['SigninLogs', 'DeviceProcessEvents'];
const engine = {
  name: 'duckdb',
  run: async () => ({ columns: [], rows: 0, truncated: false, notes: [] }),
  check: async () => [],
  tables: async () => tables.map((name) => ({ name, columns: [] })),
  close: async () => undefined,
};

let core: Core;

beforeAll(async () => {
  core = await createCore({ engine });
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

describe('what is known of a text', () => {
  test('the tables, the hash and the check are those of the wording that was brought back', async () => {
    await core.say('query new Gate --kql "SigninLogs | take 5" --tactics Impact');
    const first = await core.stores.queries.get('Q-1');
    if (!first) throw new Error('no query');
    expect(first.dataTypes).toEqual(['SigninLogs']);
    await core.say('query edit Q-1 --kql "DeviceProcessEvents | take 5" --tactics "Initial Access"');
    const edited = await core.stores.queries.get('Q-1');
    if (!edited) throw new Error('no query');
    expect(edited).toMatchObject({ dataTypes: ['DeviceProcessEvents'], tacticPlace: -2 });
    expect(edited.textHash).not.toBe(first.textHash);
    await core.stores.queries.update({ ...edited, check: { at: core.time.now, ok: false, message: 'no such table' } });

    await core.say('query restore Q-1 --revision 1');
    const back = await core.stores.queries.get('Q-1');
    expect(back).toMatchObject({ dataTypes: ['SigninLogs'], textHash: first.textHash, tacticPlace: -13 });
    expect(back?.check).toBeUndefined();
  });

  test('a check stays where another thing than the text changes', async () => {
    await core.say(spray);
    const query = await core.stores.queries.get('Q-1');
    if (!query) throw new Error('no query');
    await core.stores.queries.update({ ...query, check: { at: core.time.now, ok: true } });
    await core.say('query edit Q-1 --name "Another name"');
    expect((await core.stores.queries.get('Q-1'))?.check?.ok).toBe(true);
  });

  test('queries of before their writer had a key are found as one’s own; what came with a pack is not', async () => {
    await core.say(spray);
    const query = await core.stores.queries.get('Q-1');
    if (!query) throw new Error('no query');
    const { version: _version, createdByKey, author: _author, ...older } = query;
    await core.stores.queries.insert({ ...older, id: 'Q-50', number: 50 });
    await core.stores.queries.insert({ ...older, id: 'Q-51', number: 51, author: 'Blue Corp' });
    const grace = { ...older.createdBy, id: 'U9', name: 'Grace' };
    await core.stores.queries.insert({ ...older, id: 'Q-52', number: 52, createdBy: grace });
    expect(await fillWriters(core.stores)).toBe(2);
    expect(await fillWriters(core.stores)).toBe(0);
    const mine = await core.stores.queries.find({ where: { createdByKey: { is: createdByKey ?? '' } } });
    expect(mine.map(({ id }) => id).sort()).toEqual(['Q-1', 'Q-50']);
    expect(cardOf(await core.say('queries --mine')).title).toMatch(/^2 hunting queries/);
  });
});

describe('adding by filters', () => {
  beforeEach(async () => {
    await core.say('new Who sprays');
    await core.say(spray);
    await core.say('query new Lsass --kql "DeviceProcessEvents | take 1" --tactics CredentialAccess');
  });

  test.each<[string, string[]]>([
    ['add H-1 --table signinlogs', ['H-1/Q-1']],
    ['add H-1 --mine', ['H-1/Q-1', 'H-1/Q-2']],
    ['add H-1 Q-1 --tactic "credential access"', ['H-1/Q-1', 'H-1/Q-2']],
    ['add H-1 --search "lsass"', ['H-1/Q-2']],
  ])('%s', async (words, keys) => {
    await core.say(words);
    const held = await core.stores.queries.find({ where: { hunt: { is: 'H-1' } } });
    expect(held.map(({ id }) => id).sort()).toEqual(keys);
  });

  test('nothing that fits, and more than 200 that fit, are said and add nothing', async () => {
    expect(textOf(await core.say('add H-1 --author nobody'))).toContain('No query of the library fits: author nobody');
    const query = await core.stores.queries.get('Q-1');
    if (!query) throw new Error('no query');
    const { version: _version, ...content } = query;
    for (let number = 100; number < 299; number++)
      await core.stores.queries.insert({ ...content, id: `Q-${number}`, number });
    expect(textOf(await core.say('add H-1 --mine'))).toContain('201 queries fit; at most 200');
    expect(await core.stores.queries.count({ where: { hunt: { is: 'H-1' } } })).toBe(0);
    const list = textOf(await core.say('queries H-1 --table SigninLogs'));
    expect(list).toContain('"label":"Add all 200","command":"add","args":{"hunt":"H-1","table":"SigninLogs"}');
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
    ['queries --sort tactic', ['Q-2', 'Q-1', 'Q-77']],
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
