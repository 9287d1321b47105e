import type { Button, Card } from '../../../src/chat/card';
import type { Reply } from '../../../src/chat/reply';
import { availableSolutions } from '../../../src/content/available-solutions';
import type { SolutionContent } from '../../../src/content/read-solution';
import { createDuckdbEngine, type DuckdbEngine } from '../../../src/engines/duckdb/engine';
import { checkContent } from '../../../src/hunting/check-content';
import { installSolution } from '../../../src/hunting/install-solution';
import { contentChanged, withProvidedContent } from '../../../src/hunting/provided-content';
import { seedLibrary } from '../../../src/hunting/seed-library';
import { lines, makeFolder, removeFolders } from '../../engines/duckdb/log-folder';
import { type Core, cardOf, createCore } from '../../support/core';

let core: Core;
let engine: DuckdbEngine;
const clock = { now: () => new Date('2026-11-24T12:00:00Z') };
const person = { platform: 'web' as const, tenant: 'local', id: 'bob', name: 'Bob' };

beforeAll(async () => {
  const logs = await makeFolder({
    'SigninLogs.ndjson': lines({ TimeGenerated: '2026-11-24T00:00:00Z', UserPrincipalName: 'a@example.org' }),
    'SecurityEvent.ndjson': lines({ TimeGenerated: '2026-11-24T00:00:00Z', EventID: 4625, Computer: 'dc1' }),
  });
  engine = await createDuckdbEngine({ logs, dataFolder: `${logs}/.data`, memoryLimit: '300MB', threads: 1, clock });
  const stores = {
    get settings() {
      return core.stores.settings;
    },
    get parsers() {
      return core.stores.parsers;
    },
    get watchlists() {
      return core.stores.watchlists;
    },
  };
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
  core = await createCore({ engine: withProvidedContent(engine, { stores, log }) });
});

afterAll(async () => {
  await engine.close();
  await core.close();
  await removeFolders();
});

const solution = contentOf('identity-attacks');

beforeEach(async () => {
  await core.reset();
  await contentChanged(core.stores);
});

function contentOf(slug: string): SolutionContent {
  const found = availableSolutions().find((one) => one.slug === slug);
  if (!found) throw new Error(`there is no solution ${slug}`);
  return found;
}

function textOf(card: Card): string {
  return JSON.stringify(card);
}

function button(card: Card, label: string): Extract<Button, { command: string }> {
  for (const block of card.blocks)
    if (block.type === 'actions')
      for (const one of block.buttons) if (one.label === label && 'command' in one) return one;
  throw new Error(`no button ${label} on ${textOf(card)}`);
}

async function pressed(card: Card, label: string, values: Record<string, string | string[]> = {}): Promise<Reply> {
  const { command, args } = button(card, label);
  return core.press(command, args, values);
}

/** The solution as it was before: one query less, one other, one more, and a parser that does something else. */
function older(): SolutionContent {
  const [first, second, ...others] = solution.queries;
  const [parser] = solution.parsers;
  if (!first || !second || !parser) throw new Error('the solution is too small');
  return {
    ...solution,
    version: '0.9.0',
    queries: [
      { ...first, query: `${first.query}\n| take 5`, name: 'An older name' },
      { ...second, id: '00000000-0000-4000-8000-000000000001', name: 'One that went' },
      ...others,
    ],
    parsers: [{ ...parser, body: 'print Old = 1', version: '0.9.0' }],
    rules: solution.rules.slice(1),
  };
}

function installOlder() {
  return installSolution({ stores: core.stores, clock, person }, older());
}

test('content lists what there is, with the essentials that are always there, and finds by words', async () => {
  await seedLibrary(core.stores, clock, contentOf('essentials').queries);
  const card = cardOf(await core.say('content'));
  expect(textOf(card)).toContain('Identity attacks');
  expect(textOf(card)).toContain('always there');
  expect(textOf(card)).toContain('not installed');
  expect(cardOf(await core.say('content identity')).title).toMatch(/for “identity”/);
  const none = cardOf(await core.say('content zebra'));
  expect(none.title).toContain('No solution fits');
  expect(cardOf(await pressed(none, 'All solutions')).title).toBe(card.title);
  expect((await core.stores.queries.count({ where: { solution: { is: 'essentials' } } })) > 20).toBe(true);
});

test('a name may be typed loosely; a miss names the nearest', async () => {
  for (const typed of ['Identity attacks', 'identity-attacks', 'IDENT'])
    expect(cardOf(await core.say(`content show ${typed}`)).title).toContain('Identity attacks');
  const miss = cardOf(await core.say('content show identty-attacks'));
  expect(textOf(miss)).toContain('identity-attacks');
});

