import { createHttpServer } from '../../adapters/http';
import { createPictures } from '../../adapters/pictures';
import { serveFiles } from '../../adapters/serve-files';
import { createSignedLinks } from '../../adapters/signed-links';
import { createDeliverCardJob } from '../../jobs/deliver-card';
import { createPurgeRunsJob } from '../../jobs/purge-runs';
import { svgDocument, svgText } from '../../src/charts/svg/document';
import type { ImageBlock } from '../../src/chat/card';
import type { Run, RunQuery } from '../../src/domain/run';
import { pictureBlocks } from '../../src/hunting/picture-blocks';
import type { Cell, QueryEngine } from '../../src/ports/query-engine';
import { type Core, cardOf, createCore } from '../support/core';

const start = Date.UTC(2026, 10, 24, 12);
const time = { now: new Date(start) };
const clock = { now: () => time.now };
const idle: QueryEngine = {
  name: 'duckdb',
  run: async () => ({ columns: [], rows: 0, truncated: false, notes: [] }),
  check: async () => [],
  tables: async () => [],
  close: async () => undefined,
};
const http = createHttpServer();
let core: Core;
let url = '';
let pictures: ReturnType<typeof createPictures>;

beforeAll(async () => {
  core = await createCore({ engine: idle });
  const links = createSignedLinks({ key: 'a key', publicUrl: () => url, clock });
  pictures = createPictures({ stores: core.stores, links, clock });
  const log = { info() {}, warn() {}, error() {} };
  serveFiles(http.app, { links, stores: core.stores, engines: new Map(), clock, log });
  url = `http://127.0.0.1:${await http.listen(0, '127.0.0.1')}`;
});
afterAll(async () => {
  await http.close();
  await pictures.close();
  await core.close();
});
beforeEach(async () => {
  time.now = new Date(start);
  await core.reset();
});

const drawing = (words: string) => svgDocument(200, 60, [svgText(10, 30, words)]);

test('a drawing is kept once, served to whoever holds its link, and ends', async () => {
  const first = await pictures.draw(drawing('one'), 'The number one');
  const again = await pictures.draw(drawing('one'), 'One, in other words');
  expect(again).toEqual({ type: 'image', alt: 'One, in other words', url: first.url });
  expect(await core.stores.pictures.count()).toBe(1);

  const answer = await fetch(first.url);
  expect(answer.status).toBe(200);
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    'content-type': 'image/png',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
  });
  const png = Buffer.from(await answer.arrayBuffer());
  expect(png.subarray(1, 4).toString()).toBe('PNG');
  expect(await pictures.files.read(first.url)).toEqual(png);
  expect(await pictures.files.readWithin(first.url, 100)).toBeNull();
  expect((await fetch(first.url.replace(/.$/, 'x').replace(/..$/, 'yx'))).status).toBe(404);

  time.now = new Date(start + 32 * 86_400_000);
  expect((await fetch(first.url)).status).toBe(410);
  expect(await pictures.files.read(first.url)).toBeNull();
});

test('the coverage is a file as it is when its link is followed', async () => {
  const links = createSignedLinks({ key: 'a key', publicUrl: () => url, clock });
  const answer = await fetch(links.coverage({ format: 'csv', of: 'hunting' }));
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-disposition')).toMatch(/^attachment; filename="coverage-hunting-.+\.csv"$/);
  expect((await answer.text()).split('\r\n')[1]).toMatch(/^T1001,Data Obfuscation,/);
});

test('two that draw the same at once keep it once', async () => {
  const drawn = await Promise.all(['two', 'two', 'two'].map((words) => pictures.draw(drawing(words), words)));
  expect(new Set(drawn.map((one) => one.url)).size).toBe(1);
  expect(await core.stores.pictures.count()).toBe(1);
});

test('what no card asked for in five weeks is cleared away', async () => {
  const old = await pictures.draw(drawing('old'), 'old');
  await pictures.draw(drawing('asked for again'), 'used');
  time.now = new Date(start + 10 * 86_400_000);
  await pictures.draw(drawing('asked for again'), 'used');
  time.now = new Date(start + 36 * 86_400_000);
  const job = createPurgeRunsJob(
    { stores: core.stores, clock, log: { info() {}, warn() {}, error() {} } },
    { resultDays: 180 },
  );
  await job.run({}, { signal: new AbortController().signal, attempt: 1, lastAttempt: false });
  expect(await core.stores.pictures.count()).toBe(1);
  expect((await fetch(old.url)).status).toBe(410);
});

