import { type Core, cardOf, createCore } from '../support/core';

let core: Core;

beforeAll(async () => {
  core = await createCore();
});
beforeEach(() => core.reset());
afterAll(() => core.close());

test('a hunt like an earlier one is told what came of that, by technique, address and words', async () => {
  expect(
    (await core.say('new Beacons of a printer --description "It calls 198.51.100.7" --techniques T1071.001')).kind,
  ).toBe('nothing');
  await core.say('hypothesis H-1 invalidated --because "The vendor’s update server"');
  expect((await core.say('new Odd scheduled tasks')).kind).toBe('nothing');
  const card = cardOf(await core.say('new Who else calls 198.51.100[.]7 --techniques T1071'));
  expect(card.title).toBe('Before “Who else calls 198.51.100[.]7” begins: 1 earlier hunt looks like it');
  expect(await core.stores.hunts.get('H-3')).toBeNull();
  const text = JSON.stringify(card);
  expect(text).toContain('Invalidated: The vendor’s update server');
  expect(text).toContain('Alike: 198.51.100.7, T1071');
  expect(text).not.toContain('H-2');
  const begin = card.blocks.flatMap((block) => (block.type === 'actions' ? block.buttons : []))[0];
  if (!begin || !('command' in begin)) throw new Error('no button');
  expect((await core.press(begin.command, begin.args as Record<string, string>)).kind).toBe('nothing');
  expect(await core.stores.hunts.get('H-3')).toMatchObject({
    name: 'Who else calls 198.51.100[.]7',
    techniques: ['T1071'],
  });
});

test('a template puts the hypothesis into words, in the form and when all is typed', async () => {
  const said = '--template able --actor "an outsider" --behaviour "guesses passwords" --location "the VPN"';
  const reply = await core.say(`new ${said}`);
  if (reply.kind !== 'form') throw new Error(reply.kind);
  const value = (name: string) => reply.form.fields.find((field) => field.name === name)?.value;
  expect(value('name')).toBe('An outsider: guesses passwords in the VPN');
  expect(value('description')).toContain('Evidence: (what would show it?)');
  await core.say(`new Guessing ${said}`);
  expect((await core.stores.hunts.get('H-1'))?.description).toContain(
    'an outsider does this in the VPN: guesses passwords',
  );
});

test('a hunt like H-1 has its words and its queries, as they were changed there', async () => {
  await core.say('query new Spray --kql "SigninLogs | take 1"');
  await core.say('new Spray --labels vpn --queries Q-1');
  await core.say('query edit H-1/Q-1 --kql "SigninLogs | take 2"');
  const reply = await core.say('new --like H-1');
  if (reply.kind !== 'form') throw new Error(reply.kind);
  expect(reply.form.fields.find((field) => field.name === 'labels')?.value).toBe('vpn');
  await core.submit('new', { name: 'Spray again', labels: 'vpn' }, reply.form.args);
  expect(await core.stores.queries.get('H-2/Q-1')).toMatchObject({ text: 'SigninLogs | take 2', source: 'Q-1' });
});

test('a template suggests queries by words and techniques, and its button opens the filled form', async () => {
  await core.say('query new Password spray on the gateway --kql "SigninLogs | take 1" --techniques T1110.003');
  await core.say('query new Odd tasks --kql "DeviceEvents | take 1" --techniques T1053');
  const card = cardOf(
    await core.say('template campaign --actor "Night Owl" --behaviour "password spray" --location "the gateway"'),
  );
  expect(card.title).toBe('Night Owl: password spray');
  const select = card.blocks.find((block) => block.type === 'select');
  expect(select).toMatchObject({ field: 'queries', chosen: ['Q-1'] });
  const button = card.blocks.flatMap((block) => (block.type === 'actions' ? block.buttons : []))[0];
  if (!button || !('command' in button)) throw new Error('no button');
  expect(JSON.stringify(button.args).length).toBeLessThan(1500);
  const reply = await core.press(button.command, button.args, { queries: ['Q-1'] });
  if (reply.kind !== 'form') throw new Error(reply.kind);
  const value = (name: string) => reply.form.fields.find((field) => field.name === name)?.value;
  expect([value('techniques'), value('queries')]).toEqual(['T1110.003', 'Q-1']);
});
