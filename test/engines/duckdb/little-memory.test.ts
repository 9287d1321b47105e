import path from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { createDuckdbEngine, type DuckdbEngine } from '../../../src/engines/duckdb/engine';
import { quoteText } from '../../../src/engines/duckdb/sql-text';
import { QueryError } from '../../../src/ports/query-engine';
import { makeFolder, removeFolders } from './log-folder';

const rows = 1_000_000;
const asOf = new Date('2026-03-01T00:00:00Z');
let engine: DuckdbEngine;

/** About 290 MB of text, of which the engine may hold 200. */
beforeAll(async () => {
  const logs = await makeFolder();
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  await connection.run(
    `COPY (SELECT TIMESTAMP '2026-02-01' AS TimeGenerated, i AS N, md5(i::VARCHAR) || repeat(md5((i * 7)::VARCHAR), 7) AS Text FROM range(${rows}) t(i))
     TO ${quoteText(path.join(logs, 'Big.parquet'))} (FORMAT parquet, ROW_GROUP_SIZE 20000)`,
  );
  connection.closeSync();
  instance.closeSync();
  const clock = { now: () => asOf };
  engine = await createDuckdbEngine({ logs, dataFolder: await makeFolder(), memoryLimit: '200MB', threads: 1, clock });
  expect(await engine.problems()).toEqual([]);
}, 120_000);

afterAll(async () => {
  await engine.close();
  await removeFolders();
});

async function ask(text: string): Promise<unknown> {
  const cells: unknown[] = [];
  try {
    await engine.run({ text, asOf, limits: { rows: 10, milliseconds: 90_000 } }, async (page) => {
      cells.push(...page.rows);
    });
  } catch (error) {
    if (error instanceof QueryError) return error.code;
    throw error;
  }
  return cells;
}

test.each([
  ['a sort', 'Big | sort by Text asc | serialize Place = row_number() | summarize max(Place)', String(rows)],
  ['a summary with a group for each row', 'Big | summarize n = count() by Text | summarize count()', String(rows)],
  [
    'a join of all with all',
    'Big | join kind=inner (Big | project Text, M = N) on Text | summarize count()',
    String(rows),
  ],
])(
  'logs larger than memory: %s spills to disk or ends at a limit that is said',
  async (_, text, count) => {
    expect([[[Number(count)]], 'limit']).toContainEqual(await ask(text));
    expect(await ask('Big | count')).toEqual([[rows]]);
  },
  120_000,
);
