import { createServer, type Server } from 'node:http';
import express from 'express';
import type { ChatAdapter } from '../../../adapters/chat-adapter';
import { createWebAdapter } from '../../../adapters/web/app';
import type { MessageStores } from '../../../adapters/web/message-log';
import type { Log } from '../../../src/log';
import { createDemoDispatcher, type DemoDispatcher } from './demo-dispatcher';
import { createMemoryMessages } from './memory-messages';

export interface DemoServer {
  url: string;
  adapter: ChatAdapter;
  dispatcher: DemoDispatcher;
  logged: { level: string; facts: object; message: string }[];
  close(): Promise<void>;
}

/** The page on a free loopback port, with a scripted core behind it. */
export async function startDemoServer(
  options: { stores?: MessageStores; scripts?: string; port?: number; pause?: number } = {},
): Promise<DemoServer> {
  const logged: DemoServer['logged'] = [];
  const note = (level: string) => (facts: object, message: string) => void logged.push({ level, facts, message });
  const log: Log = { info: note('info'), warn: note('warn'), error: note('error') };
  const dispatcher: DemoDispatcher = createDemoDispatcher(() => adapter.platform, options.pause ?? 60);
  const adapter = createWebAdapter({
    stores: options.stores ?? createMemoryMessages(),
    dispatcher: () => dispatcher,
    clock: { now: () => new Date() },
    log,
    ...(options.scripts !== undefined && { scripts: options.scripts }),
  });
  const app = express();
  adapter.mount(app);
  await adapter.start();
  const server: Server = createServer(app);
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The test server has no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    adapter,
    dispatcher,
    logged,
    async close() {
      await adapter.stop();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
