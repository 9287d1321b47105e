import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDrawingThread, type DrawnPng } from '../../src/charts/draw/drawing-thread';
import { svgToPng } from '../../src/charts/draw/svg-to-png';
import { svgDocument, svgElement, svgText } from '../../src/charts/svg/document';
import { pictureWidth } from '../../src/charts/svg/picture-width';
import { PictureError } from '../../src/ports/pictures';
import type { Cell } from '../../src/ports/query-engine';

const thread = createDrawingThread();
afterAll(() => thread.close());

async function* pages(...all: Cell[][][]): AsyncGenerator<Cell[][]> {
  yield* all;
}

function chart(render: string, columns: Record<string, string>, rows: Cell[][], properties = {}) {
  return thread.chart({
    render: { chart: render, properties },
    columns: Object.entries(columns).map(([name, type]) => ({ name, type })),
    rows: pages(rows),
    total: rows.length,
  });
}

function isPicture(drawn: unknown): asserts drawn is DrawnPng {
  expect(drawn).toMatchObject({ kind: 'png' });
}

const hostile = [
  '<image href="file:///etc/passwd"/>',
  '</text><script>alert(1)</script>',
  '&lt;b&gt; ]]> <!-- --> <!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>',
  '\u202egnp.exe \u0000\u0007 \ud800 \ufffe',
  '{b}template{/b} {yyyy} {c0} %s',
  'x'.repeat(300),
  '日本語 عربي हिन्दी 🐕',
  'url(http://127.0.0.1/x) @import "y"',
];

test.each([
  'timechart',
  'linechart',
  'areachart',
  'stackedareachart',
  'barchart',
  'columnchart',
  'scatterchart',
  'piechart',
  'anomalychart',
  'card',
])('%s is drawn, whatever its names hold', async (render) => {
  const rows = hostile.flatMap((name, index): Cell[][] => [
    [`2026-11-18T0${index}:00:00.0000000Z`, name, index + 1],
    [`2026-11-18T1${index}:00:00.0000000Z`, name, index * 1e6],
  ]);
  const order = ['barchart', 'piechart'].includes(render)
    ? rows.map(([t, name, n]): Cell[] => [name ?? null, t ?? null, n ?? null])
    : rows;
  const columns = ['barchart', 'piechart'].includes(render)
    ? { [hostile[0] ?? '']: 'string', t: 'datetime', n: 'long' }
    : { t: 'datetime', [hostile[1] ?? '']: 'string', n: 'long' };
  const drawn = await chart(render, columns, order, { title: hostile.join(' ') });
  isPicture(drawn);
  expect(drawn.width === 2 * pictureWidth || drawn.height === 1024).toBe(true);
  expect(Math.max(drawn.width, drawn.height)).toBeLessThanOrEqual(1024);
  expect(drawn.png.length).toBeLessThan(1_000_000);
  expect(drawn.alt).not.toBe('');
});

test('100,000 points and 30 panels of nonsense do not hold up this thread', async () => {
  const rows = Array.from({ length: 100_000 }, (_, i): Cell[] => [
    Math.sin(i) * 1e9,
    Math.cos(i * 1.3) / 1e9,
    `k${i % 40}`,
  ]);
  const drawing = chart('scatterchart', { x: 'real', y: 'real', k: 'string' }, rows);
  let ticks = 0;
  const ticking = setInterval(() => {
    ticks += 1;
  }, 10);
  const drawn = await drawing;
  clearInterval(ticking);
  isPicture(drawn);
  expect(ticks).toBeGreaterThan(3);
  expect(drawn.notes).toContainEqual(expect.stringMatching(/^Of 100,000 points/));
});

test.each<[string, Cell[][]]>([
  ['one point', [[1, 5]]],
  [
    'negative and huge',
    [
      [1, -1e300],
      [2, 1e300],
      [3, 0],
    ],
  ],
  [
    'gaps',
    [
      [1, null],
      [2, 5],
      [3, null],
    ],
  ],
  [
    'equal values',
    [
      [1, 7],
      [2, 7],
    ],
  ],
])('%s', async (_name, rows) => {
  for (const render of ['linechart', 'columnchart', 'barchart', 'scatterchart', 'areachart'])
    isPicture(await chart(render, { x: 'long', y: 'real' }, rows));
});

test('a refusal says why, and the next drawing is made', async () => {
  expect(await chart('timepivot', { t: 'datetime', n: 'long' }, [])).toEqual({
    kind: 'refused',
    why: expect.stringContaining('timepivot'),
  });
  expect(await chart('timechart', { t: 'datetime', n: 'string' }, [['2026-01-01T00:00:00Z', 'x']])).toMatchObject({
    kind: 'refused',
  });
  expect(await chart('table', { n: 'long' }, [[1]])).toEqual({ kind: 'none' });
  isPicture(await thread.draw(svgDocument(100, 50, [svgText(10, 20, 'fine')])));
});

