import { existsSync } from 'node:fs';
import path from 'node:path';
import { openEngines } from '../../adapters/parts';
import { readConfig } from '../../src/config';
import { lines, makeFolder, removeFolders } from '../engines/duckdb/log-folder';

const now = new Date('2026-03-02T00:00:00Z');
const clock = { now: () => now };
const azure = {
  LOG_ANALYTICS_WORKSPACE_ID: '0f6b2c1e-2f6a-4a57-9a55-3a2c1b7d9e01',
  LOG_ANALYTICS_ENDPOINT: 'http://127.0.0.1:1',
  DATA_EXPLORER_CLUSTER: 'http://127.0.0.1:1',
  DATA_EXPLORER_DATABASE: 'Hunting',
};

afterAll(removeFolders);

async function names(settings: Record<string, string>): Promise<string[]> {
  const opened = await openEngines(readConfig(settings), clock, () => undefined);
  await opened.close();
  expect(opened.sample).toBe(false);
  expect(opened.queryClock.now()).toEqual(now);
  return [...opened.engines.keys()];
}

test('an engine in Azure alone starts neither the embedded one nor its sample', async () => {
  const TALBOT_DATA = path.join(await makeFolder(), 'data');
  expect(await names({ ...azure, TALBOT_DATA, TALBOT_ENGINE: 'data-explorer' })).toEqual([
    'data-explorer',
    'log-analytics',
  ]);
  expect(existsSync(TALBOT_DATA)).toBe(false);
});

test('the default comes first, the embedded engine is there where logs are', async () => {
  const TALBOT_LOGS = await makeFolder({ 'T.ndjson': lines({ a: 1 }) });
  const TALBOT_DATA = await makeFolder();
  expect(await names({ ...azure, TALBOT_DATA, TALBOT_LOGS, TALBOT_ENGINE: 'log-analytics' })).toEqual([
    'log-analytics',
    'duckdb',
    'data-explorer',
  ]);
  expect(await names({ TALBOT_DATA, TALBOT_LOGS })).toEqual(['duckdb']);
});
