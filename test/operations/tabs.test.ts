import type { Card } from '../../src/chat/card';
import { change } from '../../src/hunting/change';
import { QueryError } from '../../src/ports/query-engine';
import { resultCard } from '../../src/views/result-card';
import { tabName } from '../../src/views/tab-name';
import { type Core, cardOf, createCore } from '../support/core';

const engine = {
  name: 'duckdb',
  run: async () => ({ columns: [], rows: 0, truncated: false, notes: [] }),
  check: async ({ text }: { text: string }) => {
    if (text.includes('wehre')) throw new QueryError('syntax', 'there is no operator wehre', 1, 14);
    return [];
  },
  tables: async () => [],
  close: async () => undefined,
};

const text = 'SigninLogs | where ResultType != "0" | summarize count() by IPAddress';

let core: Core;
beforeAll(async () => {
  core = await createCore({ engine });
});
afterAll(() => core.close());
beforeEach(async () => {
  await core.reset();
  await core.say('new Spray');
});

function buttons(card: Card): string[] {
  return card.blocks.flatMap((block) => (block.type === 'actions' ? block.buttons.map((one) => one.label) : []));
}

async function tab(key: string) {
  const found = await core.stores.tabs.get(key);
  if (!found) throw new Error(`no tab ${key}`);
  return found;
}

test.each([
  [text, 'SigninLogs: ResultType != "0", by IPAddress'],
  ['// who\nlet x = 1;\nSyslog\n| take 5;', 'Syslog: take 5'],
  ['DeviceEvents | where A has "x|y;z" // c', 'DeviceEvents: A has "x|y;z"'],
  ['   ', 'Query'],
])('a tab of %j is named readably', (kql, name) => {
  expect(tabName(kql)).toBe(name);
});

test('the same text is one tab, also where several people run it at once, and the last run is renewed', async () => {
  await Promise.all([1, 2, 3].map(() => core.say(`kql --hunt H-1 ${text}`)));
  await core.say(`kql --hunt H-1 --since 2d ${text.replaceAll(' | ', '\n| ')} // once more`);
  const tabs = await core.stores.tabs.find();
  expect(tabs).toHaveLength(1);
  expect(tabs[0]).toMatchObject({ run: 'R-4', sinceMilliseconds: 2 * 86_400_000, hunt: 'H-1' });
  expect((await core.stores.runs.get('R-4'))?.tab).toBe(tabs[0]?.id);
  expect(await core.stores.changes.count({ where: { subject: { is: tabs[0]?.id ?? '' } } })).toBeGreaterThan(0);
});

test('tabs are listed, searched and shown', async () => {
  expect(cardOf(await core.say('tabs H-1')).title).toBe('No tabs in H-1');
  await core.say(`kql --hunt H-1 ${text}`);
  await core.say('kql --hunt H-1 Syslog | take 5');
  expect(cardOf(await core.say('tabs H-1')).title).toBe('2 tabs in H-1');
  expect(cardOf(await core.say('tabs H-1 syslog')).title).toContain('1 tab in H-1');
  expect(cardOf(await core.say('tabs H-1 nothing')).title).toContain('No tab of H-1');
  const card = cardOf(await core.say('tab show K-1'));
  expect(card.blocks[0]).toEqual({ type: 'code', text, language: 'kql' });
  expect(buttons(card)).toEqual(expect.arrayContaining(['Run again', 'To the library', 'Link in a comment', 'Delete']));
  await core.say('tab run K-1 --since 30d');
  expect(await tab('K-1')).toMatchObject({ run: 'R-3', sinceMilliseconds: 30 * 86_400_000 });
  expect(cardOf(await core.say('show H-1')).blocks).toContainEqual(
    expect.objectContaining({
      facts: expect.arrayContaining([expect.objectContaining({ value: expect.stringContaining('2 tabs') })]),
    }),
  );
});

