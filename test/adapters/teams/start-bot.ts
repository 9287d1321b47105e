import { createServer } from 'node:http';
import express from 'express';
import { z } from 'zod';
import type { PictureFiles } from '../../../adapters/chat-adapter';
import { createTeamsAdapter } from '../../../adapters/teams/app';
import type { TeamsSettings } from '../../../adapters/teams/authenticate';
import type { Inbound } from '../../../src/chat/inbound';
import type { Reply } from '../../../src/chat/reply';
import type { Dispatcher } from '../../../src/commands/dispatcher';
import type { ChatPlatform } from '../../../src/ports/chat-platform';

export interface TestBot {
  endpoint: string;
  platform: ChatPlatform;
  /** What the dispatcher was given, in order. */
  inbounds: Inbound[];
  /** Messages of the log's warnings and errors. */
  logged: string[];
  stop(): Promise<void>;
}

/** The Teams adapter on a real server, with a dispatcher that answers as the test says. */
export async function startBot(
  reply: (inbound: Inbound) => Reply | Promise<Reply>,
  options: { settings?: TeamsSettings; invokeMilliseconds?: number; port?: number; pictures?: PictureFiles } = {},
): Promise<TestBot> {
  const { pictures } = options;
  const inbounds: Inbound[] = [];
  const logged: string[] = [];
  const dispatch = async (inbound: Inbound): Promise<Reply> => {
    inbounds.push(inbound);
    return reply(inbound);
  };
  const dispatcher: Dispatcher = {
    dispatch,
    accept: async (inbound) => ({ state: 'settled', reply: await dispatch(inbound) }),
    catalogue: () => [],
  };
  const adapter = createTeamsAdapter({
    settings: options.settings ?? {},
    dispatcher: () => dispatcher,
    clock: { now: () => new Date('2026-03-01T00:00:00Z') },
    log: {
      info: () => {},
      warn: (facts, message) => logged.push(`${message} ${JSON.stringify(facts)}`),
      error: (facts, message) => logged.push(`${message} ${JSON.stringify(facts)}`),
    },
    ...(pictures === undefined ? {} : { pictures: () => pictures }),
    ...(options.invokeMilliseconds === undefined ? {} : { invokeMilliseconds: options.invokeMilliseconds }),
  });
  const http = express();
  adapter.mount(http);
  const server = createServer(http);
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve));
  await adapter.start();
  const { port } = z.object({ port: z.number() }).parse(server.address());
  return {
    endpoint: `http://127.0.0.1:${port}/api/messages`,
    platform: adapter.platform,
    inbounds,
    logged,
    async stop() {
      await adapter.stop();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
