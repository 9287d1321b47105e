import { ConfigError, readConfig } from '../../src/config';

function faultsOf(environment: Record<string, string>): string[] {
  try {
    readConfig(environment);
    return [];
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.faults;
  }
}

test('all faults are told at once, and no value with them', () => {
  const faults = faultsOf({
    PORT: 'many',
    REDIS_URL: 'secret-host',
    TALBOT_ADMINS: 'nobody',
    TALBOT_DEFAULT_ROLE: 'king',
  });
  expect(faults.map((fault) => fault.split(':')[0])).toEqual([
    'PORT',
    'REDIS_URL',
    'TALBOT_ADMINS',
    'TALBOT_DEFAULT_ROLE',
  ]);
  expect(faults.join(' ')).not.toContain('secret-host');
});

test('hosts of externaldata are a list of hosts, not of addresses', () => {
  const { TALBOT_EXTERNAL_DATA_HOSTS } = readConfig({
    TALBOT_EXTERNAL_DATA_HOSTS: 'raw.githubusercontent.com, Feeds.example.org:8443,localhost:8080,10.1.2.3,[::1]:8080,',
  });
  expect(TALBOT_EXTERNAL_DATA_HOSTS).toEqual([
    'raw.githubusercontent.com',
    'feeds.example.org:8443',
    'localhost:8080',
    '10.1.2.3',
    '[::1]:8080',
  ]);
  for (const wrong of ['https://example.org', 'example.org/feeds', '*.example.org', 'a b'])
    expect(faultsOf({ TALBOT_EXTERNAL_DATA_HOSTS: wrong })).toEqual([expect.stringContaining('is no host')]);
});

test('settings that need each other', () => {
  expect(faultsOf({ SLACK_BOT_TOKEN: 'xoxb-1' })).toEqual([expect.stringContaining('SLACK_SIGNING_SECRET')]);
  expect(faultsOf({ MONGODB_URL: 'mongodb://127.0.0.1/x' })).toEqual([expect.stringContaining('go together')]);
  expect(faultsOf({ MicrosoftAppId: 'x' })).toEqual([
    'MicrosoftAppPassword is missing',
    'MicrosoftAppTenantId is missing',
  ]);
  expect(faultsOf({ PORT: '' })).toEqual([]);
});

test.each<[string, Record<string, string>, boolean]>([
  ['nothing set', {}, true],
  ['another host', { HOST: '0.0.0.0' }, false],
  ['a public address in front of loopback', { PUBLIC_URL: 'https://talbot.example' }, false],
  ['Slack over HTTP, so a proxy in front', { SLACK_BOT_TOKEN: 'x', SLACK_SIGNING_SECRET: 'y' }, false],
  ['Slack over Socket Mode, which brings nobody in', { SLACK_BOT_TOKEN: 'x', SLACK_APP_TOKEN: 'y' }, true],
  ['Teams with credentials', { MicrosoftAppId: 'a', MicrosoftAppPassword: 'b', MicrosoftAppTenantId: 'c' }, false],
])('local mode: %s', (_name, environment, local) => {
  expect(readConfig(environment).local).toBe(local);
});

test('download links go to the public address, or to where it listens', () => {
  expect(readConfig({ PUBLIC_URL: 'https://talbot.example/' }).publicUrl).toBe('https://talbot.example');
  expect(readConfig({ HOST: '::1', PORT: '80' }).publicUrl).toBe('http://[::1]:80');
});
