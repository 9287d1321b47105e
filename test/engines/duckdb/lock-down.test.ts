import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { databaseOptions } from '../../../src/engines/duckdb/database-settings';
import { lockDown } from '../../../src/engines/duckdb/lock-down';
import { prepareSelect } from '../../../src/engines/duckdb/run-statement';
import { makeFolder, removeFolders } from './log-folder';

let instance: DuckDBInstance;
let connection: DuckDBConnection;

beforeAll(async () => {
  const temporaryFolder = await makeFolder();
  instance = await DuckDBInstance.create(
    ':memory:',
    databaseOptions({ memoryLimit: '200MB', threads: 1, temporaryFolder }),
  );
  connection = await instance.connect();
  await lockDown(connection);
});

afterAll(async () => {
  connection.closeSync();
  instance.closeSync();
  await removeFolders();
});

test.each([
  `SELECT * FROM read_text('${__filename}')`,
  `SELECT * FROM '${__filename}'`,
  `SELECT * FROM read_csv('https://example.com/a.csv')`,
  `SELECT * FROM glob('/*')`,
])('reads nothing outside: %s', async (sql) => {
  await expect(connection.run(sql)).rejects.toThrow();
});

test.each([
  'CREATE TABLE t (a INT)',
  'SELECT 1; SELECT 2',
  `COPY (SELECT 1) TO 'out.csv'`,
  `ATTACH 'other.db'`,
  'SET threads = 4',
  'INSTALL httpfs',
  'LOAD httpfs',
  '',
])('runs nothing but one SELECT: %s', async (sql) => {
  await expect(prepareSelect(connection, sql)).rejects.toThrow();
});

test.each([
  'SET threads = 4',
  'SET enable_external_access = true',
  `ATTACH '/nowhere/other.db' AS o`,
  'INSTALL httpfs',
])('even past that check: %s', async (sql) => {
  await expect(connection.run(sql)).rejects.toThrow();
});

test('a database that does not lock is refused', async () => {
  const open = await DuckDBInstance.create(':memory:', { autoload_known_extensions: 'true' });
  const other = await open.connect();
  await expect(lockDown(other)).rejects.toThrow(/could not be locked/);
  other.closeSync();
  open.closeSync();
});
