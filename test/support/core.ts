import type { Card } from '../../src/chat/card';
import type { Actor, Inbound } from '../../src/chat/inbound';
import type { Reply } from '../../src/chat/reply';
import type { MessageRef, ThreadRef } from '../../src/chat/thread-ref';
import type { Services } from '../../src/commands/context';
import { createDispatcher } from '../../src/commands/dispatch';
import type { Dispatcher } from '../../src/commands/dispatcher';
import { createRegistry } from '../../src/commands/registry';
import type { Role } from '../../src/domain/role';
import type { ChatPlatform } from '../../src/ports/chat-platform';
import { type JobName, type JobQueue, jobPayloads } from '../../src/ports/job-queue';
import type { Pictures } from '../../src/ports/pictures';
import type { Playbooks } from '../../src/ports/playbooks';
import type { QueryEngine } from '../../src/ports/query-engine';
import type { Stores } from '../../src/ports/stores';
import { openEmbeddedDatabase } from '../../src/store/embedded/database';
import { createEmbeddedStores } from '../../src/store/embedded/stores';
import { freshDatabaseFolder } from '../store/fresh-database';

export interface Posted {
  message: MessageRef;
  card: Card;
  key?: string;
}

/** A chat that only remembers: what was posted, edited and shared. */
export function createRecordingChat(platform: ThreadRef['platform'] = 'web'): ChatPlatform & { posts: Posted[] } {
  const posts: Posted[] = [];
  let count = 0;
  return {
    platform,
    posts,
    async post(thread, card, key) {
      count += 1;
      const message = { thread, id: `m${count}` };
      posts.push({ message, card, ...(key === undefined ? {} : { key }) });
      return message;
    },
    async update(message, card) {
      const known = posts.find((one) => one.message.id === message.id);
      if (!known) throw new Error(`no message ${message.id}`);
      known.card = card;
    },
    async find(_thread, key) {
      return posts.find((one) => one.key === key)?.message ?? 'none';
    },
    async share() {},
    async sign() {},
  };
}

/** Pictures that are not drawn: the address says how many were asked for before. */
export function createRecordingPictures(): Pictures & { drawn: string[] } {
  const drawn: string[] = [];
  return {
    drawn,
    async draw(svg, alt) {
      drawn.push(svg);
      return { type: 'image', alt, url: `http://127.0.0.1/files/picture-${drawn.length}` };
    },
    async chart({ render }) {
      drawn.push(render.chart);
      if (render.chart === 'table') return { state: 'none' };
      const url = `http://127.0.0.1/files/picture-${drawn.length}`;
      return { state: 'drawn', picture: { type: 'image', alt: `A ${render.chart}`, url }, notes: [] };
    },
  };
}

export interface QueuedJob {
  name: string;
  payload: unknown;
  id?: string;
}

/** A queue that only remembers what was added and cancelled. */
export function createRecordingQueue(): JobQueue & { jobs: QueuedJob[]; cancelled: string[] } {
  const jobs: QueuedJob[] = [];
  const cancelled: string[] = [];
  return {
    jobs,
    cancelled,
    async add(name, payload, options) {
      jobs.push({ name, payload, ...(options?.id === undefined ? {} : { id: options.id }) });
    },
    async schedule() {},
    async unschedule() {},
    async cancel(_name, id) {
      cancelled.push(id);
    },
    async state() {
      return 'unknown';
    },
    async counts() {
      const none = { waiting: 0, running: 0, failed: 0 };
      const names = Object.keys(jobPayloads) as JobName[];
      return Object.fromEntries(names.map((name) => [name, none])) as Awaited<ReturnType<JobQueue['counts']>>;
    },
    async close() {},
  };
}

