import { ConfigError, readConfig } from '../../../src/config';

function faults(environment: Record<string, string>): string[] {
  try {
    readConfig(environment);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.faults;
    throw error;
  }
}

const workspace = { LOG_ANALYTICS_WORKSPACE_ID: '0f6b2c1e-2f6a-4a57-9a55-3a2c1b7d9e01' };
const cluster = {
  DATA_EXPLORER_CLUSTER: 'https://soc.westeurope.kusto.windows.net',
  DATA_EXPLORER_DATABASE: 'Hunting',
};

test('Azure’s engines beside the embedded one, or instead of it', () => {
  expect(readConfig({ ...workspace, ...cluster }).TALBOT_ENGINE).toBe('duckdb');
  expect(readConfig({ TALBOT_ENGINE: 'log-analytics', ...workspace }).TALBOT_ENGINE).toBe('log-analytics');
  expect(readConfig({ TALBOT_ENGINE: 'data-explorer', ...cluster }).TALBOT_ENGINE).toBe('data-explorer');
  expect(faults({ ...workspace, LOG_ANALYTICS_ENDPOINT: 'http://127.0.0.1:4000' })).toEqual([]);
  expect(faults({ ...cluster, DATA_EXPLORER_CLUSTER: 'http://[::1]:4000' })).toEqual([]);
});

test.each<[Record<string, string>, RegExp]>([
  [{ TALBOT_ENGINE: 'log-analytics' }, /^TALBOT_ENGINE is log-analytics: LOG_ANALYTICS_WORKSPACE_ID is needed too$/],
  [{ TALBOT_ENGINE: 'data-explorer' }, /DATA_EXPLORER_CLUSTER and DATA_EXPLORER_DATABASE are needed too$/],
  [{ TALBOT_ENGINE: 'splunk' }, /^TALBOT_ENGINE: /],
  [{ LOG_ANALYTICS_ENDPOINT: 'https://api.loganalytics.us' }, /^LOG_ANALYTICS_ENDPOINT is set: /],
  [{ DATA_EXPLORER_DATABASE: 'Hunting' }, /go together/],
  [{ ...cluster, DATA_EXPLORER_DATABASE: '' }, /go together/],
  [{ LOG_ANALYTICS_WORKSPACE_ID: '../metadata' }, /^LOG_ANALYTICS_WORKSPACE_ID: must be the workspace’s id/],
  [{ ...workspace, LOG_ANALYTICS_ENDPOINT: 'http://logs.example' }, /^LOG_ANALYTICS_ENDPOINT must begin with https/],
  [{ ...cluster, DATA_EXPLORER_CLUSTER: 'http://kusto:8080' }, /^DATA_EXPLORER_CLUSTER must begin with https/],
])('%j is a fault', (environment, fault) => {
  expect(faults(environment)).toEqual([expect.stringMatching(fault)]);
});
