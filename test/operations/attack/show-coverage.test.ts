import type { Block, Card } from '../../../src/chat/card';
import type { Reply } from '../../../src/chat/reply';
import { builtInQueries } from '../../../src/content/built-in';
import { seedLibrary } from '../../../src/hunting/seed-library';
import type { QueryEngine } from '../../../src/ports/query-engine';
import { type Core, cardOf, createCore } from '../../support/core';

const person = { platform: 'web' as const, tenant: 'local', id: 'ada', name: 'Ada Night' };
const tables = ['SigninLogs', 'SecurityEvent', 'DeviceProcessEvents'];

/** An engine that only knows its tables. */
const engine: QueryEngine = {
  name: 'duckdb',
  run: () => Promise.reject(new Error('nothing runs here')),
  check: async () => [],
  tables: async () => tables.map((name) => ({ name, columns: [] })),
  close: async () => {},
};

let core: Core;
beforeAll(async () => {
  core = await createCore({ engine });
});
beforeEach(() => core.reset());
afterAll(() => core.close());

const wordsOf = (card: Card) => JSON.stringify(card);
const blocksOf = <T extends Block['type']>(reply: Reply, type: T) =>
  cardOf(reply).blocks.filter((block): block is Extract<Block, { type: T }> => block.type === type);
const buttonsOf = (reply: Reply) => blocksOf(reply, 'actions').flatMap((block) => block.buttons);
const buttonOf = (reply: Reply, label: string) => {
  const button = buttonsOf(reply).find((one) => one.label === label);
  if (!button || !('command' in button)) throw new Error(`no button ${label}`);
  return button;
};

async function addQuery(number: number, techniques: string[], more: object = {}) {
  const now = core.time.now;
  await core.stores.queries.insert({
    id: `Q-${number}`,
    number,
    origin: 'custom',
    name: `Query ${number}`,
    description: '',
    text: 'SigninLogs',
    tactics: [],
    techniques,
    dataTypes: ['SigninLogs'],
    entityMappings: [],
    createdBy: person,
    createdAt: now,
    updatedAt: now,
    ...more,
  });
}

async function addHuntedHunt(
  number: number,
  hypothesis: 'Unknown' | 'Validated' | 'Invalidated',
  techniques: string[],
) {
  const now = core.time.now;
  await core.stores.hunts.insert({
    id: `H-${number}`,
    number,
    name: `Hunt ${number}`,
    description: '',
    status: 'Active',
    hypothesis,
    tactics: [],
    techniques: [],
    labels: [],
    createdBy: person,
    createdAt: now,
    updatedAt: now,
    threads: [],
    threadKeys: [],
    cards: [],
  });
  const query = {
    id: 'Q-1',
    name: 'q',
    text: 'SigninLogs',
    tactics: [],
    techniques,
    entityMappings: [],
    state: 'done' as const,
    attempt: 1,
    columns: [],
    rows: 0,
    truncated: false,
    notes: [],
  };
  await core.stores.runs.insert({
    id: `R-${number}`,
    number,
    hunt: `H-${number}`,
    engine: 'duckdb',
    from: now,
    to: now,
    asOf: now,
    asOfGiven: false,
    queries: [query],
    state: 'done',
    requestedBy: person,
    createdAt: now,
    thread: { platform: 'web', tenant: 'local', channel: 'hunting' },
    progress: { state: 'none' },
    result: { state: 'none' },
  });
}

