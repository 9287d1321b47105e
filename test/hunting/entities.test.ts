import type { EntityValue } from '../../src/domain/bookmark';
import { addEntities, removeEntities } from '../../src/hunting/entities';
import { mergeEntities, splitEntity } from '../../src/hunting/merge-entities';
import { rebuildEntities } from '../../src/hunting/rebuild-entities';
import { type Core, createCore } from '../support/core';
import { exampleBookmark } from '../support/example-bookmark';

let core: Core;
beforeAll(async () => {
  core = await createCore();
});
beforeEach(() => core.reset());
afterAll(() => core.close());

const deps = () => ({ stores: core.stores, clock: { now: () => core.time.now } });
const account = (value: string, group?: number): EntityValue => ({
  type: 'Account',
  identifier: 'FullName',
  value,
  ...(group === undefined ? {} : { group }),
});
const sid = (value: string, group: number): EntityValue => ({ type: 'Account', identifier: 'Sid', value, group });

async function keep(id: number, entities: EntityValue[], hunt = 'H-1'): Promise<void> {
  const eventTime = new Date(core.time.now.getTime() + id * 1000);
  const bookmark = await core.stores.bookmarks.insert(exampleBookmark(id, { hunt, eventTime, entities }));
  await addEntities(deps(), bookmark);
}

async function alive() {
  return core.stores.entities.find({
    where: { mergedInto: { missing: true } },
    sort: [{ field: 'number', direction: 'up' }],
    limit: 500,
  });
}

test('a bookmark that ties a domain name, an address and a SID together makes one account of them', async () => {
  await keep(1, [account('CONTOSO\\user1')]);
  await keep(2, [account('user1@contoso.com')], 'H-2');
  expect(await alive()).toHaveLength(2);
  await keep(3, [account('contoso\\USER1', 0), sid('S-1-5-21-1-2-3-1001', 0)]);
  await keep(4, [account('User1@contoso.com', 0), sid('S-1-5-21-1-2-3-1001', 0)], 'H-2');
  const [one, ...others] = await alive();
  expect(others).toEqual([]);
  expect(one).toMatchObject({ id: 'E-1', hunts: ['H-1', 'H-2'] });
  expect([...(one?.bookmarks ?? [])].sort()).toEqual(['B-1', 'B-2', 'B-3', 'B-4']);
});

test('bare names make one within a hunt, and never of strangers in two', async () => {
  await keep(1, [account('user1'), { type: 'Host', identifier: 'HostName', value: 'FH-WS-003' }]);
  await keep(2, [account('USER1')]);
  await keep(3, [account('user1')], 'H-2');
  await keep(4, [account('FABRIKAM\\user1')]);
  await keep(5, [account('CONTOSO\\user1')]);
  await keep(6, [account('user1')]);
  const accounts = (await alive()).filter((one) => one.type === 'Account');
  expect(accounts.map((one) => [one.name, one.bookmarks.join(' ')])).toEqual([
    ['user1', 'B-1 B-2 B-6'],
    ['user1', 'B-3'],
    ['FABRIKAM\\user1', 'B-4'],
    ['CONTOSO\\user1', 'B-5'],
  ]);
});

test.each([
  ['Account', 'FullName', 'NT AUTHORITY\\SYSTEM'],
  ['Account', 'Name', 'ANONYMOUS LOGON'],
  ['Account', 'FullName', '-'],
  ['Account', 'Sid', 'S-1-5-18'],
])('%s %s %s names nobody', async (type, identifier, value) => {
  await keep(1, [{ type, identifier, value }]);
  expect(await alive()).toEqual([]);
});

test.each([
  ['IP', 'Address', '2001:DB8:0:0::1', '2001:db8::1'],
  ['IP', 'Address', '::ffff:198.51.100.7', '198.51.100.7'],
  ['URL', 'Url', 'http://EVIL.example/A', 'http://evil.example/A'],
  ['FileHash', 'Value', 'A'.repeat(64), 'a'.repeat(64)],
  ['Host', 'HostName', 'PC1.contoso.com', 'pc1.CONTOSO.com.'],
])('%s %s: forms of one thing are one, in all hunts', async (type, identifier, first, second) => {
  await keep(1, [{ type, identifier, value: first }]);
  await keep(2, [{ type, identifier, value: second }], 'H-2');
  expect((await alive()).map((one) => one.hunts)).toEqual([['H-1', 'H-2']]);
});

