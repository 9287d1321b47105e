import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { z } from 'zod';
import { createSlackAdapter } from '../../../adapters/slack/app';
import { exampleCard } from '../../fakes/slack/example-card';
import { ScriptedDispatcher } from '../../fakes/slack/scripted-dispatcher';

/** An emulation of Slack's Web API that is not ours: ES modules only, hence in a process of its own. */
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
    cwd: path.resolve(__dirname, '../../..'),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = await once(emulator.stdout ?? emulator, 'data');
  origin = String(line).trim();
});

afterAll(async () => {
  emulator.kill();
  await once(emulator, 'exit');
});

test('cards, threads, marks, signs and files live on another’s emulation of Slack', async () => {
  const adapter = createSlackAdapter({
    settings: { botToken: 'xoxb-any', signingSecret: 'secret', apiUrl: `${origin}/api/` },
    dispatcher: () => new ScriptedDispatcher(() => ({ kind: 'nothing' })),
    clock: { now: () => new Date() },
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
  });
  await adapter.start();
  const { platform } = adapter;
  const { channels } = z
    .object({ channels: z.array(z.object({ id: z.string(), name: z.string() })) })
    .parse(await call('conversations.list', {}));
  const channel = channels.find((one) => one.name === 'hunting')?.id ?? '';
  const thread = { platform: 'slack', tenant: 'T', channel } as const;

  const root = await platform.post(thread, exampleCard, 'card:H-1');
  expect(await platform.find(thread, 'card:H-1')).toMatchObject({ id: root.id });
  await platform.update(root, { ...exampleCard, title: 'H-1 renamed' });
  const under = { ...thread, root: root.id };
  const answer = await platform.post(under, exampleCard, 'deliver:R-1');
  expect(await platform.find(under, 'deliver:R-1')).toMatchObject({ id: answer.id });
  await platform.sign(answer, 'kept');
  await platform.share(
    under,
    { name: 'rows.csv', mime: 'text/csv', bytes: Buffer.from('a\n1\n'), url: 'https://x.example/f' },
    exampleCard,
  );

  const history = JSON.stringify(await call('conversations.replies', { channel, ts: root.id }));
  expect(history).toContain('H-1 renamed');
  expect(history).toContain('rows.csv');
  expect(history).toContain('"feet"');
  await expect(platform.post({ ...thread, channel: 'C000NONE' }, exampleCard)).rejects.toMatchObject({ code: 'gone' });
  await adapter.stop();
});

async function call(method: string, args: Record<string, string>): Promise<unknown> {
  const response = await fetch(`${origin}/api/${method}`, {
    method: 'POST',
    headers: { authorization: 'Bearer xoxb-any', 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(args),
  });
  return response.json();
}
