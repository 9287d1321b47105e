import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readStixBundle } from '../../../src/content/attack/read-stix-bundle';
import { attackInUse } from '../../../src/hunting/attack-in-use';
import { attackAtStart, forgetAttack, keepAttack } from '../../../src/hunting/load-attack';
import { ownStixBundle } from '../../content/own-stix-bundle';
import { type Core, cardOf, createCore } from '../../support/core';

let core: Core;
let folder: string;
let file: string;
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'talbot-attack-'));
  file = path.join(folder, 'enterprise-attack.json');
  writeFileSync(file, JSON.stringify(ownStixBundle()));
  core = await createCore({ attackFile: file });
});
beforeEach(() => core.reset());
afterAll(async () => {
  await core.close();
  rmSync(folder, { recursive: true });
});

const said = async (words: string) => JSON.stringify(cardOf(await core.say(words)));

test('a newer ATT&CK is used at once, and what queries name and it lacks is said', async () => {
  await core.submit('query new', { name: 'a', kql: 'SigninLogs', techniques: 'T1621, T1556, T1110' });
  const card = await said('attack load');
  expect(card).toContain('ATT&CK 99.1 in place of 18.1');
  expect(card).toContain('T1621, named by 1: now T9001 Dozing');
  expect(card).toContain('T1556, named by 1: nothing took its place');
  const map = await said('coverage');
  expect(map).toContain('ATT&CK: 2 of 2 techniques covered');
  expect(map).toContain('Counted under their new ids: T1621 (now T9001)');
  expect(map).toContain('T1556 (named by 1)');
  expect(await said('coverage long sleep')).toContain('Long Sleep: 1 of 1 techniques covered');
  expect(await said('attack')).toContain('ATT&CK Enterprise 99.1');
  expect((await core.submit('query new', { name: 'b', kql: 'SigninLogs', tactics: 'long-sleep' })).kind).toBe('card');
});

test('loading it twice keeps one, and Talbot’s own comes back', async () => {
  await core.say('attack load');
  expect(await said('attack load')).toContain('0 ids new, 0 ids gone');
  expect(await core.stores.settings.count()).toBe(2);
  expect(await said('attack load --own')).toContain('ATT&CK 18.1 in place of 99.1');
  expect(await core.stores.settings.count()).toBe(0);
  expect((await attackInUse(core)).version).toBe('18.1');
});

test('gaps are ranked by how often a technique is used, where the data says so', async () => {
  await keepAttack(core, readStixBundle(ownStixBundle()));
  const card = await said('coverage');
  expect(card).toMatch(/T1110 Brute Force: [^•]*used by 2.*T9001 Dozing/);
  expect(card).toContain('ranked by how many groups');
});

test('only administrators load it', async () => {
  core.roles.set('ada', 'lead');
  expect(await said('attack load')).toContain('needs more than your role');
});

test('the first start reads the file, a later one leaves what was loaded, a broken file is said', async () => {
  expect(await attackAtStart(core, undefined)).toBeUndefined();
  expect(await attackAtStart(core, path.join(folder, 'none'))).toContain(
    'TALBOT_ATTACK was not read; ATT&CK 18.1 is used.',
  );
  expect(await attackAtStart(core, file)).toContain('ATT&CK 99.1 was read');
  expect(await attackAtStart(core, path.join(folder, 'none'))).toBeUndefined();
  await forgetAttack(core);
});