describe('the map', () => {
  it('of an empty library says that nothing is covered, and what to do', async () => {
    const reply = await core.say('coverage');
    expect(cardOf(reply).title).toBe('ATT&CK: 0 of 216 techniques covered');
    expect(blocksOf(reply, 'image')[0]?.alt).toContain('Defense Evasion 0 of 47');
    expect(wordsOf(cardOf(reply))).toContain('Gaps that your logs could show');
    expect(buttonsOf(reply).map(({ label }) => label)).toContain('Navigator file');
  });

  it('counts sub-techniques for their technique, once, and tells them apart', async () => {
    await addQuery(1, ['T1059.001', 'T1059.003']);
    await addQuery(2, ['T1059']);
    const reply = await core.say('coverage');
    expect(cardOf(reply).title).toBe('ATT&CK: 1 of 216 techniques covered');
    const page = await core.say('coverage T1059');
    expect(blocksOf(page, 'facts')[0]?.facts).toContainEqual({ label: 'Here', value: '2 queries, never hunted' });
    expect(blocksOf(page, 'heading').map(({ text }) => text)).toEqual(['2 of 13 sub-techniques']);
    expect(wordsOf(cardOf(page))).toContain(
      '• .001 PowerShell: 1 query\\n• .003 Windows Command Shell: 1 query\\nNothing',
    );
  });

  it('tells what is covered only by queries that cannot run here', async () => {
    await addQuery(1, ['T1530'], { dataTypes: ['AzureDiagnostics'] });
    await addQuery(2, ['T1078'], { check: { at: core.time.now, ok: false, message: 'no table' } });
    await addQuery(3, ['T1110'], { check: { at: core.time.now, ok: true }, dataTypes: ['Elsewhere'] });
    const reply = await core.say('coverage');
    expect(cardOf(reply).title).toBe('ATT&CK: 1 of 216 techniques covered');
    expect(wordsOf(cardOf(reply))).toContain(
      'Covered only by queries that cannot run here: T1078 Valid Accounts, T1530 Data from Cloud Storage.',
    );
  });

  it('knows what was hunted and what came of it', async () => {
    await addHuntedHunt(1, 'Validated', ['T1110.003']);
    await addHuntedHunt(2, 'Unknown', ['T1566']);
    const hunted = await core.say('coverage --of hunted');
    expect(cardOf(hunted).title).toBe('ATT&CK: 2 of 216 techniques hunted');
    const page = await core.say('coverage T1110');
    expect(blocksOf(page, 'table').find((table) => table.columns[0]?.title === 'Hunt')?.rows).toEqual([
      ['H-1', 'Hunt 1', 'Validated'],
    ]);
    expect(cardOf(await core.say('coverage --of hunting')).title).toBe('ATT&CK: 0 of 216 techniques covered');
  });

  it('names ids that ATT&CK does not know instead of dropping them', async () => {
    await addQuery(1, ['T9999']);
    expect(wordsOf(cardOf(await core.say('coverage')))).toContain('T9999 (named by 1)');
  });

  it('leaves out deleted queries, clones in hunts and deleted hunts', async () => {
    await addQuery(1, ['T1110'], { deletedAt: core.time.now });
    await addQuery(2, ['T1110'], { hunt: 'H-1', id: 'H-1/Q-2' });
    expect(cardOf(await core.say('coverage')).title).toBe('ATT&CK: 0 of 216 techniques covered');
  });

  it('shows a tactic by any of its names, with every technique to choose', async () => {
    await seedLibrary(core.stores, { now: () => core.time.now }, builtInQueries());
    for (const words of ['coverage credential access', 'coverage --tactic CredentialAccess', 'coverage TA0006']) {
      const reply = await core.say(words);
      expect(cardOf(reply).title).toMatch(/^Credential Access: [1-9]\d* of 17 techniques covered$/);
      expect(blocksOf(reply, 'select').flatMap((block) => block.options)).toHaveLength(17);
    }
    expect(blocksOf(await core.say('coverage defense-evasion'), 'image')).toHaveLength(2);
  });

  it('says what is near when nothing is meant', async () => {
    expect(wordsOf(cardOf(await core.say('coverage T9999')))).toContain('no technique “T9999”');
    expect(wordsOf(cardOf(await core.say('coverage kerberos')))).toContain('T1558 Steal or Forge Kerberos Tickets');
    expect(wordsOf(cardOf(await core.say('coverage --tactic Lunch')))).toContain('Initial Access');
  });
});

describe('a technique’s page', () => {
  it('hunts it: the form of a new hunt, with name, technique, tactics and all of its queries', async () => {
    await addQuery(1, ['T1059.001']);
    await addQuery(2, ['T1059']);
    await addQuery(3, ['T1059'], { dataTypes: ['Elsewhere'] });
    const button = buttonOf(await core.say('coverage T1059'), 'Hunt this');
    const reply = await core.press(button.command, button.args);
    if (reply.kind !== 'form') throw new Error(`a ${reply.kind}`);
    const values = Object.fromEntries(reply.form.fields.map(({ name, value }) => [name, value]));
    expect(values).toMatchObject({
      name: 'T1059 Command and Scripting Interpreter',
      techniques: 'T1059',
      tactics: 'Execution',
      queries: 'Q-1 Q-2',
    });
    await core.submit('new', { name: 'A hunt', techniques: 'T1059', queries: 'Q-1 Q-2' }, reply.form.args);
    expect(await core.stores.queries.count({ where: { hunt: { is: 'H-1' } } })).toBe(2);
  });

  it('adds its queries to the hunt of the thread', async () => {
    await addQuery(1, ['T1059']);
    await core.say('new A hunt');
    const thread = core.chat.posts[0]?.message;
    if (!thread) throw new Error('no hunt was posted');
    const inThread = { thread: { ...thread.thread, root: thread.id } };
    const button = buttonOf(await core.say('coverage T1059', inThread), 'Add it to H-1');
    expect(wordsOf(cardOf(await core.press(button.command, button.args)))).toContain('1 query added to H-1');
  });

  it('of a technique without anything says what to do next', async () => {
    const reply = await core.say('coverage process injection');
    expect(cardOf(reply).title).toBe('T1055 · Process Injection');
    expect(wordsOf(cardOf(reply))).toContain('No query hunts for T1055 yet.');
    const write = buttonOf(reply, 'Write a query');
    const form = await core.press(write.command, write.args);
    if (form.kind !== 'form') throw new Error(`a ${form.kind}`);
    expect(form.form.fields.find(({ name }) => name === 'techniques')?.value).toBe('T1055');
  });
});
