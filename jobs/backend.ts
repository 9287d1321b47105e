import { EventEmitter } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import {
  type Job as BullJob,
  createPostgresBackend,
  type JobSchedulerJson,
  type JobsOptions,
  type JobType,
  type PgPool,
  type Processor,
  Queue,
  runMigrations,
  Worker,
  type WorkerOptions,
  withBackend,
} from 'bullmq';
import { Redis } from 'ioredis';
import type { Log } from '../src/log';

type WorkerTuning = Pick<
  WorkerOptions,
  'concurrency' | 'autorun' | 'lockDuration' | 'stalledInterval' | 'maxStalledCount' | 'skipLockRenewal' | 'settings'
>;

/** What is used of BullMQ's Queue, whatever it lives on. */
export interface JobTable {
  add(name: string, data: unknown, options?: JobsOptions): Promise<unknown>;
  getJob(id: string): Promise<BullJob | undefined>;
  getJobCounts(...states: JobType[]): Promise<{ [state: string]: number }>;
  upsertJobScheduler(
    id: string,
    when: { pattern: string; tz: string },
    template: { name: string; data: unknown; opts: JobsOptions },
  ): Promise<unknown>;
  getJobScheduler(id: string): Promise<JobSchedulerJson | undefined>;
  removeJobScheduler(id: string): Promise<boolean>;
  waitUntilReady(): Promise<unknown>;
  on(event: 'error', listener: (error: Error) => void): unknown;
  close(): Promise<void>;
}

/** What is used of BullMQ's Worker. */
export interface JobTaker {
  run(): Promise<void>;
  on(event: 'error', listener: (error: Error) => void): unknown;
  on(event: 'stalled', listener: (id: string) => void): unknown;
  close(): Promise<void>;
}

/** Where jobs wait. One BullMQ queue per job name lives on it, and short messages reach every process that shares it. */
export interface Backend {
  /** Resolves once jobs can be added; rejects where that takes longer than two seconds, unless `forever`. */
  ready(forever?: 'forever'): Promise<void>;
  table(name: string): JobTable;
  taker(name: string, processor: Processor, tuning: WorkerTuning): JobTaker;
  /** How long a job stays a silent process's own, and how often others look. */
  patience: { lockMilliseconds: number; checkMilliseconds: number };
  say(message: string): Promise<void>;
  /** Resolves once messages arrive; what it resolves to ends that. */
  hear(listener: (message: string) => void): Promise<() => Promise<void>>;
  /** After everything that came from it was closed. */
  close(): Promise<void>;
  /** Whether the backend cannot be reached just now, which it has logged itself: every user of it then has trouble too. */
  away(): boolean;
}

const channel = 'cancel';

/** A Redis that is away is waited for by workers; adding a job then rejects after about two seconds. */
export function redisBackend(options: { url: string; log: Log; prefix?: string }): Backend {
  const prefix = options.prefix ?? 'talbot';
  const open: Redis[] = [];
  const unreachable = new Set<Redis>();
  function connect(use: string, maxRetriesPerRequest: number | null): Redis {
    const connection = new Redis(options.url, {
      maxRetriesPerRequest,
      connectionName: `talbot-${use}`,
      retryStrategy: (times) => Math.min(times * 100, 2000),
      disconnectTimeout: 500,
    });
    connection.on('error', (error) => {
      if (!unreachable.has(connection)) options.log.warn({ error, use }, 'Redis cannot be reached; trying on');
      unreachable.add(connection);
    });
    connection.on('ready', () => {
      if (unreachable.delete(connection)) options.log.info({ use }, 'Redis is back');
    });
    open.push(connection);
    return connection;
  }

  const producer = connect('queue', 5);
  let consumer: Redis | null = null;

  return {
    async ready(forever) {
      for (let waited = 0; producer.status !== 'ready'; waited += 20) {
        if (waited > 2000 && !forever) throw new Error('Redis cannot be reached');
        if (producer.status === 'end') throw new Error('the connection to Redis was closed');
        await pause(20);
      }
    },
    table: (name) => new Queue(name, { connection: producer, prefix }),
    taker(name, processor, tuning) {
      // A worker waits for a Redis that is away for as long as it takes.
      consumer ??= connect('worker', null);
      return new Worker(name, processor, { connection: consumer, prefix, runRetryDelay: 1000, ...tuning });
    },
    patience: { lockMilliseconds: 4000, checkMilliseconds: 1000 },
    async say(message) {
      await producer.publish(`${prefix}:${channel}`, message);
    },
    async hear(listener) {
      const subscriber = connect('cancel', null);
      subscriber.on('message', (_, message) => listener(message));
      await subscriber.subscribe(`${prefix}:${channel}`);
      return () => hangUp(subscriber);
    },
    async close() {
      await Promise.all(open.map(hangUp));
    },
    away: () => unreachable.size > 0,
  };
}

async function hangUp(connection: Redis): Promise<void> {
  if (connection.status === 'end') return;
  // Between two tries nothing is open that could be seen to close.
  const silent = connection.status === 'reconnecting' || connection.status === 'wait';
  const ended = silent ? null : new Promise((resolve) => connection.once('end', resolve));
  connection.disconnect();
  await ended;
}

/** BullMQ's own PostgreSQL backend on the embedded database, which stays the caller's to close. */
export function embeddedBackend(options: { database: { pool: PgPool }; log: Log }): Backend {
  const { pool } = options.database;
  const { Queue: PostgresQueue, Worker: PostgresWorker } = withBackend(createPostgresBackend);
  const messages = new EventEmitter();
  let preparing: Promise<void> | null = null;

  return {
    ready() {
      preparing ??= prepare(pool);
      return preparing;
    },
    table: (name) => new PostgresQueue(name, { connection: pool }),
    taker: (name, processor, tuning) =>
      new PostgresWorker(name, processor, { connection: pool, runRetryDelay: 1000, ...tuning }),
    // No other process can take a job over, and after a restart `prepare` has freed them all: a suspended machine or a busy
    // moment need not look like a death.
    patience: { lockMilliseconds: 60_000, checkMilliseconds: 30_000 },
    async say(message) {
      messages.emit(channel, message);
    },
    async hear(listener) {
      messages.on(channel, listener);
      return async () => {
        messages.off(channel, listener);
      };
    },
    close: async () => {},
    away: () => false,
  };
}

async function prepare(pool: PgPool): Promise<void> {
  const client = await pool.connect();
  try {
    await runMigrations(client);
    // Every client shares this one session, and BullMQ's statements name no schema.
    await client.query('SET search_path TO bullmq, public');
    // Nobody else can be at work on a database that only this process has open: jobs that an earlier one held are free now,
    // instead of after their locks have run out.
    await client.query("UPDATE job SET locked_until_ms = 0, stalled_marked = true WHERE state = 'active'");
    await client.query("DELETE FROM meta WHERE field = 'stalled-check'");
  } finally {
    client.release();
  }
}
