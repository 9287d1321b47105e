import { longestUserAgent, parseUserAgent } from '../../../src/kql/functions/user-agent-parser';
import type { Cell } from '../../../src/ports/query-engine';
import { type Kql, openKql } from '../run-kql';

let kql: Kql;
beforeAll(async () => {
  kql = await openKql();
});
afterAll(() => kql.close());

const chrome =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.6099.71 Safari/537.36';
const phone =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 16_5_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/16.5 Mobile/15E148 Safari/604.1';

test.each<[string, string, Cell]>([
  [chrome, `'browser'`, { Browser: { Family: 'Chrome', MajorVersion: '120', MinorVersion: '0', Patch: '6099' } }],
  [
    phone,
    `dynamic(['device', 'os'])`,
    {
      OperatingSystem: { Family: 'iOS', MajorVersion: '16', MinorVersion: '5', Patch: '1', PatchMinor: '' },
      Device: { Family: 'iPhone', Brand: 'Apple', Model: 'iPhone' },
    },
  ],
  [
    'something else',
    `dynamic(['browser','os','device'])`,
    {
      Browser: { Family: 'Other', MajorVersion: '', MinorVersion: '', Patch: '' },
      OperatingSystem: { Family: 'Other', MajorVersion: '', MinorVersion: '', Patch: '', PatchMinor: '' },
      Device: { Family: 'Other', Brand: '', Model: '' },
    },
  ],
])('%s, %s', async (agent, lookFor, expected) => {
  expect(await kql.rows(`print parse_user_agent("${agent}", ${lookFor})`)).toEqual([[expected]]);
});

test('what to look for is said, and constant', () => {
  expect(kql.refusal(`print parse_user_agent('x', 'engine')`)).toMatchObject({ code: 'type', start: 28 });
});

test('long and hostile texts are cut, not chewed', () => {
  const texts = ['Mozilla/5.0 (', ' ', 'a ', ';', 'Linux; Android ', '(KHTML, like ', 'Build/', '1.', '-', 'Nokia'].map(
    (one) => one.repeat(1_000_000 / one.length),
  );
  for (const text of texts)
    for (const part of ['Browser', 'OperatingSystem', 'Device'] as const)
      expect(parseUserAgent(text, part)).toEqual(parseUserAgent(text.slice(0, longestUserAgent), part));
});
