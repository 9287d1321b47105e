import { createRefreshIncidentJob } from '../../jobs/refresh-incident';
import { type Core, cardOf, createCore } from '../support/core';
import { exampleBookmark } from '../support/example-bookmark';

let core: Core;
beforeAll(async () => {
  core = await createCore();
});
beforeEach(async () => {
  await core.reset();
  await core.say('new Spray --description "Many accounts, one address"');
});
afterAll(() => core.close());

async function keepBookmarks(count: number, hunt = 'H-1'): Promise<void> {
  for (let done = 0; done < count; done++) {
    const number = await core.stores.next('bookmark');
    const found = { hunt, tactics: ['CredentialAccess' as const], techniques: ['T1110'] };
    await core.stores.bookmarks.insert(exampleBookmark(number, found));
  }
}

test('an incident of a hunt takes the bookmarks that are in none yet', async () => {
  await keepBookmarks(3);
  await core.say('incident new H-1 B-2 --severity medium');
  expect(cardOf(await core.say('incident new H-1 --title "The rest" --severity high')).title).toBe(
    'Opened I-2 · The rest',
  );
  expect(await core.stores.incidents.get('I-1')).toMatchObject({
    title: 'Rows 2',
    bookmarks: ['B-2'],
    severity: 'Medium',
  });
  expect(await core.stores.incidents.get('I-2')).toMatchObject({
    bookmarks: ['B-1', 'B-3'],
    hunts: ['H-1'],
    tactics: ['CredentialAccess'],
    description: 'Many accounts, one address',
  });
  expect((await core.stores.bookmarks.get('B-1'))?.incidents).toEqual(['I-2']);
  expect(JSON.stringify(cardOf(await core.say('show H-1')))).toContain('2 incidents');
});

test('twenty bookmarks are the bound, said before anything is written', async () => {
  await keepBookmarks(21);
  expect(cardOf(await core.say('incident new H-1 --severity medium')).title).toContain('20 bookmarks');
  expect(await core.stores.incidents.count()).toBe(0);
  await core.say(`incident new H-1 ${Array.from({ length: 20 }, (_, i) => `B-${i + 1}`).join(' ')} --severity medium`);
  expect(cardOf(await core.say('incident add I-1 B-21')).title).toContain('20 bookmarks');
  expect((await core.stores.bookmarks.get('B-21'))?.incidents).toBeUndefined();
});

test('an open incident of the same title is told first', async () => {
  await keepBookmarks(2);
  await core.say('incident new H-1 B-1 --title Spray');
  const card = cardOf(await core.say('incident new H-1 B-2 --title spray'));
  expect(card.title).toBe('I-1 “Spray” is open already');
  await core.press('incident add', { incident: 'I-1', bookmarks: ['B-2'] });
  expect((await core.stores.incidents.get('I-1'))?.bookmarks).toEqual(['B-1', 'B-2']);
  await core.say('incident remove I-1 B-1');
  expect((await core.stores.bookmarks.get('B-1'))?.incidents).toEqual([]);
});

test('its form comes filled', async () => {
  await keepBookmarks(1);
  const reply = await core.press('incident new', { hunt: 'H-1' });
  if (reply.kind !== 'form') throw new Error(reply.kind);
  const value = (name: string) => reply.form.fields.find((one) => one.name === name)?.value;
  expect([value('bookmarks'), value('title'), value('tactics'), value('techniques')]).toEqual([
    'B-1',
    'Rows 1',
    'CredentialAccess',
    'T1110',
  ]);
});

test.each([
  ['true-positive', 'TruePositive', 'SuspiciousActivity'],
  ['TruePositive', 'TruePositive', 'SuspiciousActivity'],
  ['Undetermined', 'Undetermined', undefined],
  ['FalsePositive --reason InaccurateData', 'FalsePositive', 'InaccurateData'],
])('closing as %s', async (said, classification, reason) => {
  await core.say('incident new H-1 --severity medium');
  const reply = await core.say(`incident close I-1 ${said}`);
  const closed = await core.stores.incidents.get('I-1');
  if (said === 'true-positive') expect(JSON.stringify(reply)).toContain('is not one of');
  else
    expect(closed).toMatchObject({
      status: 'Closed',
      classification,
      ...(reason ? { classificationReason: reason } : {}),
    });
});

