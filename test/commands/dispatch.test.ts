import { cardToText } from '../../src/chat/plain-text';
import { threadUnder } from '../../src/chat/thread-ref';
import { ada, type Core, cardOf, channel, createCore } from '../support/core';

const idleEngine = {
  name: 'duckdb',
  run: async () => ({ columns: [], rows: 0, truncated: false, notes: [] }),
  check: async () => [],
  tables: async () => [],
  close: async () => undefined,
};

let core: Core;
beforeAll(async () => {
  core = await createCore({ engine: idleEngine });
});
beforeEach(() => core.reset());
afterAll(() => core.close());

/** A hunt made by words, and its thread. */
async function startHunt(name = 'Odd sign-ins') {
  await core.say(`new ${name}`);
  const post = core.chat.posts.at(-1);
  if (!post) throw new Error('no card was posted');
  return { id: post.card.title.split(' ')[0] ?? '', thread: threadUnder(post.message) };
}

describe('a hunt from its start to its verdict', () => {
  test('new posts the card whose thread is the hunt’s', async () => {
    const { id, thread } = await startHunt();
    expect(id).toBe('H-1');
    expect(await core.stores.hunts.get('H-1')).toMatchObject({
      name: 'Odd sign-ins',
      status: 'New',
      hypothesis: 'Unknown',
      owner: { name: 'Ada Night' },
    });
    const shown = await core.say('show', { thread });
    expect(cardOf(shown).title).toBe('H-1 · Odd sign-ins');
  });

  test('status, verdict with its reason, owner, close, delete after asking, restore', async () => {
    const { thread } = await startHunt();
    await core.say('status active', { thread });
    expect(
      cardToText(cardOf(await core.say('hypothesis validated --because two accounts taken', { thread }))),
    ).toContain('Validated: two accounts taken');
    await core.say('assign @lee', { thread, mentions: { '@lee': { id: 'lee', name: 'Lee Marsh' } } });
    await core.say('close', { thread });
    expect(await core.stores.hunts.get('H-1')).toMatchObject({
      status: 'Closed',
      hypothesis: 'Validated',
      owner: { id: 'lee' },
    });
    const asked = cardOf(await core.say('delete H-1'));
    expect(asked.title).toBe('Delete H-1 “Odd sign-ins”?');
    expect((await core.stores.hunts.get('H-1'))?.deletedAt).toBeUndefined();
    await core.press('delete', { hunt: 'H-1', confirmed: 'yes' });
    expect(cardOf(await core.say('show H-1')).title).toBe('There is no hunt H-1.');
    await core.press('restore', { hunt: 'H-1' });
    expect(cardOf(await core.say('show H-1')).title).toBe('H-1 · Odd sign-ins');
  });

  test('queries are clones: changing one changes neither the library nor another hunt', async () => {
    await core.say('query new Rare parents --kql "T | take 1" --techniques T1059');
    const first = await startHunt('One');
    const second = await startHunt('Two');
    await core.say('add Q-1', { thread: first.thread });
    await core.say('add Q-1', { thread: second.thread });
    await core.say('query edit H-1/Q-1 --kql "T | take 2"');
    expect((await core.stores.queries.get('H-1/Q-1'))?.text).toBe('T | take 2');
    expect((await core.stores.queries.get('H-2/Q-1'))?.text).toBe('T | take 1');
    expect((await core.stores.queries.get('Q-1'))?.text).toBe('T | take 1');
    expect(cardOf(await core.say('add Q-1', { thread: first.thread })).title).toContain('was there already');
  });

  test('what a button says wins over a select of the same card', async () => {
    await core.say('query new A --kql "T | take 1"');
    const { id } = await startHunt();
    await core.press('add', { hunt: id, queries: ['Q-1'] }, { queries: [] });
    expect((await core.stores.queries.get('H-1/Q-1'))?.name).toBe('A');
    expect(cardOf(await core.press('add', { hunt: id }, { queries: [] })).title).toBe('No query was chosen.');
  });

  test('a run is recorded, named at once, and handed out one job a query', async () => {
    await core.say('query new A --kql "T | take 1"');
    await core.say('query new B --kql "T | take 2"');
    const { thread } = await startHunt();
    await core.say('add Q-1 Q-2', { thread });
    expect(await core.say('run --since 2d', { thread })).toEqual({ kind: 'nothing' });
    expect(core.chat.posts.at(-1)?.card.title).toBe('R-1 · 0 of 2 queries done');
    expect(core.queue.jobs.filter((job) => job.name === 'run-query')).toEqual([
      { name: 'run-query', payload: { run: 'R-1', query: 'Q-1' }, id: 'R-1.Q-1' },
      { name: 'run-query', payload: { run: 'R-1', query: 'Q-2' }, id: 'R-1.Q-2' },
    ]);
    expect(await core.stores.runs.get('R-1')).toMatchObject({
      hunt: 'H-1',
      from: new Date('2026-11-22T12:00:00Z'),
      to: new Date('2026-11-24T12:00:00Z'),
    });
    const cancelled = await core.press('cancel', { run: 'R-1' });
    expect(cardOf(cancelled).title).toBe('R-1 · cancelled by Ada Night, 0 of 2 queries done');
    expect(core.queue.cancelled).toEqual(['R-1.Q-1', 'R-1.Q-2']);
  });
});

