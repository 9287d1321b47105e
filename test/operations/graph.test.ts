import { addEntities } from '../../src/hunting/entities';
import { type Core, cardOf, createCore } from '../support/core';
import { exampleBookmark } from '../support/example-bookmark';

let core: Core;
beforeAll(async () => {
  core = await createCore();
});
beforeEach(() => core.reset());
afterAll(() => core.close());

test('a hunt’s picture is made of its bookmarks and what their rows name', async () => {
  await core.say('new Spray');
  expect(cardOf(await core.say('graph H-1')).title).toBe('H-1: nothing to draw yet');
  const at = core.time.now;
  for (const number of [1, 2]) {
    const bookmark = await core.stores.bookmarks.insert(
      exampleBookmark(number, {
        columns: [
          { name: 'TimeGenerated', type: 'datetime' },
          { name: 'IPAddress', type: 'string' },
        ],
        timeColumn: 'TimeGenerated',
        rowNumbers: [1, 2],
        rows: [
          ['2026-11-20T00:00:00Z', '198.51.100.7'],
          [`2026-11-2${number}T00:00:00Z`, '198.51.100.7'],
        ],
        entities: [{ type: 'IP', identifier: 'Address', value: '198.51.100.7' }],
      }),
    );
    await addEntities({ stores: core.stores, clock: { now: () => at } }, bookmark);
  }
  for (const key of ['H-1', 'B-1', 'E-1']) {
    const card = cardOf(await core.say(`graph ${key}`));
    expect(card.blocks[0]).toMatchObject({ type: 'image' });
    expect(JSON.stringify(card)).toContain(
      `IP 198[.]51[.]100[.]7 is in ${key === 'B-1' ? '1 of 1 (B-1), 2' : '2 of 2 (B-1, B-2), 4'} rows.`,
    );
  }
  expect(cardOf(await core.press('graph', { of: 'H-1', view: 'timeline' })).blocks[0]).toMatchObject({ type: 'image' });
  const page = await core.say('graph H-1 --format html');
  if (page.kind !== 'file') throw new Error(page.kind);
  expect(page.file.name).toBe('H-1-graph.html');
  expect(cardOf(await core.say('graph I-9')).title).toContain('There is no incident I-9');
});
