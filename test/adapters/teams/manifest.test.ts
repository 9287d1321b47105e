import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { teamsAppPackage, teamsManifest } from '../../../adapters/teams/manifest';
import { crc32 } from '../../../adapters/teams/zip';
import type { CommandInfo } from '../../../src/commands/dispatcher';

const CATALOGUE: CommandInfo[] = Array.from({ length: 15 }, (_, n) => ({
  name: `word${n}`,
  summary: 'x'.repeat(200),
  usage: '',
  permission: 'read',
  flags: [],
  prominent: n !== 1,
}));
const OPTIONS = {
  appId: '11111111-2222-4333-8444-555555555555',
  publicUrl: 'https://talbot.example.org',
  version: '0.1.0',
};

test('the menu holds what is prominent, within the platform’s numbers', () => {
  const [bot] = teamsManifest(CATALOGUE, OPTIONS).bots;
  const commands = bot?.commandLists[0]?.commands ?? [];
  expect(commands).toHaveLength(10);
  expect(commands.map(({ title }) => title)).not.toContain('word1');
  expect(commands.every(({ description }) => description.length <= 128)).toBe(true);
});

test('the manifest asks to hear channels and names its domain', () => {
  const manifest = teamsManifest(CATALOGUE, OPTIONS);
  expect(manifest.authorization.permissions.resourceSpecific).toContainEqual({
    name: 'ChannelMessage.Read.Group',
    type: 'Application',
  });
  expect(manifest.validDomains).toEqual(['talbot.example.org']);
  expect(manifest.webApplicationInfo.id).toBe(OPTIONS.appId);
  expect(() => teamsManifest(CATALOGUE, { ...OPTIONS, publicUrl: 'http://127.0.0.1:3978' })).toThrow('https');
});

test('slash commands come with the preview’s schema', () => {
  const manifest = teamsManifest(CATALOGUE, { ...OPTIONS, slashCommands: true });
  expect(manifest.manifestVersion).toBe('devPreview');
  expect(manifest.bots[0]).toMatchObject({ supportsTargetedMessages: true });
});

test('the package is a zip that other tools read, the same every time', () => {
  const bytes = teamsAppPackage(CATALOGUE, OPTIONS);
  expect(Buffer.from(bytes).equals(Buffer.from(teamsAppPackage(CATALOGUE, OPTIONS)))).toBe(true);
  const folder = mkdtempSync(join(tmpdir(), 'teams-package-'));
  try {
    const file = join(folder, 'app.zip');
    writeFileSync(file, bytes);
    const script =
      'import sys,zipfile;z=zipfile.ZipFile(sys.argv[1]);assert z.testzip() is None;print(",".join(z.namelist()));print(z.read("manifest.json").decode())';
    const out = tryPython(script, file);
    if (out === undefined) return console.warn('left out: no python3 to read the zip with');
    const [names, ...manifest] = out.split('\n');
    expect(names).toBe('manifest.json,color.png,outline.png');
    expect(JSON.parse(manifest.join('\n'))).toMatchObject({ id: OPTIONS.appId });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('the icons have the sizes that Teams demands', () => {
  const bytes = Buffer.from(teamsAppPackage(CATALOGUE, OPTIONS));
  const first = bytes.indexOf('IHDR');
  const headers = [first, bytes.indexOf('IHDR', first + 1)];
  const sizes = headers.map((header) => [bytes.readUInt32BE(header + 4), bytes.readUInt32BE(header + 8)]);
  expect(sizes).toEqual([
    [192, 192],
    [32, 32],
  ]);
});

test('the checksum is the usual one', () => {
  expect(crc32(new TextEncoder().encode('123456789'))).toBe(0xcbf43926);
});

function tryPython(script: string, file: string): string | undefined {
  try {
    return execFileSync('python3', ['-c', script, file], { encoding: 'utf8' });
  } catch (fault) {
    // Errors of Node's own are no instances of a test's Error.
    if (typeof fault === 'object' && fault !== null && 'code' in fault && fault.code === 'ENOENT') return undefined;
    throw fault;
  }
}
