import { gunzipSync } from 'node:zlib';
import { dataExplorerLink, logAnalyticsLink } from '../../../src/engines/azure/portal-link';

const id = '/subscriptions/s/resourceGroups/g/providers/Microsoft.OperationalInsights/workspaces/w';
const unpacked = (text: string) => gunzipSync(Buffer.from(decodeURIComponent(text), 'base64')).toString('utf8');

test('the portal opens with the query, the range and the workspace', () => {
  const text = 'SigninLogs\n| where UserPrincipalName == "a\'b&c"';
  const range = { from: new Date('2026-11-01T00:00:00Z'), to: new Date('2026-11-02T00:00:00Z') };
  const link = logAnalyticsLink(id, text, range) ?? '';
  expect(unpacked(/\/query\/([^/]+)\//.exec(link)?.[1] ?? '')).toBe(text);
  expect(decodeURIComponent(/\/scope\/([^/]+)\//.exec(link)?.[1] ?? '')).toBe(
    JSON.stringify({ resources: [{ resourceId: id }] }),
  );
  expect(link).toContain('timespanInIsoFormat/2026-11-01T00%3A00%3A00.000Z%2F2026-11-02');
});

test('Data Explorer opens on its cluster and database', () => {
  const link = dataExplorerLink('https://help.westeurope.kusto.windows.net', 'My Logs', 'T | take 1') ?? '';
  expect(link).toMatch(
    /^https:\/\/dataexplorer\.azure\.com\/clusters\/help\.westeurope\.kusto\.windows\.net\/databases\/My%20Logs\?query=/,
  );
  expect(unpacked(link.split('query=')[1] ?? '')).toBe('T | take 1');
});

test('an address that nothing would carry whole is none', () => {
  const text = Array.from({ length: 4000 }, (_, i) => Math.sin(i).toString(36)).join('');
  expect(logAnalyticsLink(id, text, undefined)).toBeUndefined();
});