export interface Core {
  dispatcher: Dispatcher;
  stores: Stores;
  chat: ReturnType<typeof createRecordingChat>;
  queue: ReturnType<typeof createRecordingQueue>;
  roles: Map<string, Role>;
  logged: object[];
  time: { now: Date };
  say(text: string, options?: Partial<Extract<Inbound, { kind: 'text' }>>): Promise<Reply>;
  press(
    command: string,
    args?: Record<string, string | string[]>,
    values?: Record<string, string | string[]>,
  ): Promise<Reply>;
  submit(
    command: string,
    values: Record<string, string | string[]>,
    args?: Record<string, string | string[]>,
  ): Promise<Reply>;
  /** Everything stored, posted, queued and logged is gone; much quicker than another core. */
  reset(): Promise<void>;
  close(): Promise<void>;
}

export const ada: Actor = { platform: 'web', tenant: 'local', id: 'ada', name: 'Ada Night' };
export const channel: ThreadRef = { platform: 'web', tenant: 'local', channel: 'hunting' };

/** The real core on the real embedded store or on stores that are given, with a chat and a queue that only remember. */
export async function createCore(
  options: {
    engine?: QueryEngine;
    stores?: Stores;
    attackFile?: string;
    contentFolder?: string;
    playbooks?: Playbooks;
  } = {},
): Promise<Core> {
  const { folder, remove } = await freshDatabaseFolder();
  const database = await openEmbeddedDatabase(folder);
  const stores = options.stores ?? (await createEmbeddedStores(database));
  const chat = createRecordingChat();
  const queue = createRecordingQueue();
  const roles = new Map<string, Role>();
  const logged: object[] = [];
  const time = { now: new Date('2026-11-24T12:00:00Z') };
  const clock = { now: () => time.now };
  const remember = (facts: object, message: string) => void logged.push({ ...facts, message });
  const services: Services = {
    stores,
    queue,
    engines: new Map(options.engine ? [[options.engine.name, options.engine]] : []),
    chats: new Map([['web', chat]]),
    clock,
    queryClock: clock,
    links: {
      result: (file) => `http://127.0.0.1/files/${file.run}.${file.query}.${file.format}`,
      picture: (id) => `http://127.0.0.1/files/${id}`,
      file: (id) => `http://127.0.0.1/files/file-${id}`,
      coverage: (file) => `http://127.0.0.1/files/coverage-${file.of}.${file.format}`,
    },
    pictures: createRecordingPictures(),
    log: { info: remember, warn: remember, error: remember },
    limits: { resultRows: 1000, queryMilliseconds: 10_000 },
    contentFolder: options.contentFolder,
    playbooks: options.playbooks,
    ...(options.attackFile === undefined ? {} : { attackFile: options.attackFile }),
  };
  const dispatcher = createDispatcher({
    ...services,
    registry: createRegistry(),
    roleOf: async (person) => roles.get(person.id) ?? 'admin',
  });
  let count = 0;
  const common = () => {
    count += 1;
    return { id: `event-${count}`, actor: ada, thread: channel };
  };
  return {
    dispatcher,
    stores,
    chat,
    queue,
    roles,
    logged,
    time,
    say: (text, more) => dispatcher.dispatch({ ...common(), kind: 'text', text, addressed: 'yes', ...more }),
    press: (command, args = {}, values = {}) =>
      dispatcher.dispatch({ ...common(), kind: 'press', command, args, values }),
    submit: (command, values, args = {}) => dispatcher.dispatch({ ...common(), kind: 'form', command, args, values }),
    async reset() {
      const { rows } = await database.query<{ tablename: string }>(
        "SELECT tablename FROM pg_tables WHERE schemaname = 'talbot' AND tablename <> 'facts'",
      );
      await database.execute(`TRUNCATE ${rows.map((row) => `talbot."${row.tablename}"`).join(', ')}`);
      chat.posts.length = 0;
      queue.jobs.length = 0;
      queue.cancelled.length = 0;
      logged.length = 0;
      roles.clear();
    },
    async close() {
      await stores.close();
      await database.close();
      await remove();
    },
  };
}

export function cardOf(reply: Reply): Card {
  if (reply.kind !== 'card' && reply.kind !== 'replace') throw new Error(`a ${reply.kind}, not a card`);
  return reply.card;
}