test('equal drawings are equal to the byte, twice as fine as their points', async () => {
  const svg = svgDocument(300, 100, [svgText(10, 40, 'Größe 5 000 €', { size: 20, weight: 'bold' })]);
  const [first, second] = await Promise.all([thread.draw(svg), thread.draw(svg)]);
  expect(first).toMatchObject({ width: 600, height: 200 });
  expect(Buffer.compare(first.png, second.png)).toBe(0);
});

describe('nothing outside of it is read', () => {
  const folder = mkdtempSync(join(tmpdir(), 'talbot-svg-'));
  const secret = join(folder, 'secret.png');
  writeFileSync(
    secret,
    svgToPng(svgDocument(10, 10, [svgElement('rect', { width: 10, height: 10, fill: '#ff0000' })])).png,
  );
  afterAll(() => rmSync(folder, { recursive: true }));

  test.each([
    ['a file by its path', `<image href="${secret}" width="10" height="10"/>`],
    ['a file by its address', '<image href="file:///etc/passwd" width="10" height="10"/>'],
    [
      'an old kind of link',
      `<image xlink:href="${secret}" xmlns:xlink="http://www.w3.org/1999/xlink" width="10" height="10"/>`,
    ],
    ['a link of single quotes', `<image href='${secret}' width="10" height="10"/>`],
    ['a filter’s picture', `<filter id="f"><feImage href="${secret}"/></filter>`],
    ['a file in use', `<use href="${secret}#x"/>`],
    ['a fill from elsewhere', '<rect width="10" height="10" fill="url(http://127.0.0.1/x)"/>'],
    ['a style from elsewhere', '<style>@import "http://127.0.0.1/x.css";</style>'],
    ['a comment that hides a tag', `<!-- " --><image href="${secret}" width="10" height="10"/>`],
    ['CDATA that hides a tag', `<desc><![CDATA[ " ]]></desc><image href="${secret}" width="10" height="10"/>`],
    [
      'a name that is prefixed',
      `<s:image xmlns:s="http://www.w3.org/2000/svg" href="${secret}" width="10" height="10"/>`,
    ],
  ])('%s', async (_name, inside) => {
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10">${inside}</svg>`;
    await expect(thread.draw(svg)).rejects.toThrow(PictureError);
  });

  test('an entity of a document type', async () => {
    const svg =
      '<!DOCTYPE svg [<!ENTITY e SYSTEM "file:///etc/passwd">]><svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><text>&e;</text></svg>';
    await expect(thread.draw(svg)).rejects.toThrow(PictureError);
  });

  test('no connection is made', async () => {
    let asked = 0;
    const server = createServer((_request, response) => {
      asked += 1;
      response.end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><image href="http://127.0.0.1:${port}/x.png" width="9" height="9"/></svg>`;
    await expect(thread.draw(svg)).rejects.toThrow(PictureError);
    await new Promise((resolve) => server.close(resolve));
    expect(asked).toBe(0);
  });
});

test('a drawing that takes too long is given up, and the next is made', async () => {
  const slow = createDrawingThread({ milliseconds: 1 });
  const rows = Array.from({ length: 20_000 }, (_, i): Cell[] => [i, Math.sin(i)]);
  await expect(
    slow.chart({
      render: { chart: 'scatterchart', properties: {} },
      columns: [
        { name: 'x', type: 'long' },
        { name: 'y', type: 'real' },
      ],
      rows: pages(rows),
      total: rows.length,
    }),
  ).rejects.toThrow('took more than 0.001 s');
  await slow.close();
  await expect(slow.draw(svgDocument(10, 10, []))).rejects.toThrow(PictureError);
});

test('rows that cannot be read end the chart, not the thread', async () => {
  async function* broken(): AsyncGenerator<Cell[][]> {
    yield [[1, 2]];
    throw new Error('the store is gone');
  }
  const columns = [
    { name: 'x', type: 'long' },
    { name: 'y', type: 'long' },
  ];
  await expect(
    thread.chart({ render: { chart: 'linechart', properties: {} }, columns, rows: broken(), total: 2 }),
  ).rejects.toThrow('the store is gone');
  isPicture(
    await chart('linechart', { x: 'long', y: 'long' }, [
      [1, 2],
      [2, 3],
    ]),
  );
});

test('a picture is made smaller as far as it can be read', async () => {
  const drawn = await chart(
    'linechart',
    { x: 'long', y: 'long' },
    Array.from({ length: 300 }, (_, i): Cell[] => [i, (i * 7919) % 97]),
  );
  isPicture(drawn);
  const half = Math.round(drawn.png.length / 2);
  const small = await thread.smaller(drawn.png, half);
  expect(small?.png.length).toBeLessThanOrEqual(half);
  expect(small?.width).toBeGreaterThanOrEqual(300);
  expect(await thread.smaller(drawn.png, 500)).toBeNull();
});