test('private addresses of two hunts stay two, and the path of a URL counts its case', async () => {
  await keep(1, [{ type: 'IP', identifier: 'Address', value: '10.0.0.5' }]);
  await keep(2, [{ type: 'IP', identifier: 'Address', value: '10.0.0.5' }], 'H-2');
  await keep(3, [{ type: 'URL', identifier: 'Url', value: 'http://evil.example/a' }]);
  await keep(4, [{ type: 'URL', identifier: 'Url', value: 'http://evil.example/A' }], 'H-2');
  expect(await alive()).toHaveLength(4);
});

test('what only a deleted bookmark tied together falls apart again', async () => {
  await keep(1, [account('CONTOSO\\user1')]);
  await keep(2, [account('user1@contoso.com')]);
  await keep(3, [
    { type: 'Account', identifier: 'FullName', value: 'CONTOSO\\user1', group: 0 },
    { type: 'Account', identifier: 'UPNSuffix', value: 'contoso.com', group: 0 },
  ]);
  expect(await alive()).toHaveLength(1);
  await removeEntities(deps(), { id: 'B-3' });
  expect((await alive()).map((one) => [one.id, one.bookmarks.join(' ')])).toEqual([
    ['E-1', 'B-1'],
    ['E-2', 'B-2'],
  ]);
});

test('a merge by hand is kept, split again, and not made again by rows', async () => {
  await keep(1, [account('CONTOSO\\user1')]);
  await keep(2, [account('u.one@fabrikam.com')], 'H-2');
  await mergeEntities(deps(), 'E-1', 'E-2', { platform: 'web', tenant: 'local', id: 'ada', name: 'Ada' });
  expect((await alive()).map((one) => one.bookmarks)).toEqual([['B-1', 'B-2']]);
  await keep(3, [account('U.One@fabrikam.com')], 'H-3');
  expect((await alive()).map((one) => one.hunts)).toEqual([['H-1', 'H-2', 'H-3']]);
  await splitEntity(deps(), 'E-2');
  expect((await alive()).map((one) => [one.id, one.hunts.join(' ')])).toEqual([
    ['E-1', 'H-1 H-3'],
    ['E-2', 'H-2'],
  ]);
  await keep(4, [account('CONTOSO\\user1', 0), sid('S-1-5-21-9-9-9-9', 0)]);
  await keep(5, [account('u.one@fabrikam.com', 0), sid('S-1-5-21-9-9-9-9', 0)]);
  expect(await alive()).toHaveLength(2);
});

test('twenty bookmarks at once that tie the same things together leave one entity', async () => {
  const names = ['CONTOSO\\user1', 'user1@contoso.com'];
  await Promise.all(
    Array.from({ length: 20 }, (_, i) => keep(i + 1, [account(names[i % 2] ?? '', 0), sid('S-1-5-21-1-2-3-1001', 0)])),
  );
  const [one, ...others] = await alive();
  expect(others).toEqual([]);
  expect(one?.bookmarks).toHaveLength(20);
});

test.each([1, 2, 3])(
  'thirty at once that tie three names together two by two leave one entity and lose nobody (%i)',
  async () => {
    const pairs = [
      [account('CONTOSO\\user1', 0), sid('S-1-5-21-1-2-3-1001', 0)],
      [account('user1@contoso.com', 0), sid('S-1-5-21-1-2-3-1001', 0)],
      [account('user1@contoso.com')],
    ];
    await Promise.all(Array.from({ length: 30 }, (_, i) => keep(i + 1, pairs[i % 3] ?? [])));
    const [one, ...others] = await alive();
    expect(others).toEqual([]);
    expect(one?.bookmarks).toHaveLength(30);
  },
);

test('what stands for nobody is no strong name', async () => {
  const zero = { type: 'Account', identifier: 'AadUserId', value: '00000000-0000-0000-0000-000000000000' };
  await keep(1, [{ ...account('a@x.example', 0) }, { ...zero, group: 0 }]);
  await keep(2, [{ ...account('b@x.example', 0) }, { ...zero, group: 0 }], 'H-2');
  expect(await alive()).toHaveLength(2);
});

test('entities of earlier versions are made again of the bookmarks, once', async () => {
  await keep(1, [account('CONTOSO\\user1')]);
  await keep(2, [account('contoso\\user1')], 'H-2');
  const log = { info() {}, warn() {}, error() {} };
  await Promise.all([rebuildEntities({ ...deps(), log }), rebuildEntities({ ...deps(), log })]);
  expect((await alive()).map((one) => one.hunts)).toEqual([['H-1', 'H-2']]);
  const [before] = await alive();
  await rebuildEntities({ ...deps(), log });
  expect(await alive()).toEqual([before]);
});
