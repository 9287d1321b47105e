import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { strToU8, zipSync } from 'fflate';
import { stringify } from 'yaml';
import { JobAborted } from '../../jobs/define-job';
import { createDeliverImportJob } from '../../jobs/deliver-import';
import { createImportContentJob } from '../../jobs/import-content';
import { createPurgeRunsJob } from '../../jobs/purge-runs';
import { resumeImports } from '../../jobs/resume-imports';
import { builtInQueries } from '../../src/content/built-in';
import type { ContentImport } from '../../src/domain/content-import';
import { reportFile } from '../../src/hunting/import-report';
import { seedLibrary } from '../../src/hunting/seed-library';
import { type QueryEngine, QueryError } from '../../src/ports/query-engine';
import { type Core, cardOf, createCore } from '../support/core';

const engine: QueryEngine = {
  name: 'duckdb',
  run: async () => ({ columns: [], rows: 0, truncated: false, notes: [] }),
  check: async ({ text }) => {
    if (text.includes('Nowhere')) throw new QueryError('unknown-name', 'there is no table Nowhere', 1, 1, 'Nowhere');
    return [];
  },
  tables: async () => [{ name: 'SigninLogs', columns: [] }],
  close: async () => undefined,
};

let core: Core;
let folder: string;
const clock = { now: () => core.time.now };

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'talbot-content-'));
  core = await createCore({ engine, contentFolder: folder });
});
afterAll(async () => {
  await core.close();
  await rm(folder, { recursive: true });
});
beforeEach(() => core.reset());

async function put(file: string, text: string): Promise<void> {
  await mkdir(path.dirname(path.join(folder, file)), { recursive: true });
  await writeFile(path.join(folder, file), text);
}

function deps() {
  const log = { info() {}, warn() {}, error() {} };
  const chats = new Map([['web' as const, core.chat]]);
  const links = { result: () => 'http://127.0.0.1/f', picture: () => '', coverage: () => '', file: () => '' };
  const engines = new Map([['duckdb', engine]]);
  return {
    stores: core.stores,
    queue: core.queue,
    engines,
    clock,
    queryClock: clock,
    chats,
    links,
    log,
    contentFolder: folder,
  };
}

const once = () => ({ signal: new AbortController().signal, attempt: 1, lastAttempt: false });

async function importNow(id: string): Promise<ContentImport> {
  core.time.now = new Date(core.time.now.getTime() + 1000);
  await createImportContentJob(deps()).run({ import: id }, once());
  await createDeliverImportJob(deps()).run({ import: id, what: 'result' }, once());
  const job = await core.stores.imports.get(id);
  if (!job) throw new Error(`no ${id}`);
  core.time.now = new Date(core.time.now.getTime() + 1000);
  return job;
}

async function report(id: string): Promise<string[]> {
  const file = await reportFile(core.stores.results, id);
  return Buffer.from(file?.bytes ?? [])
    .toString('utf8')
    .replace(/^\uFEFF/, '')
    .trim()
    .split(/\r?\n/)
    .slice(1);
}

const query = (id: string, name: string, text: string) => stringify({ id, name, query: text });

test('a folder is imported once: what changed is updated, what was changed or deleted here stays', async () => {
  await put(
    'repo/Solutions/Mail/Data/Solution_Mail.json',
    JSON.stringify({ Name: 'Mail', Author: 'Ada - a@example.org', 'Hunting Queries': ['Hunting Queries/gone.yaml'] }),
  );
  await put('repo/Solutions/Mail/Hunting Queries/a.yaml', query('a1', 'Forwarding', 'OfficeActivity\n| take 1'));
  await put('repo/Solutions/Mail/Parsers/P.yaml', 'FunctionName: MailParser\nFunctionQuery: OfficeActivity\n');
  await put('repo/b.yaml', query('b1', 'Odd logons', 'SigninLogs\n| take 1'));
  await put('repo/c.kql', '// the same\nSigninLogs // comment\n| take 1');
  await put('repo/d.yaml', query('d1', 'Nowhere', 'Nowhere\n| take 1'));
  await put('repo/e.yaml', query('b1', 'Same id', 'SigninLogs\n| take 2'));
  await put('repo/f.md', '# Nothing');
  await core.say('content import repo');
  const first = await importNow('M-1');
  expect(first).toMatchObject({ state: 'done', files: 8, cannotRun: 1, solutions: ['mail', 'repo'] });
  expect(first.counts).toEqual({ added: 4, updated: 0, unchanged: 0, kept: 0, duplicate: 2, left: 2 });
  const lines = await report('M-1');
  expect(lines).toContainEqual(
    expect.stringMatching(/^repo\/c\.kql,hunting-query,the same,duplicate,Q-\d,has the text of Q-\d Odd logons,$/),
  );
  expect(lines).toContainEqual(expect.stringMatching(/^repo\/e\.yaml,.*duplicate,,has the id of repo\/b\.yaml,$/));
  expect(lines).toContainEqual(expect.stringContaining('gone.yaml,,,left,,"is named by Mail, and is not there"'));
  const [odd] = await core.stores.queries.find({ where: { contentId: { is: 'b1' } } });
  expect(odd).toMatchObject({ dataTypes: ['SigninLogs'], solution: 'repo', check: { ok: true } });
  expect(core.chat.posts.at(-1)?.card.title).toBe('M-1: 4 added, 0 updated from repo');

  await core.say('content import repo');
  expect((await importNow('M-2')).counts).toEqual({
    added: 0,
    updated: 0,
    unchanged: 4,
    kept: 0,
    duplicate: 2,
    left: 2,
  });

  await core.say(`query edit ${odd?.id} --name Mine`);
  const mine = await core.stores.queries.find({ where: { contentId: { is: 'b1' } } });
  await put('repo/b.yaml', query('b1', 'Odd logons', 'SigninLogs\n| take 9'));
  await put('repo/Solutions/Mail/Hunting Queries/a.yaml', query('a1', 'Forwarding', 'OfficeActivity\n| take 9'));
  await core.say('content import repo');
  const third = await importNow('M-3');
  expect(mine[0]?.name).toBe('Mine');
  expect(third.counts).toMatchObject({ kept: 1, updated: 1 });
  const updated = await core.stores.queries.find({ where: { contentId: { is: 'a1' } } });
  expect(updated[0]?.text).toBe('OfficeActivity\n| take 9');
});

