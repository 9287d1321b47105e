import { readdir } from 'node:fs/promises';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { strToU8, zipSync } from 'fflate';
import { createDuckdbEngine, type DuckdbEngine } from '../../../src/engines/duckdb/engine';
import type { Cell, QuerySummary } from '../../../src/ports/query-engine';
import { makeFolder, removeFolders } from './log-folder';

const clock = { now: () => new Date('2026-03-02T00:00:00Z') };
const asOf = clock.now();
const limits = { rows: 1000, milliseconds: 20_000 };

const files: Record<string, string | Buffer> = {
  '/ips.csv':
    'ip,score,seen\n1.2.3.4,7,2024-05-01T00:00:00Z\n"5.6.7.8",x,2024-05-02\n9.9.9.9\n8.8.8.8,1,2024-05-03,more\n',
  '/lines.txt': 'evil.example\r\n\r\nbad.example\n',
  '/packed.csv.gz': gzipSync('a,1\nb,2\n'),
  '/packed.zip': Buffer.from(zipSync({ 'one.csv': strToU8('h,n\na,1\n'), 'two.csv': strToU8('h,n\nb,2\n') })),
  '/rows.json': '{"id":9007199254740993,"who":{"name":"Ann"},"tags":["x"]}\nnot json\n{"id":2}\n',
  '/many.json': '[ {"id":1,\n "t":"a]}"},\n {"id":2} ]\n{"id":3}',
  '/tabs': 'a\tb c\n',
  '/huge': Buffer.alloc(64),
  '/wide.csv': 'née;"x;y"\n',
};

let server: http.Server;
let port: number;
let hung = 0;
let engine: DuckdbEngine;
let data: string;

