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

/** The PNG behind a picture's link, for chats that cannot fetch it. Reject only where the store does, or with PictureError. */
export interface PictureFiles {
  /** Null where the link is none of Talbot's own, has ended, or its picture is no longer kept. */
  read(url: string): Promise<Uint8Array | null>;
  /** Drawn smaller where it would take more bytes; null also where it would have to be too small to be read. */
  readWithin(url: string, bytes: number): Promise<Uint8Array | null>;
}

/** Given when the adapter starts to listen: the platform half is built first, because operations need it. */
export interface ChatAdapterDeps {
  dispatcher: () => Dispatcher;
  clock: Clock;
  log: Log;
  /** Without it, a picture that the platform cannot fetch is named in words. */
  pictures?: () => PictureFiles;
}
