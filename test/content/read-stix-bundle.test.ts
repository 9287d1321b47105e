import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readAttackFile } from '../../src/content/attack/read-attack-file';
import { readStixBundle } from '../../src/content/attack/read-stix-bundle';
import { ownStixBundle } from './own-stix-bundle';

test('names and relations remain, in the order of the matrix; what is revoked or deprecated goes', () => {
  const data = readStixBundle(ownStixBundle());
  expect(data.version).toBe('99.1');
  expect(data.tactics.map(({ name }) => name)).toEqual(['LongSleep', 'CredentialAccess']);
  expect(data.techniques.map(({ id, tactics, uses }) => [id, tactics.length, uses])).toEqual([
    ['T1110', 1, 2],
    ['T1110.003', 1, 2],
    ['T9001', 2, 0],
  ]);
  expect(data.replaced).toEqual({ T1621: 'T9001' });
});

test('a bundle of STIX 2.0 is known by its latest change', () => {
  const bundle = ownStixBundle();
  bundle.objects.shift();
  expect(readStixBundle(bundle).version).toBe('of 2027-04-02');
});

test.each([
  ['no bundle', { type: 'report' }],
  ['nothing in it', { type: 'bundle', objects: [] }],
  ['a text', 'bundle'],
  ['a technique without a name', { type: 'bundle', objects: [{ type: 'attack-pattern', id: 'attack-pattern--1' }] }],
])('%s is refused in words', (_, json) => {
  expect(() => readStixBundle(json)).toThrow(/^That is not ATT&CK Enterprise: /);
});

test('a file is read in a thread; one that cannot be read is refused in words', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'talbot-attack-'));
  try {
    const file = path.join(folder, 'enterprise-attack.json');
    writeFileSync(file, JSON.stringify(ownStixBundle()));
    expect((await readAttackFile(file)).techniques).toHaveLength(3);
    writeFileSync(file, '{"type": ');
    await expect(readAttackFile(file)).rejects.toThrow('The file is no JSON.');
    await expect(readAttackFile(path.join(folder, 'none'))).rejects.toThrow('The file cannot be read (ENOENT).');
  } finally {
    rmSync(folder, { recursive: true });
  }
});
