import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { z } from 'zod';
import { createSlackAdapter } from '../../adapters/slack/app';
import { createTeamsAdapter } from '../../adapters/teams/app';
import { cardToAdaptiveCard } from '../../adapters/teams/render-card';
import { formToAdaptiveCard } from '../../adapters/teams/render-form';
import { playgroundCommand, startPlayground } from '../adapters/teams/start-playground';
import { deliverByHttp } from '../fakes/slack/delivery';
import { RawCard } from '../fakes/teams/check-activity';
import { actionsOf } from '../fakes/teams/read-card';
import { type House, type Logs, openHouse, openLogs } from './house';
import { until } from './web-hunter';

let logs: Logs;
beforeAll(async () => {
  logs = await openLogs();
});
afterAll(() => logs.close());

/** Until this was said, and nothing was logged. */
async function said(house: House, beginning: string): Promise<void> {
  await until(beginning, async () =>
    house.recorder.said.some(({ line }) => line.startsWith(beginning)) ? true : undefined,
  );
  expect(house.logged).toEqual([]);
}

describe('another’s emulation of Slack', () => {
  // ES modules only, hence in a process of its own.
  const script = `
    import { createServer } from 'node:net';
    import { createEmulator } from 'emulate';
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(async () => {
        const emulator = await createEmulator({ service: 'slack', port, seed: { slack: {
          team: { name: 'Hunters', domain: 'hunters' },
          users: [{ name: 'ada', real_name: 'Ada Lovelace', email: 'ada@hunters.example' }],
          channels: [{ name: 'hunting' }],
          bots: [{ name: 'talbot' }],
        } } });
        console.log(emulator.url);
      });
    });
  `;
  let emulator: ChildProcess;
  let origin: string;

  beforeAll(async () => {
    emulator = spawn(process.execPath, ['--input-type=module', '-e', script], {
      cwd: path.resolve(__dirname, '../..'),
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = await once(emulator.stdout ?? emulator, 'data');
    origin = String(line).trim();
  });

  afterAll(async () => {
    emulator.kill();
    await once(emulator, 'exit');
  });

  async function call(method: string, args: Record<string, string>): Promise<unknown> {
    const response = await fetch(`${origin}/api/${method}`, {
      method: 'POST',
      headers: { authorization: 'Bearer xoxb-any', 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams(args),
    });
    return response.json();
  }

  test('a hunt is made, run, bookmarked, discussed and judged there', async () => {
    const signingSecret = 'secret';
    const house = await openHouse({
      engine: logs.engine,
      adapters: (parts) => [
        createSlackAdapter({ ...parts, settings: { botToken: 'xoxb-any', signingSecret, apiUrl: `${origin}/api/` } }),
      ],
    });
    try {
      const Named = z.object({ id: z.string(), name: z.string() });
      const { channels } = z.object({ channels: z.array(Named) }).parse(await call('conversations.list', {}));
      const channel = channels.find(({ name }) => name === 'hunting')?.id ?? '';
      const { members } = z.object({ members: z.array(Named) }).parse(await call('users.list', {}));
      const user = members.find(({ name }) => name === 'ada')?.id ?? '';
      const bot = z.object({ user_id: z.string(), team_id: z.string() }).parse(await call('auth.test', {}));
      const url = `${house.url}/slack/events`;
      let events = 0;

      async function event(root: string, text: string, type: 'app_mention' | 'message'): Promise<string> {
        const sent = z
          .object({ ts: z.string() })
          .parse(await call('chat.postMessage', { channel, text, thread_ts: root }));
        events += 1;
        const message = { type, user, text, ts: sent.ts, thread_ts: root, channel, channel_type: 'channel' };
        const { status } = await deliverByHttp(url, signingSecret, 'events_api', {
          type: 'event_callback',
          team_id: bot.team_id,
          api_app_id: 'A1',
          event_id: `Ev${events}`,
          event_time: 1,
          event: message,
          authorizations: [{ team_id: bot.team_id, user_id: bot.user_id, is_bot: true }],
        });
        expect(status).toBe(200);
        return sent.ts;
      }
      const mention = (root: string, words: string) => event(root, `<@${bot.user_id}> ${words}`, 'app_mention');

      await deliverByHttp(url, signingSecret, 'slash_commands', {
        team_id: bot.team_id,
        channel_id: channel,
        channel_name: 'hunting',
        user_id: user,
        user_name: 'ada',
        command: '/hunt',
        text: 'new Odd sign-ins --queries Q-1',
        api_app_id: 'A1',
        trigger_id: '1.2',
        response_url: `${origin}/response`,
      });
      await said(house, 'posted: H-1 · Odd sign-ins');
      const root = house.recorder.cards[0]?.id ?? '';
      await mention(root, 'run --since 7d');
      await said(house, 'posted: R-1 · 45 rows');
      await mention(root, 'bookmark R-1 1,3 --name "The first tries"');
      await said(house, 'card: Bookmarked B-1');
      await event(root, 'Checked with the service desk', 'message');
      await said(house, 'sign: kept');
      await mention(root, 'export R-1');
      await said(house, 'file: R-1-Q-1.csv');
      await mention(root, 'hypothesis validated --because "two accounts were taken over"');
      await until('the verdict and the file in the thread', async () => {
        const history = JSON.stringify(await call('conversations.replies', { channel, ts: root, limit: '100' }));
        const wanted = [
          'R-1 · 45 rows',
          'B-1 · The first tries',
          'R-1-Q-1.csv',
          'two accounts were taken over',
          '"feet"',
        ];
        return wanted.every((words) => history.includes(words)) ? true : undefined;
      });
      expect(house.logged).toEqual([]);
    } finally {
      await house.close();
    }
  }, 60_000);
});

const command = playgroundCommand();
if (command === undefined) console.warn('left out: @microsoft/m365agentsplayground is not installed');

(command === undefined ? describe.skip : describe)('Microsoft’s Agents Playground', () => {
  test('a hunt is made, run, bookmarked by a form and judged there', async () => {
    const house = await openHouse({
      engine: logs.engine,
      adapters: (parts) => [createTeamsAdapter({ ...parts, settings: {} })],
    });
    const playground = await startPlayground(command ?? '', `${house.url}/api/messages`);
    try {
      const { personalChat, currentUser } = playground.config;

      async function say(text: string): Promise<void> {
        await playground.call(`/_conversation/v1/conversations/${encodeURIComponent(personalChat.id)}/messages`, {
          from: { id: currentUser.id },
          text,
          textFormat: 'plain',
        });
      }
      function execute(message: string, title: string, card: object, inputs: object = {}): Promise<unknown> {
        const action = actionsOf(RawCard.parse(card)).find((each) => each.title === title);
        if (action === undefined) throw new Error(`no ${title}`);
        return playground.call('/_conversation/v1/invoke', {
          name: 'adaptiveCard/action',
          value: {
            action: { type: action.type, verb: action.verb, data: { ...action.data, ...inputs } },
            trigger: 'manual',
          },
          from: { id: currentUser.id },
          conversation: { id: personalChat.id },
          replyToId: message,
        });
      }

      await say('new Odd sign-ins --queries Q-1');
      await said(house, 'posted: H-1 · Odd sign-ins');
      await say('run H-1');
      await said(house, 'posted: R-1 · 45 rows');
      const result = house.recorder.cards.find(
        ({ card }) =>
          card.title.startsWith('R-1 · 45 rows from') || card.blocks.some((block) => block.type === 'table'),
      );
      if (result === undefined) throw new Error('no result card');
      await execute(result.id, 'Bookmark rows', cardToAdaptiveCard(result.card, 'message-without-dialogs'));
      await said(house, 'form: Bookmark rows');
      const message = await until(
        'the form',
        async () =>
          /"do": "submit"[\s\S]*?"statusCode": 201,\s+"body": \{\s+"id": "(\d+)"/.exec(playground.recording())?.[1],
      );
      const actor = house.recorder.heard.at(-1)?.actor;
      if (actor === undefined) throw new Error('nobody was heard');
      const form = formToAdaptiveCard(house.recorder.lastForm(), { in: 'message', asker: actor });
      const { submit } = house.recorder.lastForm();
      expect(JSON.stringify(await execute(message, submit, form, { 'field:rows': '99' }))).toContain(
        'There is no row 99',
      );
      const outcome = JSON.stringify(
        await execute(message, submit, form, { 'field:rows': '1,3', 'field:name': 'The first tries' }),
      );
      expect(outcome).toContain('B-1 · The first tries');
      await say('hypothesis H-1 validated --because "two accounts were taken over"');
      await until('the verdict', async () =>
        playground.recording().includes('two accounts were taken over') ? true : undefined,
      );
      expect(await house.stores.hunts.get('H-1')).toMatchObject({ hypothesis: 'Validated', status: 'Active' });
      expect(house.logged).toEqual([]);
    } finally {
      await playground.stop();
      await house.close();
    }
  }, 60_000);
});
