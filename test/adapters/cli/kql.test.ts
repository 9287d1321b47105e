import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

const root = path.resolve(__dirname, '../../..');
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'talbot-test-'));
  await writeFile(
    path.join(folder, 'Logons.csv'),
    'TimeGenerated,User,Note\n2024-05-01T00:00:00Z,mia,"a, b"\n2024-05-02T00:00:00Z,tom,\n',
  );
});

afterAll(() => rm(folder, { recursive: true, force: true }));

interface Ended {
  code: number;
  out: string;
  said: string;
}

function kql(...words: string[]): Promise<Ended> {
  const script = path.join(root, 'adapters/cli/kql.ts');
  const env = { PATH: process.env.PATH, TALBOT_DATA: path.join(folder, 'data'), TALBOT_LOGS: folder };
  return new Promise((resolve) => {
    const node = ['-r', path.join(root, 'test/swc-register.js'), script, ...words];
    execFile(process.execPath, node, { env, cwd: folder }, (error, out, said) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, out, said });
    });
  });
}

test('one query at the time that --as-of says, as CSV and as JSON', async () => {
  const [csv, json] = await Promise.all([
    kql('--format', 'csv', 'Logons | sort by User asc | project User, Note'),
    kql('--as-of', '2024-05-02T12:00:00Z', '--format=json', 'Logons | where TimeGenerated > ago(1d) | project User'),
  ]);
  expect(csv).toMatchObject({ code: 0, out: 'User,Note\r\nmia,"a, b"\r\ntom,\r\n' });
  expect(JSON.parse(json.out)).toEqual({ columns: [{ name: 'User', type: 'string' }], rows: [['tom']] });
});

test('an error shows the line and the place, and fails the command', async () => {
  const { code, said } = await kql('Logons\n| project Usr');
  expect(code).toBe(1);
  expect(said).toContain('unknown-name');
  expect(said).toContain('  | project Usr\n            ^');
});

test('a wrong command line or folder is answered with a sentence', async () => {
  expect(await kql('--frmat', 'csv', 'Logons')).toMatchObject({
    code: 2,
    said: expect.stringContaining('There is no option --frmat; there are --logs'),
  });
  expect(await kql('--logs', path.join(folder, 'none'), 'Logons')).toMatchObject({
    code: 2,
    said: expect.stringContaining('does not exist'),
  });
});

test('--explain prints SQL', async () => {
  expect((await kql('--explain', 'Logons | take 1')).out).toMatch(/^SELECT .* LIMIT 1/s);
});

test('a batch answers every line in its order; a bad one stops nothing', async () => {
  const batch = path.join(folder, 'batch.jsonl');
  await writeFile(
    batch,
    '{"id":"a","query":"Logons | count"}\nnonsense\n\n{"id":2,"query":"Logons | nope"}\n{"id":"c","query":"print x = 1h"}\n',
  );
  const { code, out } = await kql('--batch', batch);
  expect(code).toBe(0);
  expect(
    out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line)),
  ).toEqual([
    { id: 'a', ok: true, columns: [{ name: 'Count', type: 'long' }], rows: [[2]] },
    { id: null, ok: false, error: { code: 'syntax', message: 'Line 2 of the batch is no {"id", "query"}' } },
    { id: 2, ok: false, error: expect.objectContaining({ code: 'syntax', line: 1 }) },
    { id: 'c', ok: true, columns: [{ name: 'x', type: 'timespan' }], rows: [['01:00:00.0000000']] },
  ]);
});

test('--check binds against a schema without data', async () => {
  const [batch, schema] = [path.join(folder, 'check.jsonl'), path.join(folder, 'schema.csv')];
  await writeFile(schema, '"table_name","column_name","column_type"\n"T","A","long"\n"T","B","dynamic"\n');
  await writeFile(
    batch,
    '{"id":"a","query":"T | summarize sum(A) by tostring(B.x)"}\n{"id":"b","query":"U | count"}\n',
  );
  const answers = (await kql('--batch', batch, '--check', '--schema', schema)).out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(answers).toMatchObject([
    {
      id: 'a',
      ok: true,
      columns: [
        { name: 'B_x', type: 'string' },
        { name: 'sum_A', type: 'long' },
      ],
      rows: [],
    },
    { id: 'b', ok: false, error: { code: 'unknown-name' } },
  ]);
});
