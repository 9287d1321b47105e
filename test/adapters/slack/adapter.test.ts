import { createSlackAdapter } from '../../../adapters/slack/app';
import type { Card } from '../../../src/chat/card';
import type { Form } from '../../../src/chat/form';
import type { Inbound } from '../../../src/chat/inbound';
import type { Reply } from '../../../src/chat/reply';
import { deliverByHttp } from '../../fakes/slack/delivery';
import { wordsOf } from '../../fakes/slack/read-message';
import { ScriptedDispatcher } from '../../fakes/slack/scripted-dispatcher';
import { type SlackHouse, startSlackHouse } from '../../fakes/slack/start-slack-house';

const huntCard: Card = {
  title: 'H-1 Odd logons',
  tone: 'progress',
  blocks: [
    { type: 'facts', facts: [{ label: 'Status', value: 'active' }] },
    {
      type: 'select',
      field: 'queries',
      label: 'Queries',
      several: true,
      act: 'wait',
      options: [
        { value: 'Q-1', label: 'Rare parents' },
        { value: 'Q-2', label: 'Odd hours' },
      ],
    },
    {
      type: 'select',
      field: 'status',
      label: 'Change status',
      act: { command: 'status', args: { hunt: 'H-1' } },
      options: [
        { value: 'active', label: 'Active' },
        { value: 'closed', label: 'Closed' },
      ],
      chosen: ['active'],
    },
    {
      type: 'actions',
      buttons: [
        { label: 'Run', command: 'run', args: { hunt: 'H-1' }, opens: 'nothing', style: 'primary' },
        { label: 'Edit', command: 'edit', args: { hunt: 'H-1' }, opens: 'form' },
        { label: 'Slow', command: 'slow', args: {}, opens: 'form' },
      ],
    },
  ],
};

const editForm: Form = {
  command: 'edit',
  title: 'Edit hunt',
  submit: 'Save',
  args: { hunt: 'H-1' },
  intro: 'Everyone in the thread sees the change.',
  fields: [
    { name: 'name', label: 'Name', required: true, value: 'Odd logons', control: { type: 'text', max: 100 } },
    {
      name: 'status',
      label: 'Status',
      required: true,
      value: 'active',
      control: {
        type: 'choice',
        options: [
          { value: 'active', label: 'Active' },
          { value: 'closed', label: 'Closed' },
        ],
      },
    },
    {
      name: 'tactics',
      label: 'Tactics',
      required: false,
      control: { type: 'choices', options: [{ value: 'TA0001', label: 'Initial access' }] },
    },
    { name: 'quiet', label: 'Quiet', required: false, control: { type: 'switch' } },
    { name: 'owner', label: 'Owner', required: false, value: 'U2', control: { type: 'person' } },
    {
      name: 'kql',
      label: 'Query',
      required: true,
      value: 'A\n'.repeat(4000).trim(),
      control: { type: 'lines', max: 50_000 },
    },
  ],
};

let failFields = true;

function script(inbound: Inbound): Reply | Promise<Reply> {
  const simple = (title: string): Card => ({ title, blocks: [{ type: 'text', text: 'body' }] });
  if (inbound.kind === 'edited') return { kind: 'sign', sign: 'changed', messageId: inbound.messageId };
  if (inbound.kind === 'deleted') return { kind: 'sign', sign: 'withdrawn', messageId: inbound.messageId };
  if (inbound.kind === 'form') {
    if (inbound.command === 'slow') {
      return new Promise((resolve) => setTimeout(resolve, 2500, { kind: 'field-errors', errors: { name: 'taken' } }));
    }
    if (failFields) return { kind: 'field-errors', errors: { name: 'too plain', form: 'and late' } };
    return { kind: 'replace', card: simple('H-1 edited') };
  }
  if (inbound.kind === 'press') {
    if (inbound.command === 'edit') return { kind: 'form', form: editForm };
    if (inbound.command === 'slow')
      return { kind: 'form', form: { ...editForm, command: 'slow', fields: editForm.fields.slice(0, 1) } };
    if (inbound.command === 'status') return { kind: 'replace', card: simple(`now ${String(inbound.values.status)}`) };
    return { kind: 'card', to: 'everyone', card: simple(`${inbound.command} done`) };
  }
  if (inbound.addressed === 'no') return { kind: 'sign', sign: 'kept', messageId: inbound.messageId ?? '' };
  if (inbound.text.startsWith('show')) return { kind: 'card', to: 'everyone', card: huntCard };
  if (inbound.text.startsWith('whisper')) return { kind: 'card', to: 'asker', card: huntCard };
  if (inbound.text.startsWith('edit')) return { kind: 'form', form: editForm };
  if (inbound.text.startsWith('export')) {
    const file = {
      name: 'rows.csv',
      mime: 'text/csv',
      bytes: Buffer.from('a,b\n1,2\n'),
      url: 'https://talbot.example/f/1',
    };
    return { kind: 'file', file, card: { title: 'R-1 as CSV', blocks: [{ type: 'note', text: '1 row' }] } };
  }
  return { kind: 'card', to: 'everyone', card: simple(`heard ${inbound.text}`) };
}

