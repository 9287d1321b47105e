import type { Express } from 'express';
import type { Dispatcher } from '../src/commands/dispatcher';
import type { Log } from '../src/log';
import type { ChatPlatform } from '../src/ports/chat-platform';
import type { Clock } from '../src/ports/clock';

/** The same face for every chat, so that the composition root treats them alike. */
export interface ChatAdapter {
  readonly platform: ChatPlatform;
  /** Adds the adapter's routes; called before the server listens. No body parser is installed on `http`. */
  mount(http: Express): void;
  /** Opens what needs opening (Socket Mode). */
  start(): Promise<void>;
  /** Takes no new work, waits for what is being answered. */
  stop(): Promise<void>;
}

/** Given when the adapter starts to listen: the platform half is built first, because operations need it. */
export interface ChatAdapterDeps {
  dispatcher: () => Dispatcher;
  clock: Clock;
  log: Log;
}
