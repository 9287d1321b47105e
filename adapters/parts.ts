import path from 'node:path';
import { type Backend, embeddedBackend, redisBackend } from '../jobs/backend';
import { createQueue } from '../jobs/queue';
import type { Config } from '../src/config';
import { clockFrom } from '../src/domain/clock-offset';
import { createDuckdbEngine, type DuckdbEngine } from '../src/engines/duckdb/engine';
import type { Log } from '../src/log';
import type { Clock } from '../src/ports/clock';
import type { JobQueue } from '../src/ports/job-queue';
import type { Stores } from '../src/ports/stores';
import { openEmbeddedDatabase } from '../src/store/embedded/database';
import { createEmbeddedStores } from '../src/store/embedded/stores';
import { createMongoStores } from '../src/store/mongo/stores';
import { sampleLogs } from './first-start';

/** Whatever carries the state and the jobs: the embedded database, or MongoDB and Redis. */
export interface Carriers {
  stores: Stores;
  backend: Backend;
  queue: JobQueue;
  embedded: boolean;
  close(): Promise<void>;
}

export async function openCarriers(config: Config, log: Log): Promise<Carriers> {
  if (config.MONGODB_URL !== undefined && config.REDIS_URL !== undefined) {
    const stores = await createMongoStores({ url: config.MONGODB_URL });
    const backend = redisBackend({ url: config.REDIS_URL, log });
    const queue = createQueue(backend, { log });
    return {
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
  }
  const database = await openEmbeddedDatabase(path.join(config.TALBOT_DATA, 'state'));
  const stores = await createEmbeddedStores(database);
  const backend = embeddedBackend({ database, log });
  const queue = createQueue(backend, { log });
  return {
    stores,
    backend,
    queue,
    embedded: true,
    async close() {
      await queue.close();
      await backend.close();
      await stores.close();
      await database.close();
    },
  };
}

export interface OpenedEngine {
  engine: DuckdbEngine;
  sample: boolean;
  /** `now()` of queries: the day that was set, the end of the sample, or the real time. */
  queryClock: Clock;
}

/** The query engine on the logs that were named, or on the generated sample. */
export async function openEngine(config: Config, clock: Clock, say: (text: string) => void): Promise<OpenedEngine> {
  const sample = config.TALBOT_LOGS === undefined ? await sampleLogs(config.TALBOT_DATA, clock.now(), say) : undefined;
  const queryClock = config.TALBOT_NOW
    ? clockFrom(config.TALBOT_NOW, clock)
    : sample
      ? { now: () => sample.end }
      : clock;
  const engine = await createDuckdbEngine({
    logs: sample?.folder ?? config.TALBOT_LOGS ?? '',
    dataFolder: path.join(config.TALBOT_DATA, 'duckdb'),
    clock,
    onProgress: (progress) => {
      if (progress.rows > 0) say(`Reading logs … ${progress.file}, ${progress.done} of ${progress.total} files`);
    },
  });
  for (const problem of await engine.problems())
    say(`Not read: ${problem.file}${problem.line === undefined ? '' : `, line ${problem.line}`}: ${problem.message}`);
  return { engine, sample: sample !== undefined, queryClock };
}