describe.each(['http', 'socket'] as const)('over %s', (transport) => {
  let house: SlackHouse;
  let dispatcher: ScriptedDispatcher;

  beforeEach(async () => {
    failFields = true;
    dispatcher = new ScriptedDispatcher(script);
    house = await startSlackHouse(dispatcher, transport);
  });

  afterEach(() => house.close());

  function first(channel: string) {
    return house.slack.until(() => house.slack.messages(channel).find((message) => message.bot_id !== undefined));
  }

  test('a slash command is acknowledged empty and answered in the channel, in the name of who typed it', async () => {
    const { slack } = house;
    const delivered = await slack.user('U1').command('C1', '/hunt show H-1 “quoted” & <@U2>');
    expect(delivered).toEqual({ status: 200, body: {} });
    const message = await first('C1');
    expect(wordsOf(message)).toContain('H-1 Odd logons');
    expect(dispatcher.heard).toMatchObject([
      {
        kind: 'text',
        text: 'show H-1 “quoted” & @Grace.Hopper',
        addressed: 'yes',
        actor: { platform: 'slack', tenant: 'T0HUNT', id: 'U1', name: 'Ada Lovelace', timeZone: 'Europe/London' },
        thread: { platform: 'slack', tenant: 'T0HUNT', channel: 'C1' },
        mentions: { '@Grace.Hopper': { id: 'U2', name: 'Grace Hopper' } },
      },
    ]);
  });

  test('buttons and selects come back with their values, and answers hang under the card', async () => {
    const { slack } = house;
    const ada = slack.user('U1');
    await ada.command('C1', '/hunt show');
    const card = await first('C1');
    await ada.choose(card, 'Queries', 'Odd hours', 'Q-1');
    await ada.press(card, 'Run');
    const answer = await slack.until(() => slack.messages('C1', card.ts).find((message) => message.ts !== card.ts));
    expect(answer.thread_ts).toBe(card.ts);
    const press = dispatcher.heard.at(-1);
    expect(press).toMatchObject({
      kind: 'press',
      command: 'run',
      args: { hunt: 'H-1' },
      values: { queries: ['Q-2', 'Q-1'] },
    });
    expect(press?.thread.root).toBe(card.ts);
    await ada.choose(card, 'Change status', 'Closed');
    await slack.until(() => card.edits === 1 && wordsOf(card).includes('now closed'));
  });

  test('a card for the asker alone is ephemeral, and is replaced where it stands', async () => {
    const { slack } = house;
    const ada = slack.user('U1');
    await ada.command('C1', '/hunt whisper');
    const card = await slack.until(() => slack.ephemerals('C1')[0]);
    expect(card.ephemeralFor).toBe('U1');
    await ada.choose(card, 'Change status', 'closed');
    await slack.until(() => wordsOf(card).includes('now closed'));
    expect(slack.messages('C1')).toEqual([]);
  });

  test('a form opens, shows its faults beside the fields, keeps long text whole and is saved', async () => {
    const { slack } = house;
    const ada = slack.user('U1');
    await ada.command('C1', '/hunt show');
    const card = await first('C1');
    await ada.press(card, 'Edit');
    await slack.until(() => ada.view());
    const refused = await ada.submit({ name: 'x', tactics: ['TA0001'] });
    expect(refused.body).toEqual({ response_action: 'errors', errors: { name: 'too plain · and late' } });
    failFields = false;
    expect((await ada.submit({ name: 'Better', status: 'closed', quiet: 'true' })).body).toEqual({});
    await slack.until(() => wordsOf(card).includes('H-1 edited'));
    expect(dispatcher.heard.at(-1)).toMatchObject({
      kind: 'form',
      command: 'edit',
      args: { hunt: 'H-1' },
      thread: { channel: 'C1', root: card.ts },
      message: { id: card.ts },
      mentions: { U2: { id: 'U2', name: 'Grace Hopper' } },
      values: {
        name: 'Better',
        status: 'closed',
        tactics: [],
        quiet: 'true',
        owner: 'U2',
        kql: 'A\n'.repeat(4000).trim(),
      },
    });
  });

  test('a form that a slash command opened is answered to everyone, for no card was pressed', async () => {
    const { slack } = house;
    const ada = slack.user('U1');
    failFields = false;
    await ada.command('C1', '/hunt edit H-1');
    await slack.until(() => ada.view());
    await ada.submit();
    expect(wordsOf(await first('C1'))).toContain('H-1 edited');
    expect(slack.ephemerals('C1')).toEqual([]);
  });

  test('faults found too late for the form are told in words', async () => {
    const { slack } = house;
    const ada = slack.user('U1');
    await ada.command('C1', '/hunt show');
    await ada.press(await first('C1'), 'Slow');
    await slack.until(() => ada.view());
    expect((await ada.submit()).body).toEqual({});
    const told = await slack.until(() => slack.ephemerals('C1')[0]);
    expect(wordsOf(told)).toContain('taken');
  });

  test('a mention is heard once; without a trigger it gets a button that opens the form', async () => {
    const { slack } = house;
    const ada = slack.user('U1');
    await ada.say('C1', '@Talbot edit H-1');
    const card = await slack.until(() => slack.ephemerals('C1')[0]);
    expect(dispatcher.heard).toMatchObject([{ kind: 'text', text: 'edit H-1', addressed: 'yes' }]);
    await ada.press(card, 'Open the form');
    await slack.until(() => ada.view());
  });

  test('a reply in a thread is plain words, kept with a sign; edits and deletions follow; a redelivery changes nothing', async () => {
    const { slack } = house;
    const grace = slack.user('U2');
    await grace.command('C1', '/hunt show');
    const card = await first('C1');
    const reply = await grace.say('C1', 'see https://evil.example/a?b=1&c and contoso.com, <@U1> & “co”', card.ts);
    await slack.until(() => reply.reactions.feet);
    expect(dispatcher.heard.at(-1)).toMatchObject({
      addressed: 'no',
      messageId: reply.ts,
      text: 'see https://evil.example/a?b=1&c and contoso.com, @Ada.Lovelace & “co”',
      mentions: { '@Ada.Lovelace': { id: 'U1', name: 'Ada Lovelace' } },
      thread: { root: card.ts },
    });
    await grace.edit(reply, 'see nothing');
    await slack.until(() => reply.reactions.pencil2);
    expect(dispatcher.heard.at(-1)).toMatchObject({
      kind: 'edited',
      messageId: reply.ts,
      text: 'see nothing',
      actor: { id: 'U2' },
    });
    const heard = dispatcher.heard.length;
    const newest = slack.events.findLast((event) => (event.payload.event as { user?: string }).user === 'U2');
    await slack.redeliver(newest?.id ?? '');
    await grace.remove(reply);
    await slack.until(() => dispatcher.heard.length > heard);
    expect(dispatcher.heard.slice(heard)).toMatchObject([
      { kind: 'deleted', messageId: reply.ts, actor: { id: 'U2' } },
    ]);
  });

  test('`!word` in a thread and words in a direct message are meant for Talbot; its own messages are not heard', async () => {
    const { slack } = house;
    const ada = slack.user('U1');
    await ada.command('C1', '/hunt show');
    const card = await first('C1');
    await ada.say('C1', '!list all', card.ts);
    await slack.until(() =>
      slack.messages('C1', card.ts).find((message) => wordsOf(message).includes('heard list all')),
    );
    await ada.tell('list\n```\nSigninLogs\n| take 5\n```');
    const direct = await first('D1');
    expect(wordsOf(direct)).toContain('SigninLogs');
    expect(dispatcher.heard.slice(1)).toMatchObject([
      { addressed: 'yes', text: 'list all', thread: { root: card.ts } },
      { addressed: 'direct', text: 'list\nSigninLogs\n| take 5', thread: { channel: 'D1', direct: true } },
    ]);
  });

  test('a file is uploaded, and given as a link where Slack takes none', async () => {
    const { slack } = house;
    const ada = slack.user('U1');
    await ada.command('C1', '/hunt export');
    await slack.until(() => slack.messages('C1').some((message) => wordsOf(message).includes('1 row')));
    expect(slack.files()).toMatchObject([{ name: 'rows.csv', channel: 'C1' }]);
    expect(slack.files()[0]?.bytes.toString()).toBe('a,b\n1,2\n');
    slack.failNext('files.getUploadURLExternal', { error: 'missing_scope' });
    await ada.command('C1', '/hunt export');
    await slack.until(() => slack.messages('C1').some((message) => wordsOf(message).includes('Download')));
  });

  test('where Talbot is no member, a slash command is answered all the same', async () => {
    const { slack } = house;
    slack.addChannel('C9', { private: true, bot: false });
    await slack.user('U1').command('C9', '/hunt show');
    expect(wordsOf(await first('C9'))).toContain('H-1 Odd logons');
  });

  test('an expired trigger leads to a button that opens the form', async () => {
    const { slack } = house;
    const ada = slack.user('U1');
    slack.failNext('views.open', { error: 'expired_trigger_id' });
    await ada.command('C1', '/hunt edit H-1');
    const card = await slack.until(() => slack.ephemerals('C1')[0]);
    await ada.press(card, 'Open the form');
    await slack.until(() => ada.view());
    expect(house.logged.join()).toContain('opened no form');
  });

  test('the Home tab and the shortcuts', async () => {
    const { slack } = house;
    const ada = slack.user('U1');
    await ada.openHome();
    const home = await slack.until(() => slack.home('U1'));
    expect(wordsOf(home as never)).toContain('heard list');
    await ada.press(home, 'Help');
    await slack.until(() => slack.messages('D1').some((message) => wordsOf(message).includes('help done')));
    const words = await ada.say('C1', 'odd logon at 3');
    await ada.shortcut('comment', words);
    await slack.until(() =>
      slack.messages('C1', words.ts).some((message) => wordsOf(message).includes('comment done')),
    );
    expect(dispatcher.heard.at(-1)).toMatchObject({
      kind: 'press',
      command: 'comment',
      args: { text: 'odd logon at 3' },
    });
  });

  test('what people cannot be named goes by its id', async () => {
    const { slack } = house;
    slack.failNext('users.info', { error: 'internal_error', times: 5 });
    await slack.user('U3').say('C1', '@Talbot show');
    await first('C1');
    expect(dispatcher.heard[0]?.actor).toEqual({ platform: 'slack', tenant: 'T0HUNT', id: 'U3', name: 'U3' });
  });
});

