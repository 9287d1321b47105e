import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import type { PictureFiles } from '../../../adapters/chat-adapter';
import { createSlackAdapter } from '../../../adapters/slack/app';
import type { Dispatcher } from '../../../src/commands/dispatcher';
import type { Log } from '../../../src/log';
import { type FakeSlack, startFakeSlack } from './start-fake-slack';

export interface SlackHouse {
  slack: FakeSlack;
  adapter: ReturnType<typeof createSlackAdapter>;
  /** Where signed requests go. */
  url: string;
  /** What was logged as a warning or a fault. */
  logged: string[];
  close(): Promise<void>;
}

/** The real adapter on a fake Slack, with a given dispatcher behind it. */
export async function startSlackHouse(
  dispatcher: Dispatcher,
  transport: 'http' | 'socket' = 'http',
  pictures?: PictureFiles,
): Promise<SlackHouse> {
  const slack = await startFakeSlack();
  const logged: string[] = [];
  const log: Log = {
    info: () => undefined,
    warn: (facts, message) => logged.push(`${message} ${detail(facts)}`),
    error: (facts, message) => logged.push(`${message} ${detail(facts)}`),
  };
  const adapter = createSlackAdapter({
    settings: slack.settings(transport),
    dispatcher: () => dispatcher,
    clock: { now: () => new Date() },
    log,
    ...(pictures ? { pictures: () => pictures } : {}),
    pictureWaits: [1, 1, 1],
  });
  const http = express();
  adapter.mount(http);
  const server = await new Promise<Server>((resolve) => {
    const listening = http.listen(0, '127.0.0.1', () => resolve(listening));
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/slack/events`;
  slack.connect(url);
  await adapter.start();
  return {
    slack,
    adapter,
    url,
    logged,
    async close() {
      await adapter.stop();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await slack.stop();
    },
  };
}

function detail(facts: object): string {
  return 'err' in facts && facts.err instanceof Error ? facts.err.message : JSON.stringify(facts);
}