test('install brings queries, rules, parsers and watchlists, checks them, and the engine knows them', async () => {
  const card = cardOf(await core.say('content install identity-attacks'));
  expect(card.title + textOf(card)).toContain('was installed by Ada Night');
  const queries = await core.stores.queries.find({ where: { solution: { is: 'identity-attacks' } } });
  expect(queries).toHaveLength(solution.queries.length);
  expect(queries.every((one) => one.check !== undefined && one.origin === 'content' && one.contentHash)).toBe(true);
  expect(await core.stores.ruleTemplates.count()).toBe(solution.rules.length);
  const [parser] = await core.stores.parsers.find();
  expect(parser?.check).toMatchObject({ ok: true });
  const [list] = await core.stores.watchlists.find();
  const wrapped = `_GetWatchlist('${list?.alias}') | project SearchKey`;
  expect(await engine.check({ text: wrapped, asOf: core.time.now })).toHaveLength(1);
  expect(queries.filter((one) => one.check?.ok).length).toBeGreaterThan(0);
  const shown = cardOf(await core.say('content show identity'));
  expect(textOf(shown)).toContain(queries[0]?.id ?? '?');
  expect(textOf(shown)).toContain('cannot run here');
  expect(cardOf(await core.say('content install identity')).title).toContain('installed');
  expect(await core.stores.queries.count()).toBe(solution.queries.length);
});

test('only a lead may install, update or remove', async () => {
  core.roles.set('ada', 'hunter');
  for (const verb of ['install', 'update', 'remove'])
    expect(textOf(cardOf(await core.say(`content ${verb} identity`)))).toContain('needs more than your role');
  const shown = cardOf(await core.say('content show identity'));
  expect(textOf(shown)).not.toContain('content install');
  expect(textOf(shown)).toContain('A lead or an administrator');
});

test('an update says first what it changes, and the second press brings it', async () => {
  await installOlder();
  expect(textOf(cardOf(await core.say('content')))).toContain('update ready');
  const before = await core.stores.queries.find({ sort: [{ field: 'number', direction: 'up' }] });
  const preview = cardOf(await core.say('content update identity'));
  expect(preview.title).toBe('Identity attacks 0.9.0 → 1.0.0');
  const said = textOf(preview);
  for (const words of ['One that went', solution.queries[1]?.name ?? '?', 'An older name', '- | take 5'])
    expect(said).toContain(words);
  expect(await core.stores.queries.find({ sort: [{ field: 'number', direction: 'up' }] })).toEqual(before);
  expect(textOf(cardOf(await pressed(preview, 'Update')))).toContain('brought up to date by Ada Night');
  const first = await core.stores.queries.get('Q-1');
  expect(first).toMatchObject({ name: solution.queries[0]?.name, text: solution.queries[0]?.query, origin: 'content' });
  expect((await core.stores.queries.get('Q-2'))?.deletedAt).toBeDefined();
  expect((await core.stores.parsers.find())[0]?.body).toBe(solution.parsers[0]?.body);
  expect(await core.stores.ruleTemplates.count()).toBe(solution.rules.length);
  expect(textOf(cardOf(await core.say('query history Q-1')))).toContain('updated by the solution');
  expect(cardOf(await core.say('content update identity')).title).toContain('is up to date');
});

test('what was changed here stays unless theirs is taken, query by query', async () => {
  await installOlder();
  await core.say('query edit Q-1 --name "Our own words"');
  await core.say('query edit Q-3 --name "Our third"');
  const preview = cardOf(await core.say('content update identity'));
  expect(textOf(preview)).toContain('Changed here: ours stays unless you choose');
  const reply = cardOf(await pressed(preview, 'Update, keep ours', { take: ['Q-3'] }));
  expect(textOf(reply)).toContain('kept as changed here Q-1');
  expect(await core.stores.queries.get('Q-1')).toMatchObject({ name: 'Our own words' });
  expect(await core.stores.queries.get('Q-3')).toMatchObject({ name: solution.queries[2]?.name });
  const again = cardOf(await core.say('content update identity'));
  await pressed(again, 'Update, take all of theirs');
  expect(await core.stores.queries.get('Q-1')).toMatchObject({
    name: solution.queries[0]?.name,
    text: solution.queries[0]?.query,
  });
  expect(cardOf(await core.say('content update identity')).title).toContain('is up to date');
});

