import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { strToU8, zipSync } from 'fflate';
import type { FoundFile } from '../../src/content/found-file';
import { readContentFile } from '../../src/content/readers/read-content-file';
import { walkFolder } from '../../src/content/walk-folder';
import { walkZip } from '../../src/content/walk-zip';

function read(source: string, text: string | Uint8Array, alone = false) {
  return readContentFile(typeof text === 'string' ? strToU8(text) : text, source, { alone });
}

function onlyItem(source: string, text: string, alone = false) {
  const { items, left } = read(source, text, alone);
  expect(left).toEqual([]);
  const [item, ...more] = items;
  if (!item || more.length > 0) throw new Error(`${items.length} items`);
  return item;
}

const why = (source: string, text: string | Uint8Array) => read(source, text).left.map((one) => one.why);

test('YAML is told apart by its keys; a missing id comes from the place of the file', () => {
  const query = 'name: Logons\nquery: |\n  SigninLogs\n  | take 5\n';
  expect(onlyItem('repo/Q/a.yaml', query)).toMatchObject({
    kind: 'hunting-query',
    content: { id: 'file:repo/q/a.yaml', name: 'Logons', techniques: [], version: '1.0.0' },
  });
  const loose = onlyItem(
    'Q/Odd logons.yaml',
    'tactics: InitialAccess, Execution\nrelevantTechniques: t1078\nquery: SigninLogs\n',
  );
  expect(loose.content).toMatchObject({ tactics: ['InitialAccess', 'Execution'], techniques: ['T1078'] });
  expect(loose.content.name).toBe('odd logons');
  const rule = `${query}kind: NRT\nseverity: high\n`;
  expect(onlyItem('r.yml', rule)).toMatchObject({ kind: 'rule-template', content: { kind: 'NRT', severity: 'High' } });
  const parser = 'FunctionName: Mine\nFunctionQuery: SigninLogs\n';
  expect(onlyItem('p.yaml', parser)).toMatchObject({ kind: 'parser', content: { functionName: 'Mine' } });
  expect(why('w.yaml', 'on: push\njobs: {}\n')).toEqual(['is YAML without a query (it has on, jobs)']);
  expect(why('f.yaml', `${query}kind: Fusion\n`)).toEqual([
    'is a rule of kind Fusion: only Scheduled and NRT rules are read',
  ]);
});

test('a KQL file is named by its comments, or by its file; in a folder of functions it is one', () => {
  const text = '// Failed logons by country\n// Who: see T1110.003 and T9999\n\nSigninLogs\n| take 5 // five\n';
  expect(onlyItem('repo/failed.kql', text)).toMatchObject({
    kind: 'hunting-query',
    content: {
      name: 'Failed logons by country',
      description: 'Who: see T1110.003 and T9999',
      query: 'SigninLogs\n| take 5 // five',
      techniques: ['T1110.003'],
    },
  });
  expect(onlyItem('many_logons-now.kql', 'SigninLogs')).toMatchObject({ content: { name: 'many logons now' } });
  expect(onlyItem('Parsers/Mine.txt', 'SigninLogs\n| where true')).toMatchObject({ content: { functionName: 'Mine' } });
  expect(why('LICENSE.txt', 'Do as you like.')).toEqual(['is text in which no KQL was found']);
  expect(why('empty.kql', '// nothing')).toEqual(['holds no query, only comments']);
});

test('each fence of a Markdown file is a query of its own, named by the heading above it', () => {
  const text = [
    '# Odd logons',
    'Seen with T1078.',
    '## Defender XDR',
    '```KQL',
    'IdentityLogonEvents',
    '| take 1',
    '```',
    '## Sentinel',
    '```kusto',
    'SigninLogs',
    '| take 1',
    '```',
    '## By country',
    '```',
    'SigninLogs',
    '| summarize count() by Location',
    '```',
    '```powershell',
    'Get-Item | Out-Null',
    '```',
  ].join('\n');
  const { items } = read('odd.md', text);
  expect(items.map(({ content }) => content.name)).toEqual([
    'Odd logons (Defender XDR)',
    'Odd logons (Sentinel)',
    'By country',
  ]);
  expect(items.every((one) => one.kind === 'hunting-query' && one.content.techniques[0] === 'T1078')).toBe(true);
  expect(why('README.md', '# Read me\n```bash\nls\n```')).toEqual(['is Markdown without KQL']);
});

