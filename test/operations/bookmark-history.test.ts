import { type Core, cardOf, createCore } from '../support/core';
import { exampleBookmark } from '../support/example-bookmark';

let core: Core;
beforeAll(async () => {
  core = await createCore();
});
beforeEach(async () => {
  await core.reset();
  await core.say('new Spray');
  const columns = [{ name: 'IPAddress', type: 'string' }];
  const rows = { columns, rowNumbers: [1], rows: [['198.51.100.7']] };
  await core.stores.bookmarks.insert(exampleBookmark(1, { name: 'Rows', ...rows }));
});
afterAll(() => core.close());

const lines = () => core.stores.changes.find({ where: { subject: { is: 'B-1' } } });

test('a bookmark’s changes stand in the timeline with what was there before', async () => {
  await core.say('bookmark edit B-1 --notes "Seen at night" --entities ip=IPAddress');
  const [line] = await lines();
  expect(line).toMatchObject({
    what: 'changed a bookmark',
    before: 'Rows',
    after: 'Rows · Seen at night · IP 198.51.100.7',
  });
  expect(await core.stores.entities.count()).toBe(1);
  await core.press('bookmark delete', { bookmark: 'B-1', confirmed: 'yes' });
  expect(await core.stores.entities.count()).toBe(0);
  await core.press('bookmark restore', { bookmark: 'B-1' });
  expect((await lines()).map((one) => one.what).sort()).toEqual([
    'changed a bookmark',
    'deleted a bookmark',
    'restored a bookmark',
  ]);
});

test('a second undo does no harm, and a column that is not there is refused beside its field', async () => {
  expect(cardOf(await core.press('bookmark restore', { bookmark: 'B-1' })).title).toBe('B-1 is there already.');
  expect(await lines()).toEqual([]);
  const reply = await core.submit('bookmark edit', { entities: 'ip=Nothing' }, { bookmark: 'B-1' });
  expect(reply).toEqual({ kind: 'field-errors', errors: { entities: 'There is no column “Nothing”.' } });
});

test('a deleted bookmark leaves its incident, and comes back into it', async () => {
  await core.say('incident new H-1 B-1 --severity high');
  expect(JSON.stringify(cardOf(await core.say('bookmark delete B-1')))).toContain('I-1 loses it');
  await core.press('bookmark delete', { bookmark: 'B-1', confirmed: 'yes' });
  expect((await core.stores.incidents.get('I-1'))?.bookmarks).toEqual([]);
  await core.press('bookmark restore', { bookmark: 'B-1' });
  expect((await core.stores.incidents.get('I-1'))?.bookmarks).toEqual(['B-1']);
  expect((await core.stores.bookmarks.get('B-1'))?.incidents).toEqual(['I-1']);
});