beforeAll(async () => {
  server = http.createServer((request, response) => {
    const url = new URL(request.url ?? '', 'http://localhost');
    const content = files[url.pathname];
    if (url.pathname === '/hang') {
      hung++;
      return;
    }
    if (url.pathname === '/away') response.writeHead(302, { location: 'http://127.0.0.1:1/secret' }).end();
    else if (url.pathname === '/moved') response.writeHead(301, { location: '/lines.txt' }).end();
    else if (url.pathname === '/bomb') response.end(gzipSync(Buffer.alloc(260 * 1024 * 1024)));
    else if (content === undefined) response.writeHead(404).end();
    else response.end(content);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = (server.address() as AddressInfo).port;
  data = await makeFolder();
  const logs = await makeFolder({ 'Net.ndjson': '{"TimeGenerated":"2026-03-01T00:00:00Z","ip":"1.2.3.4"}' });
  engine = await createDuckdbEngine({
    logs,
    dataFolder: data,
    memoryLimit: '300MB',
    threads: 2,
    clock,
    externalHosts: [`localhost:${port}`, 'feeds.example.org'],
  });
});

afterAll(async () => {
  await engine.close();
  await new Promise((resolve) => {
    server.close(resolve);
    server.closeAllConnections();
  });
  await removeFolders();
});

async function ask(text: string, signal?: AbortSignal): Promise<QuerySummary & { cells: Cell[][] }> {
  const cells: Cell[][] = [];
  const summary = await engine.run({ text, asOf, limits }, async ({ rows }) => void cells.push(...rows), signal);
  return { ...summary, cells };
}

const at = (file: string) => `http://localhost:${port}${file}`;

test('a CSV file joins the logs; what was read and what could not be used is said', async () => {
  const answer = await ask(
    `let feed = externaldata(ip:string, score:int, seen:datetime) [@"${at('/ips.csv')}?sig=secret"] with (format="csv", ignoreFirstRecord=true);
     feed | join kind=leftouter Net on ip | project ip, score, seen, known = isnotempty(ip1) | sort by ip asc`,
  );
  expect(answer.cells).toEqual([
    ['1.2.3.4', 7, '2024-05-01T00:00:00.0000000Z', true],
    ['5.6.7.8', null, '2024-05-02T00:00:00.0000000Z', false],
    ['8.8.8.8', 1, '2024-05-03T00:00:00.0000000Z', false],
    ['9.9.9.9', null, null, false],
  ]);
  expect(answer.notes).toEqual([
    expect.stringMatching(/^externaldata read 4 rows \(\d+ bytes\) from http:\/\/localhost:\d+\/ips\.csv\.$/),
    expect.stringMatching(/^2 of the rows .* another number of cells/),
    '1 values of the column score of externaldata are no int and became null.',
  ]);
});

test.each<[string, string, Cell[][]]>([
  ['lines', `externaldata(d:string) ["U/lines.txt"]`, [['evil.example'], ['bad.example']]],
  [
    'a redirect on the same host',
    `externaldata(d:string) ["U/moved"] with (format=txt)`,
    [['evil.example'], ['bad.example']],
  ],
  [
    'gzip',
    `externaldata(k:string, n:long) ["U/packed.csv.gz"]`,
    [
      ['a', 1],
      ['b', 2],
    ],
  ],
  [
    'zip',
    `externaldata(k:string, n:long) ["U/packed.zip"] with (ignoreFirstRecord=true)`,
    [
      ['a', 1],
      ['b', 2],
    ],
  ],
  ['two files', `externaldata(k:string) ["U/lines.txt", "U/tabs"] with (format="txt") | count`, [[3]]],
  ['tabs', `externaldata(a:string, b:string) ["U/tabs"] with (format="tsv")`, [['a', 'b c']]],
  ['semicolons', `externaldata(a:string, b:string) ["U/wide.csv"] with (format="scsv")`, [['née', 'x;y']]],
  ['the file as it is', `externaldata(a:string) ["U/tabs"] with (format="raw")`, [['a\tb c\n']]],
  [
    'JSON by line',
    `externaldata(id:long, who:dynamic, tags:dynamic) ["U/rows.json"] | project id, name = tostring(who.name), tags`,
    [
      ['9007199254740993', 'Ann', ['x']],
      [2, '', null],
    ],
  ],
  [
    'JSON over several lines',
    `externaldata(id:int, t:string) ["U/many.json"] with (format="multijson")`,
    [
      [1, 'a]}'],
      [2, ''],
      [3, ''],
    ],
  ],
  [
    'a mapping of JSON',
    `externaldata(n:string, k:string) ["U/rows.json"] with (format="json", ingestionMapping='[{"Column":"n","Properties":{"Path":"$.who.name"}},{"Column":"k","Properties":{"ConstValue":"feed"}}]') | take 1`,
    [['Ann', 'feed']],
  ],
  [
    'a mapping of cells',
    `externaldata(n:int) ["U/packed.csv.gz"] with (ingestionMapping='[{"column":"n","ordinal":"1"}]')`,
    [[1], [2]],
  ],
  ['an address in parts', `let base = "U"; externaldata(d:string) [strcat(base, "/lines", ".txt")] | count`, [[2]]],
  [
    'a pivot over the file',
    `externaldata(k:string, n:long) ["U/packed.csv.gz"] | extend bag = bag_pack(k, n) | project bag | evaluate bag_unpack(bag) | summarize sum(a), sum(b)`,
    [[1, 2]],
  ],
])('%s', async (_name, text, rows) => {
  expect((await ask(text.replaceAll('U/', `${at('')}/`).replaceAll('"U"', `"${at('')}"`))).cells).toEqual(rows);
});

test('records that are no JSON are counted', async () => {
  const { notes } = await ask(`externaldata(id:long) ["${at('/rows.json')}"]`);
  expect(notes).toContainEqual(expect.stringMatching(/^1 records of .* are no JSON objects and were left out/));
});

test.each([
  [
    'a host that is not listed',
    `externaldata(a:string) ["https://other.example.org/x"]`,
    /other\.example\.org .*TALBOT_EXTERNAL_DATA_HOSTS/,
  ],
  ['another port', `externaldata(a:string) ["http://localhost:1/x"]`, /localhost:1 .*TALBOT_EXTERNAL_DATA_HOSTS/],
  ['a listed host without https', `externaldata(a:string) ["http://feeds.example.org/x"]`, /only https/],
  ['a file of this machine', `externaldata(a:string) ["file:///etc/passwd"]`, /only https/],
  ['a redirect elsewhere', `externaldata(a:string) ["${'U'}/away"]`, /leads elsewhere: the host 127\.0\.0\.1:1 /],
])('refuses %s', async (_name, text, message) => {
  await expect(ask(text.replaceAll('U/', `${at('')}/`))).rejects.toMatchObject({
    code: 'refused',
    message,
    line: 1,
    column: 1,
  });
});

test('a file that is not there, or is too large, ends the query with a reason', async () => {
  await expect(ask(`externaldata(a:string) ["${at('/none')}"]`)).rejects.toMatchObject({ message: /answers 404/ });
  await expect(ask(`externaldata(a:string) ["${at('/bomb')}"]`)).rejects.toMatchObject({
    code: 'limit',
    message: /larger than 200 MB once it is unpacked/,
  });
});

test('cancelling ends the fetching, and no file stays behind', async () => {
  const stop = new AbortController();
  const running = ask(`externaldata(a:string) ["${at('/hang')}"]`, stop.signal);
  while (hung === 0) await new Promise((resolve) => setImmediate(resolve));
  stop.abort();
  await expect(running).rejects.toMatchObject({ code: 'cancelled' });
  expect((await ask('print 1')).cells).toEqual([[1]]);
  const left = await readdir(path.join(data, 'spill'), { recursive: true });
  expect(left.filter((name) => name.includes('external-'))).toEqual([]);
});

test('a check fetches nothing, and says what a run would be refused', async () => {
  const notes: string[] = [];
  const text =
    'externaldata(a:string, n:long) ["https://other.example.org/x.csv"] | where n > 1 | extend g = geo_info_from_ip_address(a)';
  const columns = await engine.check({ text, asOf }, (note) => notes.push(note));
  expect(columns.map(({ type }) => type)).toEqual(['string', 'long', 'dynamic']);
  expect(notes).toEqual([expect.stringContaining('other.example.org'), expect.stringContaining('TALBOT_GEO_DATABASE')]);
});

test('places need a database', async () => {
  await expect(ask(`Net | extend g = geo_info_from_ip_address(ip)`)).rejects.toMatchObject({
    code: 'refused',
    message: /TALBOT_GEO_DATABASE/,
    line: 1,
    column: 18,
  });
});