test('a query that was deleted here does not come back by an update', async () => {
  await installOlder();
  await core.press('query delete', { query: 'Q-1', confirmed: 'yes' });
  const preview = cardOf(await core.say('content update identity'));
  expect(textOf(preview)).toContain('deleted here');
  await pressed(preview, 'Update, keep ours');
  expect((await core.stores.queries.get('Q-1'))?.deletedAt).toBeDefined();
});

test('remove asks first, names the hunts that keep clones, keeps what was changed here, and can be undone', async () => {
  await core.say('content install identity-attacks');
  await core.say('new A hunt');
  expect(textOf(cardOf(await core.say('add H-1 --solution identity')))).toContain('added to H-1');
  await core.say('query edit Q-1 --name "Our own words"');
  const ask = cardOf(await core.say('content remove identity'));
  expect(textOf(ask)).toContain('H-1 keep');
  expect(textOf(ask)).toContain('Our own words');
  const gone = cardOf(await pressed(ask, 'Remove, keep ours'));
  expect(textOf(gone)).toContain('kept as our own: Q-1');
  expect(await core.stores.queries.get('Q-1')).toMatchObject({ origin: 'custom', name: 'Our own words' });
  expect((await core.stores.queries.get('Q-2'))?.deletedAt).toBeDefined();
  expect((await core.stores.queries.get('H-1/Q-2'))?.deletedAt).toBeUndefined();
  for (const store of [core.stores.parsers, core.stores.watchlists, core.stores.ruleTemplates, core.stores.solutions])
    expect(await store.count()).toBe(0);
  await pressed(gone, 'Undo');
  expect((await core.stores.queries.get('Q-2'))?.deletedAt).toBeUndefined();
  expect(await core.stores.parsers.count()).toBe(solution.parsers.length);
});

test('a parser whose name somebody else has is left out, and said', async () => {
  const [parser] = solution.parsers;
  if (!parser) throw new Error('no parser');
  await installSolution(
    { stores: core.stores, clock, person },
    { ...solution, slug: 'other', name: 'Other', queries: [], rules: [], watchlists: [], playbooks: [] },
  );
  const card = cardOf(await core.say('content install identity-attacks'));
  expect(textOf(card)).toContain('Left out');
  expect((await core.stores.parsers.get(parser.functionName))?.solution).toBe('other');
});

test('a parser that does not compile says so in content show, and breaks nothing else', async () => {
  const [parser] = solution.parsers;
  if (!parser) throw new Error('no parser');
  const broken = { ...solution, parsers: [{ ...parser, body: 'SigninLogs | wehre 1' }] };
  await installSolution({ stores: core.stores, clock, person }, broken);
  const preview = cardOf(await core.say('content update identity'));
  expect(textOf(preview)).toContain(parser.name);
  await pressed(preview, 'Update');
  await installSolution({ stores: core.stores, clock, person }, broken);
  const engines = new Map([['duckdb', engine]]);
  await engine.provide({
    functions: [{ name: parser.functionName, parameters: '', body: 'SigninLogs | wehre 1' }],
    watchlists: [],
  });
  await checkContent({ stores: core.stores, engines, clock, queryClock: clock }, 'identity-attacks');
  expect(textOf(cardOf(await core.say('content show identity')))).toContain(`Parser ${parser.functionName}:`);
  expect(await engine.check({ text: 'SigninLogs | count', asOf: core.time.now })).toHaveLength(1);
});

test('a rule template is shown and hunted with', async () => {
  await core.say('content install identity-attacks');
  const [rule] = solution.rules;
  const card = cardOf(await core.press('content rule', {}, { rule: rule?.id ?? '' }));
  expect(card.title).toBe(`Rule template: ${rule?.name}`);
  expect(textOf(card)).toContain('every');
  const made = cardOf(await pressed(card, 'Hunt this'));
  const key = `Q-${solution.queries.length + 1}`;
  expect(textOf(made)).toContain(key);
  expect((await core.stores.queries.get(key))?.text).toBe(rule?.query);
  await core.say('new A hunt');
  await core.press('content hunt', { rule: rule?.id ?? '', hunt: 'H-1' });
  expect(await core.stores.queries.get(`H-1/${key}`)).toMatchObject({ source: key });
  expect(await core.stores.queries.count({ where: { hunt: { missing: true } } })).toBe(solution.queries.length + 1);
  expect(textOf(cardOf(await core.say('content rule nothing of the kind')))).toContain('There is no rule template');
});