test('a reason that Sentinel would refuse is refused here', async () => {
  await core.say('incident new H-1 --severity medium');
  expect(cardOf(await core.say('incident close I-1 FalsePositive')).title).toContain(
    'IncorrectAlertLogic or InaccurateData',
  );
  expect(cardOf(await core.say('incident close I-1 TruePositive --reason InaccurateData')).title).toContain(
    'goes with SuspiciousActivity',
  );
  expect((await core.stores.incidents.get('I-1'))?.status).toBe('New');
});

test('tasks are ticked by who did them, comments are kept, and it is reopened without its verdict', async () => {
  await core.say('incident new H-1 --severity medium');
  await core.say('incident task I-1 Reset the accounts');
  await core.say('incident done I-1 1');
  await core.say('incident comment I-1 Done by the desk');
  await core.say('incident close I-1 TruePositive');
  await core.press('incident reopen', { incident: 'I-1' });
  const incident = await core.stores.incidents.get('I-1');
  expect(incident?.tasks[0]).toMatchObject({ done: true, by: { name: 'Ada Night' } });
  expect(incident?.comments[0]).toMatchObject({ text: 'Done by the desk' });
  expect(incident).toMatchObject({ status: 'Active' });
  expect(incident?.classification).toBeUndefined();
});

test('in a thread of its own its key may be left out and a plain reply is a comment, once', async () => {
  await core.say('incident new H-1 --severity medium');
  await core.press('incident thread', { incident: 'I-1' });
  const post = core.chat.posts.find((one) => one.key?.startsWith('incident.I-1'));
  const thread = { platform: 'web' as const, tenant: 'local', channel: 'hunting', root: post?.message.id ?? '' };
  const reply = { id: 'x1', thread, addressed: 'no' as const, messageId: 'm77' };
  expect(await core.say('The firewall blocks it', reply)).toMatchObject({ kind: 'sign', sign: 'kept' });
  await core.say('The firewall blocks it', { ...reply, id: 'x2' });
  await core.say('incident update --severity high', { thread });
  const incident = await core.stores.incidents.get('I-1');
  expect(incident?.comments.map((one) => one.text)).toEqual(['The firewall blocks it']);
  expect(incident?.severity).toBe('High');
  const deps = {
    stores: core.stores,
    chats: new Map([['web' as const, core.chat]]),
    log: { info() {}, warn() {}, error() {} },
  };
  await createRefreshIncidentJob(deps).run(
    { incident: 'I-1' },
    { signal: new AbortController().signal, attempt: 1, lastAttempt: false },
  );
  expect(JSON.stringify(post?.card)).toContain('The firewall blocks it');
});

test('a deleted incident lets its bookmarks go, and comes back with them', async () => {
  await keepBookmarks(1);
  await core.say('incident new H-1 B-1 --severity medium');
  await core.press('incident delete', { incident: 'I-1', confirmed: 'yes' });
  expect((await core.stores.bookmarks.get('B-1'))?.incidents).toEqual([]);
  expect(cardOf(await core.say('incidents')).title).toBe('No incidents yet');
  await core.press('incident restore', { incident: 'I-1' });
  expect((await core.stores.bookmarks.get('B-1'))?.incidents).toEqual(['I-1']);
});

test('what happened to it stands in the hunt’s timeline', async () => {
  await core.say('incident new H-1 --severity medium');
  await core.say('incident update I-1 --severity low');
  const lines = await core.stores.changes.find({ where: { subject: { is: 'I-1' } } });
  expect(lines).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ what: 'made an incident' }),
      expect.objectContaining({ what: 'changed the incident', before: 'severity: Medium', after: 'severity: Low' }),
    ]),
  );
});

test('one press takes an incident, without a form', async () => {
  await core.say('incident new H-1 --severity medium');
  const reply = await core.press('incident update', { incident: 'I-1', owner: 'me', quick: 'yes' });
  expect(reply.kind).toBe('replace');
  expect(await core.stores.incidents.get('I-1')).toMatchObject({ owner: { name: 'Ada Night' }, status: 'Active' });
});