test('a hunt of HEARTH becomes an idea for a hunt', () => {
  const text = [
    '# H900',
    '| Hunt # | Idea / Hypothesis | Tactic | Notes | Tags | Submitter |',
    '|--|--|--|--|--|--|',
    '| H900 | Somebody hides mail with inbox rules. More words. | Defense Evasion, Collection | T1564.008 | #mail #m365 | [Ada](https://example.org) |',
    '## Why',
    '- It hides replies.',
    '## References',
    '- none',
  ].join('\n');
  expect(onlyItem('Flames/H900.md', text)).toMatchObject({
    kind: 'hunt-idea',
    content: {
      key: 'H900',
      name: 'Somebody hides mail with inbox rules',
      tactics: ['DefenseEvasion', 'Collection'],
      techniques: ['T1564.008'],
      labels: ['mail', 'm365'],
      author: 'Ada',
      description: 'T1564.008\n\n- It hides replies.',
    },
  });
});

test('indicators of a STIX bundle become lookups by type; what cannot be looked up is counted', () => {
  const indicator = (pattern: string, more = {}) => ({ type: 'indicator', pattern, pattern_type: 'stix', ...more });
  const bundle = {
    type: 'bundle',
    id: 'bundle--1',
    objects: [
      { type: 'report', name: 'Campaign “x"' },
      { type: 'attack-pattern', name: 'a', external_references: [{ external_id: 'T1566.002' }] },
      indicator("[ipv4-addr:value = '192.0.2.1' OR ipv6-addr:value = '2001:db8::1']"),
      indicator("[domain-name:value IN ('a.example', 'b.example')]"),
      indicator(`[file:hashes.'SHA-256' = '${'a'.repeat(64)}' AND file:name = 'x.exe']`),
      indicator("[url:value = 'https://a.example/\\'x']"),
      indicator("[email-addr:value = 'x@a.example']"),
      indicator("[ipv4-addr:value ISSUBSET '198.51.100.0/24']"),
      indicator('rule x { condition: true }', { pattern_type: 'yara' }),
      indicator("[ipv4-addr:value = '192.0.2.9']", { revoked: true }),
    ],
  };
  const { items, left } = read('c.json', JSON.stringify(bundle));
  expect(items.map(({ content }) => content.name.replace(/^.*: /, ''))).toEqual([
    'IP addresses',
    'domain names',
    'file hashes',
    'addresses of pages',
    'e-mail addresses',
  ]);
  const [ips] = items;
  if (ips?.kind !== 'hunting-query') throw new Error('no query');
  expect(ips.content.query).toContain('"192.0.2.1",\n    "2001:db8::1"');
  expect(ips.content.query).not.toContain('192.0.2.9');
  expect(ips.content).toMatchObject({ techniques: ['T1566.002'] });
  expect(ips.content.description).toContain('one by one');
  expect(left.map((one) => one.why).sort()).toEqual([
    'holds 1 × a comparison that is not looked up: file:name =',
    'holds 1 × a comparison that is not looked up: ipv4-addr:value ISSUBSET',
    'holds 1 × an indicator that was revoked',
    'holds 1 × an indicator whose pattern is yara, not STIX',
  ]);
});

test('a watchlist is read from an ARM template, and from CSV where that is meant', () => {
  const template = {
    $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
    resources: [
      {
        type: 'Microsoft.OperationalInsights/workspaces/providers/Watchlists',
        name: "[concat(parameters('w'), '/Microsoft.SecurityInsights/VIPs')]",
        properties: { displayName: 'VIPs', itemsSearchKey: 'User', rawContent: 'User,Why\r\nada,"x, y"\r\n' },
      },
    ],
  };
  expect(onlyItem('w.json', JSON.stringify(template))).toMatchObject({
    kind: 'watchlist',
    content: { alias: 'VIPs', searchKey: 'User', rows: [['ada', 'x, y']] },
  });
  expect(why('t.json', JSON.stringify({ ...template, resources: [] }))).toEqual([
    'is an ARM template without a watchlist',
  ]);
  expect(why('Sample Data/t.csv', 'a,b\n1,2\n')).toEqual(['is a table outside of a folder Watchlists']);
  expect(onlyItem('t.csv', 'a,b\n1,2\n', true)).toMatchObject({ content: { alias: 't' } });
});

