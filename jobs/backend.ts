import { EventEmitter } from 'node:events';
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
  /** What must be there before the first job; the same promise each time. */
  ready(): Promise<void>;
  table(name: string): JobTable;
  taker(name: string, processor: Processor, tuning: WorkerTuning): JobTaker;
  /** How long a job stays a silent process's own, and how often others look. */
  patience: { lockMilliseconds: number; checkMilliseconds: number };
  say(message: string): Promise<void>;
  /** Resolves once messages arrive; what it resolves to ends that. */
  hear(listener: (message: string) => void): Promise<() => Promise<void>>;
  /** After everything that came from it was closed. */
  close(): Promise<void>;
}

const channel = 'cancel';

/** A Redis that is away is waited for; adding a job then rejects after about three seconds. */
export function redisBackend(options: { url: string; log: Log; prefix?: string }): Backend {
  const prefix = options.prefix ?? 'talbot';
  const open: Redis[] = [];
  function connect(use: string, maxRetriesPerRequest: number | null): Redis {
    const connection = new Redis(options.url, { maxRetriesPerRequest, connectionName: `talbot-${use}` });
    let told = false;
    connection.on('error', (error) => {
      if (!told) options.log.warn({ error, use }, 'Redis cannot be reached; trying on');
      told = true;
    });
    connection.on('ready', () => {
      if (told) options.log.info({ use }, 'Redis is back');
      told = false;
    });
    open.push(connection);
    return connection;
  }

  const producer = connect('queue', 10);
  let consumer: Redis | null = null;

  return {
    ready: async () => {},
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