test('a drawing that cannot be made is told in words', async () => {
  const log = { info() {}, warn() {}, error() {} };
  expect(await pictureBlocks({ pictures, log }, '<svg', 'Two hosts')).toEqual([
    { type: 'note', text: expect.stringContaining('It would show: Two hosts') },
  ]);
});

describe('in a thread', () => {
  const columns = [
    { name: 'TimeGenerated', type: 'datetime' },
    { name: 'Failures', type: 'long' },
  ];
  const rows = Array.from({ length: 30 }, (_, day): Cell[] => [
    `2026-10-${String(day + 1).padStart(2, '0')}T00:00:00.0000000Z`,
    day * 3,
  ]);

  async function finished(render: RunQuery['render'], more: Partial<Run> = {}): Promise<Run> {
    await core.say('kql SigninLogs | summarize Failures = count() by bin(TimeGenerated, 1d) | render timechart');
    const [run] = await core.stores.runs.find();
    if (!run) throw new Error('no run');
    const [query] = run.queries;
    if (!query) throw new Error('no query');
    await core.stores.results.put({ run: run.id, query: query.id, attempt: 1 }, 0, rows);
    const done: RunQuery = {
      ...query,
      state: 'done',
      attempt: 1,
      columns,
      rows: rows.length,
      ...(render ? { render } : {}),
    };
    core.chat.posts.length = 0;
    return core.stores.runs.update({ ...run, ...more, queries: [done], state: 'done', progress: { state: 'none' } });
  }

  async function delivered(run: Run) {
    const job = createDeliverCardJob({
      stores: core.stores,
      chats: new Map([['web', core.chat]]),
      links: { result: () => 'http://x/files/r', picture: () => '', coverage: () => '', file: () => '' },
      pictures,
      clock,
      log: { info() {}, warn() {}, error() {} },
    });
    const context = { signal: new AbortController().signal, attempt: 1, lastAttempt: false };
    await job.run({ run: run.id, what: 'result' }, context);
    const [post] = core.chat.posts;
    if (!post) throw new Error('nothing was posted');
    return post.card.blocks;
  }

  test('the picture that the query asks for stands above its rows, and says all of them', async () => {
    const blocks = await delivered(await finished({ chart: 'timechart', properties: { title: 'Failed sign-ins' } }));
    expect(blocks.slice(0, 2).map(({ type }) => type)).toEqual(['image', 'table']);
    const image = blocks[0] as ImageBlock;
    expect(image.alt).toBe(
      'Line chart, Failed sign-ins, 2026-10-01 00:00 UTC to 2026-10-30 00:00 UTC. Highest: 87 at 2026-10-30 00:00 UTC.',
    );
    expect((await fetch(image.url)).status).toBe(200);
  });

  test('one that is not drawn here is refused in words, and the rows are there', async () => {
    const blocks = await delivered(await finished({ chart: 'timepivot', properties: {} }));
    expect(blocks.slice(0, 2)).toEqual([
      { type: 'note', text: 'No picture: “render timepivot” is not drawn here. The rows are in the table.' },
      expect.objectContaining({ type: 'table' }),
    ]);
  });

  test.each([undefined, { chart: 'table', properties: {} }])(
    'no picture where none is asked for: %j',
    async (render) => {
      expect((await delivered(await finished(render)))[0]?.type).toBe('table');
    },
  );

  test('the card says which clock the query had, and results shows the picture on its first page', async () => {
    const asOf = new Date('2020-03-01T00:00:00Z');
    const run = await finished(
      { chart: 'timechart', properties: {} },
      { asOf, to: asOf, from: new Date('2020-02-23T00:00:00Z'), asOfGiven: true },
    );
    const last = (await delivered(run)).at(-1);
    expect(last).toMatchObject({ text: expect.stringContaining('up to 2020-03-01 00:00 UTC, which counts as “now”') });
    const types = async (words: string) => cardOf(await core.say(words)).blocks.map(({ type }) => type);
    expect((await types(`results ${run.id}`)).slice(0, 2)).toEqual(['image', 'table']);
    expect(await types(`results ${run.id} --page 2`)).not.toContain('image');
    expect(await types(`results ${run.id} --filter 2026`)).not.toContain('image');
  });
});
