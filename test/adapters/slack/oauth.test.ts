import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { createSlackAdapter } from '../../../adapters/slack/app';
import type { SlackInstallation } from '../../../adapters/slack/workspaces';
import { wordsOf } from '../../fakes/slack/read-message';
import { ScriptedDispatcher } from '../../fakes/slack/scripted-dispatcher';
import { startFakeSlack } from '../../fakes/slack/start-fake-slack';

test('a workspace installs Talbot by OAuth, is answered with its own token, and is forgotten when it leaves', async () => {
  const slack = await startFakeSlack();
  const kept = new Map<string, SlackInstallation>();
  const { apiUrl, signingSecret } = slack.settings('http');
  const adapter = createSlackAdapter({
    settings: {
      apiUrl,
      signingSecret,
      publicUrl: 'https://talbot.example',
      oauth: { clientId: '1.2', clientSecret: 'client-secret', stateSecret: 'state-secret' },
    },
    installations: {
      save: async (installation) => void kept.set(installation.team, installation),
      find: async (team) => kept.get(team),
      remove: async (team) => void kept.delete(team),
    },
    dispatcher: () =>
      new ScriptedDispatcher(() => ({ kind: 'card', to: 'everyone', card: { title: 'heard', blocks: [] } })),
    clock: { now: () => new Date() },
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
  });
  const http = express();
  adapter.mount(http);
  const server = await new Promise<Server>((resolve) => {
    const listening = http.listen(0, '127.0.0.1', () => resolve(listening));
  });
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  slack.connect(`${origin}/slack/events`);
  await adapter.start();

  const install = await fetch(`${origin}/slack/install`, { redirect: 'manual' });
  const authorise = new URL(install.headers.get('location') ?? '');
  expect(authorise.searchParams.get('redirect_uri')).toBe('https://talbot.example/slack/oauth_redirect');
  expect(authorise.searchParams.get('scope')).toContain('chat:write');
  const cookie = (install.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  const back = `${origin}/slack/oauth_redirect?code=good&state=${encodeURIComponent(authorise.searchParams.get('state') ?? '')}`;
  expect((await fetch(`${origin}/slack/oauth_redirect?code=good&state=forged`, { headers: { cookie } })).ok).toBe(
    false,
  );
  expect(kept.size).toBe(0);
  expect((await fetch(back, { headers: { cookie } })).ok).toBe(true);
  expect(kept.get('T0HUNT')).toEqual({ team: 'T0HUNT', botToken: 'xoxb-fake', botUserId: 'UTALBOT', botId: 'BTALBOT' });

  await slack.user('U1').command('C1', '/hunt list');
  expect(wordsOf(await slack.until(() => slack.messages('C1')[0]))).toBe('heard');
  await slack.uninstall();
  await adapter.stop();
  expect(kept.size).toBe(0);
  await new Promise((resolve) => server.close(resolve));
  server.closeAllConnections();
  await slack.stop();
});