test('an import that is done again after its process died reports the same', async () => {
  await put('again/a.yaml', query('x1', 'One', 'SigninLogs\n| take 11'));
  await core.say('content import again');
  const first = await importNow('M-1');
  await core.stores.imports.update({ ...first, state: 'running' });
  const second = await importNow('M-1');
  expect(second.counts).toEqual(first.counts);
  expect(await core.stores.queries.count()).toBe(1);
});

test('an import that the queue forgot goes on; one whose job failed waits for the next start', async () => {
  await put('lost/a.yaml', query('l1', 'One', 'SigninLogs\n| take 12'));
  await core.say('content import lost');
  const add = jest.fn(async () => undefined);
  for (const [state, times] of [
    ['failed', 0],
    ['running', 0],
    ['unknown', 1],
  ] as const) {
    add.mockClear();
    await resumeImports({ stores: core.stores, queue: { ...core.queue, add, state: async () => state } }, 'lost');
    expect(add).toHaveBeenCalledTimes(times);
  }
  expect(add).toHaveBeenCalledWith('import-content', { import: 'M-1' }, expect.anything());
});

test('the report of an old import is cleared away, and asking for it says so', async () => {
  await put('old/a.yaml', query('o1', 'One', 'SigninLogs\n| take 13'));
  await core.say('content import old');
  await importNow('M-1');
  const later = { now: () => new Date(core.time.now.getTime() + 31 * 86_400_000) };
  await createPurgeRunsJob({ ...deps(), clock: later }, { resultDays: 30 }).run({}, once());
  expect(await reportFile(core.stores.results, 'M-1')).toBeNull();
  expect(JSON.stringify(cardOf(await core.say('content report M-1')))).toContain('was cleared away');
});

test('only administrators name folders, and none leads out of the content folder', async () => {
  const refused = cardOf(await core.say('content import ../..'));
  expect(JSON.stringify(refused)).toContain('There is no “../..” in the content folder');
  core.roles.set('ada', 'lead');
  expect(JSON.stringify(cardOf(await core.say('content import repo')))).toContain('Only administrators');
  expect(JSON.stringify(cardOf(await core.say('content import')))).toContain('Attach a file');
});

test('an attached archive counts as a folder, and its bytes are gone when it is done', async () => {
  const bytes = zipSync({
    'pack/a.yaml': strToU8(query('z1', 'Zip', 'SigninLogs\n| take 3')),
    '../x.kql': strToU8('T'),
  });
  core.chat.download = async () => bytes;
  core.roles.set('ada', 'lead');
  await core.say('content import', { files: [{ name: 'pack.zip', size: bytes.length, handle: 'h' }] });
  const job = await importNow('M-1');
  expect(job.counts).toMatchObject({ added: 1, left: 1 });
  expect(job.solutions).toEqual(['pack']);
  expect(await core.stores.results.slice({ run: 'M-1.file', query: 'file', attempt: 1 }, 0, 9)).toEqual([]);
  core.chat.download = async () => strToU8('PK no');
  await core.say('content import', { files: [{ name: 'bad.zip', handle: 'h' }] });
  expect(await importNow('M-2')).toMatchObject({ state: 'failed', failure: expect.stringContaining('no zip archive') });
});

test('where a channel hands over no files, the answer says where to send them', async () => {
  core.chat.filesOnlyDirect = true;
  const answer = JSON.stringify(cardOf(await core.say('content import')));
  delete core.chat.filesOnlyDirect;
  expect(answer).toContain('in your own chat with Talbot');
});

