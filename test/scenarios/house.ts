import { randomUUID } from 'node:crypto';
import { mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { MongoClient } from 'mongodb';
import type { ChatAdapter, PictureFiles } from '../../adapters/chat-adapter';
import { type House as Furnished, furnish, startWorking } from '../../adapters/house';
import { createHttpServer } from '../../adapters/http';
import { type Carriers, openCarriers } from '../../adapters/parts';
import { createRoleOf } from '../../adapters/role-of';
import { serveFiles } from '../../adapters/serve-files';
import { systemClock } from '../../adapters/system-clock';
import { redisBackend } from '../../jobs/backend';
import { createQueue } from '../../jobs/queue';
import type { Services } from '../../src/commands/context';
import { createDispatcher } from '../../src/commands/dispatch';
import type { Dispatcher } from '../../src/commands/dispatcher';
import { createRegistry } from '../../src/commands/registry';
import { type Config, readConfig } from '../../src/config';
import type { HuntingQueryContent } from '../../src/content/read-hunting-query';
import type { Role } from '../../src/domain/role';
import { createDuckdbEngine } from '../../src/engines/duckdb/engine';
import { seedLibrary } from '../../src/hunting/seed-library';
import type { Log } from '../../src/log';
import type { ChatPlatform } from '../../src/ports/chat-platform';
import type { QueryEngine } from '../../src/ports/query-engine';
import type { Stores } from '../../src/ports/stores';
import { createMongoStores } from '../../src/store/mongo/stores';
import { testServers } from '../servers';
import { freshDatabaseFolder } from '../store/fresh-database';
import { queryTime, writeLogs } from './logs';
import { createRecorder, type Recorder } from './recorder';

/** `shared`: as other processes find them by `REDIS_URL` and `MONGODB_URL` alone; one such house at a time. */
export type Parts = 'embedded' | 'servers' | 'shared';

/** Whether Redis and a MongoDB were found for this run. */
export function hasServers(): boolean {
  const { redis, mongodb } = testServers();
  return redis !== null && mongodb !== null;
}

export interface Logs {
  engine: QueryEngine;
  close(): Promise<void>;
}

/** The real engine on tables written for it; one serves any number of houses. */
export async function openLogs(): Promise<Logs> {
  const logs = await writeLogs();
  const dataFolder = await mkdtemp(join(tmpdir(), 'talbot-scenario-cache-'));
  const engine = await createDuckdbEngine({
    logs: logs.folder,
    dataFolder,
    clock: systemClock,
    memoryLimit: '500MB',
    threads: 1,
  });
  return {
    engine,
    async close() {
      await engine.close();
      await logs.remove();
      await rm(dataFolder, { recursive: true, force: true });
    },
  };
}

/** What an adapter is made of, beside its own settings. */
export interface AdapterParts {
  dispatcher: () => Dispatcher;
  clock: typeof systemClock;
  log: Log;
  stores: Stores;
  pictures: () => PictureFiles;
}

export interface HouseOptions {
  engine: QueryEngine;
  parts?: Parts;
  /** Builds the chats of this house. */
  adapters(parts: AdapterParts): ChatAdapter[];
  /** Stands between operations, jobs and the chat. */
  wrap?(chat: ChatPlatform): ChatPlatform;
  defaultRole?: Role;
  worker?: boolean;
}

export interface House {
  url: string;
  dispatcher: Dispatcher;
  services: Services;
  stores: Stores;
  recorder: Recorder;
  /** For other processes on the same servers. */
  shared?: { redis: string; mongodb: string };
  /** What was logged as a warning or a fault. */
  logged: string[];
  close(): Promise<void>;
}

/** The composition of the bot and its worker, around one real adapter, with everything that passes it written down. */
export async function openHouse(options: HouseOptions): Promise<House> {
  const logged: string[] = [];
  const log = rememberingLog(logged);
  const { carriers, remove, config, shared } = await openParts(options.parts ?? 'embedded', log);
  const recorder = createRecorder();
  const http = createHttpServer();
  let dispatcher: Dispatcher | undefined;
  let furnished: Furnished | undefined;
  let url = '';
  const adapters = options.adapters({
    dispatcher: () => {
      if (!dispatcher) throw new Error('not open yet');
      return dispatcher;
    },
    clock: systemClock,
    log,
    stores: carriers.stores,
    pictures: () => {
      if (!furnished) throw new Error('not open yet');
      return furnished.pictures.files;
    },
  });
  const chats = adapters.map(({ platform }) => recorder.watchChat(options.wrap?.(platform) ?? platform));
  furnished = await furnish({
    config,
    log,
    carriers,
    engines: new Map([[options.engine.name, options.engine]]),
    queryClock: { now: () => queryTime },
    chats: new Map(chats.map((chat) => [chat.platform, chat])),
    publicUrl: () => url,
  });
  const { services, links, pictures } = furnished;
  await seedLibrary(carriers.stores, systemClock, library);
  const roleOf = createRoleOf({ stores: carriers.stores, admins: [], defaultRole: options.defaultRole ?? 'admin' });
  const real = createDispatcher({ ...services, registry: createRegistry(), roleOf });
  dispatcher = recorder.watchDispatcher(real);
  serveFiles(http.app, { ...services, links });
  for (const adapter of adapters) adapter.mount(http.app);
  url = `http://127.0.0.1:${await http.listen(0, '127.0.0.1')}`;
  for (const adapter of adapters) await adapter.start();
  const worker = options.worker === false ? undefined : await startWorking(config, carriers, services);
  return {
    url,
    dispatcher: real,
    services,
    stores: carriers.stores,
    recorder,
    ...(shared && { shared }),
    logged,
    async close() {
      for (const adapter of adapters) await adapter.stop();
      await http.close();
      await worker?.close();
      await pictures.close();
      await carriers.close();
      await remove();
    },
  };
}

interface OpenParts {
  carriers: Carriers;
  config: Config;
  remove(): Promise<void>;
  shared?: { redis: string; mongodb: string };
}

async function openParts(parts: Parts, log: Log): Promise<OpenParts> {
  if (parts !== 'embedded') return openServers(parts, log);
  const data = await mkdtemp(join(tmpdir(), 'talbot-scenario-'));
  await rename((await freshDatabaseFolder()).folder, join(data, 'state'));
  const config = readConfig({ TALBOT_DATA: data });
  const carriers = await openCarriers(config, log);
  return { carriers, config, remove: () => rm(data, { recursive: true, force: true }) };
}

/** On a database and a prefix of its own, so that houses do not meet on the same servers. */
async function openServers(parts: Parts, log: Log): Promise<OpenParts> {
  const servers = testServers();
  if (!servers.redis || !servers.mongodb) throw new Error('no servers');
  const name = `talbot_${randomUUID().replaceAll('-', '').slice(0, 16)}`;
  const redis = parts === 'shared' ? addressOf(servers.redis.url, '9') : servers.redis.url;
  const mongodb = addressOf(servers.mongodb.url, name);
  const prefix = parts === 'shared' ? 'talbot' : name;
  const stores = await createMongoStores({ url: mongodb });
  const backend = redisBackend({ url: redis, prefix, log });
  const queue = createQueue(backend, { log });
  const carriers: Carriers = {
    stores,
    backend,
    queue,
    embedded: false,
    async close() {
      await queue.close();
      await backend.close();
      await stores.close();
    },
  };
  async function remove(): Promise<void> {
    const client = await MongoClient.connect(mongodb);
    await client.db(name).dropDatabase();
    await client.close();
    const connection = new Redis(redis);
    const keys = await connection.keys(`${prefix}:*`);
    if (keys.length > 0) await connection.del(...keys);
    connection.disconnect();
  }
  return { carriers, config: readConfig({}), remove, shared: { redis, mongodb } };
}

/** The server's address with this database. */
function addressOf(server: string, database: string): string {
  const url = new URL(server);
  url.pathname = `/${database}`;
  return url.toString();
}

function rememberingLog(logged: string[]): Log {
  const keep = (facts: object, message: string) => {
    const detail = JSON.stringify(facts, (_key, value: unknown) => (value instanceof Error ? value.stack : value));
    logged.push(`${message} ${detail}`);
  };
  return { info: () => undefined, warn: keep, error: keep };
}

/** A small library, so that a colleague's new query changes no expectation here. */
const library: HuntingQueryContent[] = [
  content('1', 'Failed sign-ins', {
    query:
      'SigninLogs\n| where ResultType != "0"\n| project TimeGenerated, UserPrincipalName, IPAddress, AppDisplayName',
    tactics: ['CredentialAccess'],
    techniques: ['T1110'],
    dataTypes: ['SigninLogs'],
    entityMappings: [
      { entityType: 'Account', fieldMappings: [{ identifier: 'FullName', columnName: 'UserPrincipalName' }] },
      { entityType: 'IP', fieldMappings: [{ identifier: 'Address', columnName: 'IPAddress' }] },
    ],
  }),
  content('2', 'Encoded PowerShell', {
    query:
      'DeviceProcessEvents\n| where ProcessCommandLine has "-enc"\n| project TimeGenerated, DeviceName, ProcessCommandLine',
    tactics: ['Execution'],
    techniques: ['T1059.001'],
    dataTypes: ['DeviceProcessEvents'],
  }),
  content('3', 'New credentials', {
    query: 'AuditLogs | where OperationName has "Add service principal credentials"',
    tactics: ['Persistence'],
    techniques: ['T1098'],
    dataTypes: ['AuditLogs'],
  }),
];

function content(
  id: string,
  name: string,
  more: Pick<HuntingQueryContent, 'query' | 'tactics' | 'techniques' | 'dataTypes'> & Partial<HuntingQueryContent>,
): HuntingQueryContent {
  return {
    id,
    name,
    description: `${name}, for tests.`,
    entityMappings: [],
    version: '1.0.0',
    source: 'test',
    ...more,
  };
}