describe('comments', () => {
  test('a plain reply is kept once, whatever is redelivered; an edit and a deletion follow it', async () => {
    const { thread } = await startHunt();
    const reply = { thread, addressed: 'no' as const, messageId: 'm9', id: 'same-event' };
    expect(await core.say('Looks like the VPN', reply)).toEqual({ kind: 'sign', sign: 'kept', messageId: 'm9' });
    expect(await core.say('Looks like the VPN', reply)).toEqual({ kind: 'nothing' });
    expect(await core.say('Looks like the VPN', { ...reply, id: 'another-delivery' })).toEqual({ kind: 'nothing' });
    expect(await core.stores.comments.count({})).toBe(1);
    await core.dispatcher.dispatch({
      id: 'e1',
      actor: ada,
      thread,
      kind: 'edited',
      messageId: 'm9',
      text: 'It is the VPN',
    });
    expect(cardToText(cardOf(await core.say('comments', { thread })))).toContain('It is the VPN');
    await core.dispatcher.dispatch({ id: 'e2', actor: ada, thread, kind: 'deleted', messageId: 'm9' });
    expect(cardOf(await core.say('comments', { thread })).title).toBe('No comments in H-1');
    expect((await core.stores.comments.get('C-1'))?.text).toBe('It is the VPN');
  });

  test('in a chat without threads a hunt is at hand, and talk stays talk', async () => {
    const flat = { ...channel, channel: 'group chat', flat: true };
    await core.say('new Group hunt', { thread: flat });
    expect(cardOf(await core.say('show', { thread: flat })).title).toBe('H-1 · Group hunt');
    expect(await core.say('lunch?', { thread: flat, addressed: 'no', messageId: 'm5' })).toEqual({ kind: 'nothing' });
    await core.say('comment Not ours', { thread: flat });
    expect(await core.stores.comments.count()).toBe(1);
  });

  test('whoever may look may also speak: a manager’s reply is a comment', async () => {
    const { thread } = await startHunt();
    core.roles.set('ada', 'reader');
    const reply = { thread, addressed: 'no' as const, messageId: 'm3' };
    expect(await core.say('Tell finance', reply)).toMatchObject({ kind: 'sign', sign: 'kept' });
    expect(await core.stores.comments.count()).toBe(1);
  });

  test('somebody else’s edit of a message changes nothing', async () => {
    const { thread } = await startHunt();
    await core.say('Mine', { thread, addressed: 'no', messageId: 'm9' });
    await core.dispatcher.dispatch({
      id: 'e1',
      actor: { ...ada, id: 'eve', name: 'Eve' },
      thread,
      kind: 'edited',
      messageId: 'm9',
      text: 'Forged',
    });
    expect((await core.stores.comments.get('C-1'))?.text).toBe('Mine');
  });

  test('plain words outside a hunt’s thread are nobody’s business, and in it words after ! are a command', async () => {
    expect(await core.say('good morning', { addressed: 'no' })).toEqual({ kind: 'nothing' });
    const { thread } = await startHunt();
    expect(
      await core.say('status looks odd to me', {
        thread: { ...thread, direct: true },
        addressed: 'direct',
        messageId: 'm1',
      }),
    ).toMatchObject({ kind: 'sign' });
    await core.say('!status closed', { thread: { ...thread, direct: true }, addressed: 'direct' });
    expect((await core.stores.hunts.get('H-1'))?.status).toBe('Closed');
  });
});