test('3,000 files: every text is taken once, and a second import changes nothing', async () => {
  const own = builtInQueries();
  await seedLibrary(core.stores, clock, own);
  for (let number = 0; number < 3000; number++) {
    const base = own[number % own.length];
    if (!base) throw new Error('no built-in queries');
    // Every tenth is the text that Talbot has already, under another id.
    const text = number % 10 === 0 ? `// copy ${number}\n${base.query}` : `${base.query}\n| extend Copy = ${number}`;
    const { name, description, tactics } = base;
    await put(
      `many/${number % 30}/${number}.yaml`,
      stringify({ id: `copy-${number}`, name, description, tactics, relevantTechniques: base.techniques, query: text }),
    );
  }
  const begun = Date.now();
  await core.say('content import many');
  const first = await importNow('M-1');
  const took = Date.now() - begun;
  expect(first.counts).toEqual({ added: 2700, updated: 0, unchanged: 0, kept: 0, duplicate: 300, left: 0 });
  await core.say('content import many');
  const again = Date.now();
  const second = await importNow('M-2');
  process.stdout.write(`3,000 files imported in ${took} ms, again in ${Date.now() - again} ms\n`);
  expect(second.counts).toEqual({ added: 0, updated: 0, unchanged: 2700, kept: 0, duplicate: 300, left: 0 });
  expect(await core.stores.queryRevisions.count()).toBe(0);
}, 240_000);

test('hunts without a query become hunts of the backlog when somebody says so, once', async () => {
  const idea = (key: string) =>
    `# ${key}\n\n| Hunt # | Idea / Hypothesis | Tactic | Notes | Tags | Submitter |\n|---|---|---|---|---|---|\n| ${key} | Somebody signs in from a rented server (${key}) | Initial Access | T1078 | #cloud | Kim |\n`;
  await put('ideas/Flames/H001.md', idea('H001'));
  await put('ideas/Flames/H002.md', idea('H002'));
  await core.say('content import ideas');
  expect((await importNow('M-1')).ideas).toBe(2);
  expect(JSON.stringify(core.chat.posts.at(-1)?.card)).toContain('2 ideas for hunts');
  expect(cardOf(await core.say('content ideas M-1')).title).toBe('2 ideas for hunts in M-1');
  expect(await core.stores.hunts.count()).toBe(0);
  await core.press('content ideas', { import: 'M-1', confirmed: 'yes' });
  const again = cardOf(await core.press('content ideas', { import: 'M-1', confirmed: 'yes' }));
  expect(again.title).toContain('2 were there already');
  const hunts = await core.stores.hunts.find();
  expect(hunts.map((hunt) => [hunt.status, hunt.labels.includes('hearth')])).toEqual([
    ['Backlog', true],
    ['Backlog', true],
  ]);
  expect(hunts[0]?.description).toContain('rented server');
});

test('a cancelled import ends, and says what was written', async () => {
  await put('cancel/a.kql', 'SigninLogs\n| take 9');
  await core.say('content import cancel');
  await core.press('cancel', { run: 'M-1' });
  expect(core.queue.cancelled).toEqual(['M-1.import']);
  const controller = new AbortController();
  controller.abort(new JobAborted('cancelled'));
  await createImportContentJob(deps()).run({ import: 'M-1' }, { ...once(), signal: controller.signal });
  const ended = { state: 'failed', failure: 'It was cancelled by Ada Night. Nothing was written yet.' };
  expect(await core.stores.imports.get('M-1')).toMatchObject(ended);
  await core.say('content import cancel');
  await core.press('cancel', { run: 'M-2' });
  // It had only waited: the job that finds it cancelled writes nothing.
  await createImportContentJob(deps()).run({ import: 'M-2' }, once());
  expect(await core.stores.imports.get('M-2')).toMatchObject(ended);
  expect(await core.stores.queries.count({ where: { text: { contains: 'take 9' } } })).toBe(0);
});

test('what a cancelled import wrote belongs to a solution that can be removed', async () => {
  for (let number = 0; number < 6; number++) await put(`part/${number}.kql`, `SigninLogs\n| take 5${number}`);
  await core.say('content import part');
  const controller = new AbortController();
  const stores = {
    ...core.stores,
    queries: {
      ...core.stores.queries,
      insert: async (query: Parameters<typeof core.stores.queries.insert>[0]) => {
        const kept = await core.stores.queries.insert(query);
        controller.abort(new JobAborted('cancelled'));
        return kept;
      },
    },
  };
  await createImportContentJob({ ...deps(), stores }).run({ import: 'M-1' }, { ...once(), signal: controller.signal });
  const written = await core.stores.queries.find({ where: { text: { contains: 'take 5' } } });
  expect(written.length).toBeGreaterThan(0);
  expect(written.length).toBeLessThan(6);
  const [solution] = await core.stores.solutions.find();
  expect(solution?.items.map((item) => item.key).sort()).toEqual(written.map((query) => query.id).sort());
});