test('a Socket Mode connection that breaks is made anew', async () => {
  const house = await startSlackHouse(new ScriptedDispatcher(script), 'socket');
  const { slack } = house;
  try {
    const opened = () => slack.calls.filter((call) => call.method === 'apps.connections.open').length;
    expect(opened()).toBe(1);
    slack.dropConnections();
    while (opened() < 2 || slack.connections() === 0) await new Promise((resolve) => setTimeout(resolve, 50));
    await slack.user('U1').command('C1', '/hunt show');
    await slack.until(() => slack.messages('C1')[0]);
  } finally {
    await house.close();
  }
});

test('an answer that Slack refuses is no silence', async () => {
  const house = await startSlackHouse(new ScriptedDispatcher(script));
  try {
    house.slack.failNext('chat.postMessage', { error: 'restricted_too_bad' });
    await house.slack.user('U1').command('C1', '/hunt show');
    const told = await house.slack.until(() => house.slack.ephemerals('C1')[0]);
    expect(wordsOf(told)).toContain('restricted_too_bad');
  } finally {
    await house.close();
  }
});

test('what is for the asker alone reaches them where the press was: in the channel, in a thread, in a direct message', async () => {
  const whisper: Card = { title: 'between us', blocks: [] };
  const dispatcher = new ScriptedDispatcher((inbound) =>
    inbound.kind === 'press'
      ? { kind: 'card', to: 'asker', card: whisper }
      : { kind: 'card', to: 'everyone', card: huntCard },
  );
  const house = await startSlackHouse(dispatcher);
  const { slack } = house;
  try {
    const ada = slack.user('U1');
    await ada.command('C1', '/hunt show');
    const top = await slack.until(() => slack.messages('C1')[0]);
    await ada.press(top, 'Run');
    expect((await slack.until(() => slack.ephemerals('C1')[0])).thread_ts).toBeUndefined();
    await ada.say('C1', '@Talbot show', top.ts);
    const under = await slack.until(() => slack.messages('C1', top.ts).find((one) => one.bot_id && one.ts !== top.ts));
    await ada.press(under, 'Run');
    expect((await slack.until(() => slack.ephemerals('C1')[1])).thread_ts).toBe(top.ts);
    await ada.tell('show');
    const direct = await slack.until(() => slack.messages('D1').find((one) => one.bot_id));
    await ada.press(direct, 'Run');
    await slack.until(() => slack.messages('D1', direct.ts).find((one) => wordsOf(one) === 'between us'));
  } finally {
    await house.close();
  }
});