test('a failed query is corrected in its own tab, whose earlier text can be brought back', async () => {
  const wrong = 'SigninLogs | wehre ResultType == "0"';
  await core.say(`kql --hunt H-1 ${wrong}`);
  const failed = await change(core.stores.runs, 'R-1', (run) => ({
    ...run,
    queries: run.queries.map((query) => ({
      ...query,
      state: 'failed' as const,
      error: { code: 'syntax', message: 'there is no operator wehre', line: 1, column: 14 },
    })),
  }));
  if (!failed) throw new Error('the run is gone');
  expect(buttons(resultCard(failed, []))).toEqual(['Correct it', 'Run again', 'Rename']);
  const form = await core.press('tab edit', { tab: 'K-1', corrects: 'R-1' });
  if (form.kind !== 'form') throw new Error(`a ${form.kind}, not a form`);
  expect(Object.fromEntries(form.form.fields.map((one) => [one.name, one.value]))).toMatchObject({
    kql: wrong,
    since: '7d',
    run: 'yes',
  });
  const still = await core.submit('tab edit', { kql: `${wrong} `, run: 'no' }, { tab: 'K-1' });
  expect(still.kind).toBe('card');
  const refused = await core.submit('tab edit', { kql: 'Syslog | wehre x' }, { tab: 'K-1' });
  expect(refused).toMatchObject({ kind: 'field-errors', errors: { kql: expect.stringContaining('wehre') } });
  await core.submit('tab edit', { kql: text, since: '7d', run: 'yes' }, form.form.args);
  expect(await tab('K-1')).toMatchObject({ text, run: 'R-2', name: tabName(text) });
  expect(await core.stores.tabs.count()).toBe(1);
  expect(cardOf(await core.say('tab history K-1')).title).toBe('K-1 · 2 revisions');
  await core.say('tab restore K-1 --revision 1');
  expect((await tab('K-1')).revisions.map((one) => one.text)).toEqual([wrong, text, wrong]);
});

test('a tab is renamed, deleted and restored; a text that came back meanwhile is told', async () => {
  await core.say(`kql --hunt H-1 ${text}`);
  await core.say('tab rename K-1 The rented address');
  expect((await tab('K-1')).name).toBe('The rented address');
  expect(cardOf(await core.say('tab delete K-1')).title).toContain('Delete K-1');
  await core.press('tab delete', { tab: 'K-1', confirmed: 'yes' });
  expect(cardOf(await core.say('tab show K-1')).blocks).toBeDefined();
  await core.press('tab restore', { tab: 'K-1' });
  expect((await tab('K-1')).deletedAt).toBeUndefined();
  await core.press('tab delete', { tab: 'K-1', confirmed: 'yes' });
  await core.say(`kql --hunt H-1 ${text}`);
  const reply = cardOf(await core.press('tab restore', { tab: 'K-1' }));
  expect(JSON.stringify(reply)).toContain('K-2');
});

test('a tab becomes a query of the hunt and of the library, each once', async () => {
  await core.say(`kql --hunt H-1 ${text}`);
  const form = await core.press('tab promote', { tab: 'K-1', to: 'hunt' });
  if (form.kind !== 'form') throw new Error(`a ${form.kind}, not a form`);
  const values = { to: 'hunt', name: 'Spray by address', entities: 'IP=IPAddress' };
  await Promise.all([1, 2].map(() => core.submit('tab promote', values, { tab: 'K-1' })));
  await core.submit('tab promote', { ...values, to: 'library' }, { tab: 'K-1' });
  const queries = await core.stores.queries.find();
  expect(queries.map((one) => one.hunt ?? 'library').sort()).toEqual(['H-1', 'library']);
  expect((await tab('K-1')).promotedTo?.slice().sort()).toEqual(queries.map((one) => one.id).sort());
});

test('a comment links a tab, and the list opens what comments mention', async () => {
  await core.say(`kql --hunt H-1 ${text}`);
  const form = await core.press('comment', { hunt: 'H-1', about: 'K-1' });
  if (form.kind !== 'form') throw new Error(`a ${form.kind}, not a form`);
  expect(form.form.fields[0]?.value).toBe(`K-1: ${tabName(text)}`);
  await core.submit('comment', { text: 'K-1 and H-1, not K-9 nor CVE-2024-1' }, form.form.args);
  const labels = buttons(cardOf(await core.say('comments H-1')));
  expect(labels).toHaveLength(2);
  expect(labels.join()).toMatch(/^K-1 .*,H-1 Spray$/);
});
