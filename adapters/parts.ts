import path from 'node:path';
import { type Backend, embeddedBackend, redisBackend } from '../jobs/backend';
import { createQueue } from '../jobs/queue';
import type { Config } from '../src/config';
import { clockFrom } from '../src/domain/clock-offset';
import { withInlinedContent } from '../src/engines/azure/with-inlined-content';
import { createDataExplorerEngine } from '../src/engines/data-explorer/engine';
import { createDuckdbEngine } from '../src/engines/duckdb/engine';
import { createLogAnalyticsEngine } from '../src/engines/log-analytics/engine';
import type { Log } from '../src/log';
import type { Clock } from '../src/ports/clock';
import type { JobQueue } from '../src/ports/job-queue';
import type { QueryEngine } from '../src/ports/query-engine';
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

export interface OpenedEngines {
  /** By name; the first is the default. */
  engines: ReadonlyMap<string, QueryEngine>;
  sample: boolean;
  /** `now()` of queries: the day that was set, the end of the sample where nothing else is asked, or the real time. */
  queryClock: Clock;
  close(): Promise<void>;
}

/**
 * Every engine that is set up. The embedded one is left out where another is the default and no logs are named for it; Azure's are
 * asked nothing before their first query.
 */
export async function openEngines(config: Config, clock: Clock, say: (text: string) => void): Promise<OpenedEngines> {
  const azure = azureEngines(config, clock, say);
  const embedded =
    config.TALBOT_ENGINE === 'duckdb' || config.TALBOT_LOGS !== undefined
      ? await openEmbeddedEngine(config, clock, say)
      : undefined;
  const all = [...(embedded ? [embedded.engine] : []), ...azure];
  const ordered = all.toSorted(
    (a, b) => Number(b.name === config.TALBOT_ENGINE) - Number(a.name === config.TALBOT_ENGINE),
  );
  const sampleEnd = azure.length === 0 ? embedded?.sampleEnd : undefined;
  return {
    engines: new Map(ordered.map((engine) => [engine.name, engine])),
    sample: embedded?.sampleEnd !== undefined,
    queryClock: config.TALBOT_NOW ? clockFrom(config.TALBOT_NOW, clock) : sampleEnd ? { now: () => sampleEnd } : clock,
    async close() {
      await Promise.all(ordered.map((engine) => engine.close()));
    },
  };
}

/** Opened, not yet asked: a wrong address or a missing permission shows at the first query. */
export function azureEngines(config: Config, clock: Clock, say: (text: string) => void): QueryEngine[] {
  const {
    LOG_ANALYTICS_WORKSPACE_ID: workspaceId,
    LOG_ANALYTICS_ENDPOINT: endpoint,
    LOG_ANALYTICS_RESOURCE_ID: resourceId,
  } = config;
  const { DATA_EXPLORER_CLUSTER: cluster, DATA_EXPLORER_DATABASE: database } = config;
  const opened: QueryEngine[] = [
    ...(workspaceId
      ? [
          createLogAnalyticsEngine({
            workspaceId,
            ...(endpoint ? { endpoint } : {}),
            ...(resourceId ? { resourceId } : {}),
            clock,
          }),
        ]
      : []),
    ...(cluster && database ? [createDataExplorerEngine({ cluster, database, clock, onWarning: say })] : []),
  ];
  return opened.map(withInlinedContent);
}

/** The embedded engine on the logs that were named, or on the generated sample. */
async function openEmbeddedEngine(
  config: Config,
  clock: Clock,
  say: (text: string) => void,
): Promise<{ engine: QueryEngine; sampleEnd?: Date }> {
  const sample = config.TALBOT_LOGS === undefined ? await sampleLogs(config.TALBOT_DATA, clock.now(), say) : undefined;
  const engine = await createDuckdbEngine({
    logs: sample?.folder ?? config.TALBOT_LOGS ?? '',
    dataFolder: path.join(config.TALBOT_DATA, 'duckdb'),
    externalHosts: config.TALBOT_EXTERNAL_DATA_HOSTS,
    ...(config.TALBOT_WATCHLISTS === undefined ? {} : { watchlists: config.TALBOT_WATCHLISTS }),
    ...(config.TALBOT_GEO_DATABASE === undefined ? {} : { geoDatabase: config.TALBOT_GEO_DATABASE }),
    clock,
    onProgress: (progress) => {
      if (progress.rows > 0) say(`Reading logs … ${progress.file}, ${progress.done} of ${progress.total} files`);
    },
  });
  for (const problem of await engine.problems())
    say(`Not read: ${problem.file}${problem.line === undefined ? '' : `, line ${problem.line}`}: ${problem.message}`);
  return { engine, ...(sample ? { sampleEnd: sample.end } : {}) };
}