test('acknowledgements do not wait for the work, however much there is', async () => {
  let free: (() => void) | undefined;
  const gate = new Promise<void>((resolve) => {
    free = resolve;
  });
  const dispatcher = new ScriptedDispatcher(() => gate.then(() => ({ kind: 'nothing' as const })));
  const house = await startSlackHouse(dispatcher);
  try {
    const ada = house.slack.user('U1');
    const all = await Promise.all(Array.from({ length: 200 }, (_, index) => ada.command('C1', `/hunt run H-${index}`)));
    expect(all.every((delivered) => delivered.status === 200)).toBe(true);
    free?.();
    await house.adapter.stop();
    expect(dispatcher.heard.length).toBe(200);
  } finally {
    free?.();
    await house.close();
  }
});

test('only requests that Slack signed, and lately, are taken', async () => {
  const dispatcher = new ScriptedDispatcher(script);
  const house = await startSlackHouse(dispatcher);
  try {
    const ada = house.slack.user('U1');
    for (const options of [{ forged: true }, { skew: -301 }, { skew: 302 }]) {
      expect((await ada.command('C1', '/hunt list', options)).status).toBe(401);
    }
    expect((await fetch(house.url, { method: 'POST', body: 'a=b' })).status).toBe(401);
    expect((await ada.command('C1', '/hunt list', { skew: 200 })).status).toBe(200);
    const challenge = { type: 'url_verification', challenge: 'abc' };
    expect(await deliverByHttp(house.url, 'a-signing-secret', 'events_api', challenge)).toMatchObject({
      body: { challenge: 'abc' },
    });
    await house.slack.until(() => house.slack.messages('C1')[0]);
    expect(dispatcher.heard.length).toBe(1);
  } finally {
    await house.close();
  }
});

