import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { createTableFiles } from '../../../src/engines/duckdb/table-files';
import type { Cell } from '../../../src/ports/query-engine';

const columns = [
  { name: 'T', type: 'datetime' },
  { name: 'Fine', type: 'datetime' },
  { name: 'Far', type: 'datetime' },
  { name: 'Big', type: 'long' },
  { name: 'Odd "name"', type: 'real' },
  { name: 'Exact', type: 'decimal' },
  { name: 'Bag', type: 'dynamic' },
  { name: 'Span', type: 'timespan' },
  { name: 'Yes', type: 'bool' },
  { name: 'Id', type: 'guid' },
];

async function* pages(rows: Cell[][], times = 1): AsyncGenerator<Cell[][]> {
  for (let time = 0; time < times; time++) yield rows;
}

async function readBack(bytes: Uint8Array, sql: string): Promise<unknown[][]> {
  const folder = mkdtempSync(join(tmpdir(), 'talbot-parquet-'));
  const path = join(folder, 'a.parquet');
  writeFileSync(path, bytes);
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  try {
    const reader = await connection.runAndReadAll(sql.replace('FILE', `'${path}'`));
    return reader.getRowsJson();
  } finally {
    connection.closeSync();
    instance.closeSync();
    rmSync(folder, { recursive: true });
  }
}

const row: Cell[] = [
  '2026-11-24T08:30:00.1234560Z',
  '2026-11-24T08:30:00.1234567Z',
  '0001-01-01T00:00:00.0000000Z',
  '9007199254740993',
  'NaN',
  '-12345678901234567890.125',
  { a: [1, "it's"] },
  '1.02:03:04.0000000',
  true,
  '6b1f8f2e-0d1c-4e8e-9d54-2f1f5f3f0a11',
];

test('rows come back with their types, exactly', async () => {
  const bytes = await createTableFiles().parquet(columns, pages([row, columns.map(() => null)]));
  const types = await readBack(bytes, 'SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM FILE)');
  expect(types).toEqual([
    ['T', 'TIMESTAMP'],
    ['Fine', 'TIMESTAMP_NS'],
    ['Far', 'TIMESTAMP'],
    ['Big', 'BIGINT'],
    ['Odd "name"', 'DOUBLE'],
    ['Exact', 'DECIMAL(38,3)'],
    ['Bag', 'VARCHAR'],
    ['Span', 'VARCHAR'],
    ['Yes', 'BOOLEAN'],
    ['Id', 'VARCHAR'],
  ]);
  const [first, second] = await readBack(bytes, 'SELECT COLUMNS(*)::VARCHAR FROM FILE');
  expect(first).toEqual([
    '2026-11-24 08:30:00.123456',
    '2026-11-24 08:30:00.1234567',
    '0001-01-01 00:00:00',
    '9007199254740993',
    'nan',
    '-12345678901234567890.125',
    '{"a":[1,"it\'s"]}',
    '1.02:03:04.0000000',
    'true',
    '6b1f8f2e-0d1c-4e8e-9d54-2f1f5f3f0a11',
  ]);
  expect(second?.every((cell) => cell === null)).toBe(true);
});

test('many pages are one file, and no rows are a file with its columns', async () => {
  const files = createTableFiles();
  const many = await files.parquet(
    columns,
    pages(
      Array.from({ length: 100 }, () => row),
      50,
    ),
  );
  expect(await readBack(many, 'SELECT count(*)::INTEGER FROM FILE')).toEqual([[5000]]);
  const none = await files.parquet(columns, pages([]));
  expect(await readBack(none, 'SELECT count(*)::INTEGER FROM (DESCRIBE SELECT * FROM FILE)')).toEqual([[10]]);
});