describe('who may', () => {
  test('a reader looks and does not touch, by words, by press and by form alike', async () => {
    const { id } = await startHunt();
    core.roles.set('ada', 'reader');
    expect(cardOf(await core.say(`show ${id}`)).title).toBe('H-1 · Odd sign-ins');
    for (const reply of [
      await core.say(`status ${id} closed`),
      await core.press('status', { hunt: id, status: 'Closed' }),
      await core.submit('status', { hunt: id, status: 'Closed' }),
    ])
      expect(cardOf(reply).title).toBe('“status” needs more than your role (reader) allows.');
    expect((await core.stores.hunts.get(id))?.status).toBe('New');
    expect(cardToText(cardOf(await core.say('help')))).not.toContain('assign');
    const refused = await core.stores.audit.find({ where: { outcome: { is: 'refused' } } });
    expect(refused.map((line) => line.command)).toEqual(['status', 'status', 'status']);
  });

  test('a role is granted to a person by mention, and the audit says who did it', async () => {
    const mentions = { '@lee': { id: 'lee', name: 'Lee Marsh' } };
    expect(cardOf(await core.say('role grant @lee hunter', { mentions })).title).toBe(
      'Lee Marsh is hunter now, granted by Ada Night.',
    );
    await core.say('role grant @lee lead', { mentions });
    expect(await core.stores.roles.get('web:local:lee')).toMatchObject({ role: 'lead' });
    expect(cardToText(cardOf(await core.say('roles')))).toContain('Lee Marsh');
    await core.say('role revoke @lee', { mentions });
    expect(await core.stores.roles.count()).toBe(0);
    expect(cardToText(cardOf(await core.say('audit')))).toContain('role revoke');
    core.roles.set('ada', 'lead');
    expect(cardOf(await core.say('audit')).title).toContain('needs more than your role');
  });

  test('an internal command is reached by nobody', async () => {
    expect(cardOf(await core.say('comment revise x')).title).toContain('There is no command');
    expect(cardOf(await core.press('comment withdraw')).title).toContain('older Talbot');
  });
});

describe('what does not fit', () => {
  test('an unknown word gets the nearest commands', async () => {
    const card = cardOf(await core.say('hypotesis validated'));
    expect(card.title).toBe('There is no command “hypotesis”');
    expect(cardToText(card)).toContain('hypothesis');
  });

  test('a missing field opens the form, a bad one names itself', async () => {
    expect(await core.say('new')).toMatchObject({ kind: 'form', form: { command: 'new', title: 'New hunt' } });
    expect(cardToText(cardOf(await core.say('run H-1 --since yesterday')))).toContain('“yesterday” is not a span');
    expect(await core.submit('new', { name: 'x'.repeat(201) })).toEqual({
      kind: 'field-errors',
      errors: { name: 'Name has 201 characters; at most 200 are kept.' },
    });
    expect(await core.submit('new', { name: 'X', queries: 'Q-9' })).toEqual({
      kind: 'field-errors',
      errors: { queries: 'There is no query Q-9.' },
    });
  });

  test('an edit form holds what is there', async () => {
    await startHunt();
    const reply = await core.press('edit', { hunt: 'H-1' });
    if (reply.kind !== 'form') throw new Error('no form');
    expect(reply.form.args).toEqual({ hunt: 'H-1' });
    expect(reply.form.fields.find((one) => one.name === 'name')?.value).toBe('Odd sign-ins');
  });

  test('a fault of our own shows a reference that the log tells about, and nothing else', async () => {
    const find = core.stores.hunts.find;
    core.stores.hunts.find = async () => {
      throw new Error('secret: connection string');
    };
    const card = cardOf(await core.say('list'));
    core.stores.hunts.find = find;
    const text = cardToText(card);
    expect(text).not.toContain('secret');
    const reference = /Reference (\w{8})/.exec(text)?.[1];
    expect(core.logged).toContainEqual(expect.objectContaining({ reference }));
  });

  test('hostile values of a press are read like typed words', async () => {
    expect(cardOf(await core.press('show', { hunt: ['H-1', 'H-2'] })).tone).toBe('warning');
    expect(cardOf(await core.press('results', { run: '__proto__' })).tone).toBe('warning');
    expect(cardOf(await core.press('__proto__')).title).toContain('older Talbot');
    expect((await core.dispatcher.dispatch({ kind: 'text' } as never)).kind).toBe('card');
  });
});

test('link ties a thread of the chat, and a whole channel is refused', async () => {
  await startHunt();
  expect(cardOf(await core.say('link H-1')).title).toBe('A whole channel cannot be tied to a hunt.');
  const other = { ...channel, channel: 'soc', root: 'm77' };
  await core.say('link H-1', { thread: other });
  await core.say('Seen in the SOC too', { thread: other, addressed: 'no', messageId: 'm78' });
  expect(await core.stores.comments.count({ where: { hunt: { is: 'H-1' } } })).toBe(1);
  await core.say('unlink', { thread: other });
  expect(await core.say('unheard', { thread: other, addressed: 'no', messageId: 'm79' })).toEqual({ kind: 'nothing' });
});