test('payloads of another shape are named in the log and do nothing', async () => {
  const dispatcher = new ScriptedDispatcher(script);
  const house = await startSlackHouse(dispatcher);
  try {
    await deliverByHttp(house.url, 'a-signing-secret', 'interactive', {
      type: 'block_actions',
      user: { id: 'U1' },
      team: { id: 'T0HUNT' },
      trigger_id: '1',
      container: { type: 'message', message_ts: '1.1', channel_id: 'C1' },
      actions: [{ type: 'button', action_id: 'b0', value: '{"c":5}' }],
    });
    await deliverByHttp(house.url, 'a-signing-secret', 'interactive', {
      type: 'block_actions',
      user: {},
      team: { id: 'T0HUNT' },
      actions: [{ type: 'button', action_id: 'b0' }],
    });
    await house.adapter.stop();
    expect(dispatcher.heard).toEqual([]);
    expect(house.logged.join()).toContain('another shape');
  } finally {
    await house.close();
  }
});

test('a refused token stops the start', async () => {
  const dispatcher = new ScriptedDispatcher(script);
  const house = await startSlackHouse(dispatcher);
  const adapter = createSlackAdapter({
    settings: { ...house.slack.settings('http'), botToken: 'xoxb-other' },
    dispatcher: () => dispatcher,
    clock: { now: () => new Date() },
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
  });
  await expect(adapter.start()).rejects.toThrow('invalid_auth');
  await house.close();
});
