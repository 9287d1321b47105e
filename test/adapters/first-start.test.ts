import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { sampleLogs } from '../../adapters/first-start';
import { sampleVersion } from '../../src/content/sample-logs/generate-sample-logs';

let data: string;
beforeEach(async () => {
  data = await mkdtemp(path.join(os.tmpdir(), 'talbot-sample-'));
});
afterEach(() => rm(data, { recursive: true, force: true }));

test('the sample is written once, and again up to the same instant where a newer one is known', async () => {
  const said: string[] = [];
  const say = (text: string) => void said.push(text);
  const first = new Date('2026-11-20T08:00:00Z');
  const later = new Date('2026-11-24T08:00:00Z');
  const mark = path.join(data, 'sample-logs.json');

  expect((await sampleLogs(data, first, say)).end).toEqual(first);
  const { folder, end } = await sampleLogs(data, later, say);
  expect(end).toEqual(first);
  const written = (await stat(folder)).ino;

  await writeFile(mark, JSON.stringify({ end: first }));
  expect((await sampleLogs(data, later, say)).end).toEqual(first);
  expect((await stat(folder)).ino).not.toBe(written);
  expect(JSON.parse(await readFile(mark, 'utf8'))).toEqual({ end: first.toISOString(), version: sampleVersion });
  expect(said.filter((one) => one.includes('written again'))).toHaveLength(1);
});