test('what is hostile is refused with its reason', () => {
  expect(why('b.yaml', new Uint8Array([1, 0, 2]))).toEqual(['is no text']);
  expect(why('l.yaml', new Uint8Array([0x6e, 0xff, 0xfe, 0x41]))).toEqual(['is no text in UTF-8']);
  const bomb = `query: x\na: &a [x,x,x,x,x,x,x,x,x]\n${'bcdefghi'
    .split('')
    .map((name, i) => `${name}: &${name} [${`*${'abcdefghi'[i]},`.repeat(9).slice(0, -1)}]`)
    .join('\n')}\n`;
  expect(why('bomb.yaml', bomb)[0]).toMatch(/^is no YAML: .*alias/i);
  expect(why('deep.yaml', `query: ${'['.repeat(50_000)}`)[0]).toMatch(/^is no YAML/);
  expect(why('deep.json', '['.repeat(100_000))[0]).toMatch(/^is no JSON/);
});

async function found(walk: AsyncIterable<FoundFile>): Promise<string[]> {
  const lines: string[] = [];
  for await (const file of walk) lines.push('refused' in file ? `${file.path}: ${file.refused}` : file.path);
  return lines;
}

test('a folder is walked without links and folders of tools', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'talbot-walk-'));
  try {
    await mkdir(path.join(folder, '.git'));
    await mkdir(path.join(folder, 'b'));
    await writeFile(path.join(folder, 'b', 'x.kql'), 'T');
    await writeFile(path.join(folder, 'a.exe'), 'T');
    await writeFile(path.join(folder, 'c.yaml'), Buffer.alloc(4_000_001));
    await symlink('/etc/passwd', path.join(folder, 'd.txt'));
    await symlink('/etc', path.join(folder, 'e'));
    expect(await found(walkFolder(folder))).toEqual([
      '.git/: is a folder of tools',
      'a.exe: is no kind of file that holds content',
      'b/x.kql',
      'c.yaml: has 4 MB; at most 4 MB are read',
      'd.txt: is a link, which is not followed',
      'e: is a link, which is not followed',
    ]);
  } finally {
    await rm(folder, { recursive: true });
  }
});

test('an archive is unpacked to the limit; names that lead out, links and archives inside are refused', async () => {
  const archive = zipSync({
    'a/x.kql': strToU8('T'),
    '../out.kql': strToU8('T'),
    '/etc/cron.kql': strToU8('T'),
    'a\\b.kql': strToU8('T'),
    'in.zip': strToU8('T'),
    'bomb.kql': new Uint8Array(30_000_000),
    'link.kql': [strToU8('/etc/passwd'), { os: 3, attrs: 0o120777 << 16 }],
    'stored.kql': [strToU8('T'), { level: 0 }],
  });
  expect(archive.length).toBeLessThan(50_000);
  expect(await found(walkZip(archive, 'x.zip'))).toEqual([
    '../out.kql: has a name that leads out of the archive',
    '/etc/cron.kql: has a name that leads out of the archive',
    'a/x.kql',
    'a\\b.kql: has a name that leads out of the archive',
    'bomb.kql: unpacks to more than 4 MB',
    'in.zip: is an archive within the archive',
    'link.kql: is a link, which is not followed',
    'stored.kql',
  ]);
  await expect(found(walkZip(strToU8('no zip'), 'x.zip'))).rejects.toThrow('x.zip is no zip archive');
  await expect(found(walkZip(archive.subarray(5), 'x.zip'))).rejects.toThrow('damaged');
});
