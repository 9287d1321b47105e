import os from 'node:os';
import path from 'node:path';
import type { Clock } from '../../ports/clock';
import {
  type Column,
  type ProvidedContent,
  type QueryEngine,
  QueryError,
  type QueryRequest,
  type TableInfo,
} from '../../ports/query-engine';
import type { HostSource } from './host/messages';
import { Generations } from './live/generations';
import type { LoadProblem } from './load/load-problem';
import type { LoadProgress } from './load/update-cache';
import { dateToTicks, rangeToTicks, ticksToDate } from './ticks';

export interface DuckdbEngine extends QueryEngine {
  provide(content: ProvidedContent): Promise<void>;
  /** What of the log folder could not be read. */
  problems(): Promise<LoadProblem[]>;
  /** The SQL a query becomes. Rejects with QueryError. */
  explain(request: Pick<QueryRequest, 'text' | 'asOf' | 'range'>): Promise<string>;
}

export interface DuckdbEngineOptions {
  /** The folder of log tables, or the columns of tables without data, on which queries can only be checked. */
  logs: string | { tables: { name: string; columns: Column[] }[] };
  /** Where the columnar cache is kept. */
  dataFolder: string;
  /** As DuckDB writes sizes (`4GB`); half of the machine's memory, at most 8 GB, by default. */
  memoryLimit?: string;
  /** All of the machine's processors by default. */
  threads?: number;
  clock: Clock;
  /** Hosts that `externaldata` may read files from (`feeds.example.org`, `localhost:8080`); none by default. */
  externalHosts?: readonly string[];
  /** A folder of watchlists (`Alias.csv`); `watchlists` inside the folder of logs by default. */
  watchlists?: string;
  /** A MaxMind database (MMDB) for `geo_info_from_ip_address()`, which is refused without one. */
  geoDatabase?: string;
  /** Where another process holds a cache that is out of date: make a second one instead of failing. */
  spareCache?: boolean;
  onProgress?: (progress: LoadProgress) => void;
}

/**
 * The embedded engine, in a process of its own. Resolves when the logs are loaded: that takes a while for new ones, and
 * under a second for a folder that has not changed. Rejects where the folder is missing, or where another process reads
 * the same cache and the logs have changed since.
 */
export async function createDuckdbEngine(options: DuckdbEngineOptions): Promise<DuckdbEngine> {
  const generations = new Generations(
    {
      source: hostSource(options),
      memoryLimit: options.memoryLimit ?? defaultMemory(),
      threads: options.threads ?? os.availableParallelism(),
      temporaryFolder: path.resolve(options.dataFolder, 'spill'),
      externalHosts: [...(options.externalHosts ?? [])],
      ...(options.geoDatabase === undefined ? {} : { geoDatabase: path.resolve(options.geoDatabase) }),
    },
    options.clock,
    !options.spareCache,
  );
  await generations.start(options.onProgress);
  return {
    name: 'duckdb',
    async run(request, sink, signal) {
      if (signal?.aborted) throw new QueryError('cancelled', 'The query was cancelled');
      const query = { ...timesOf(request), limits: request.limits };
      return generations.use(async (host, late) => {
        const { summary } = await host.run(query, sink, signal);
        return { ...summary, notes: [...summary.notes, ...late] };
      }, signal);
    },
    async count(request, signal) {
      if (signal?.aborted) throw new QueryError('cancelled', 'The query was cancelled');
      const query = { ...timesOf(request), limits: request.limits };
      return (await generations.use((host) => host.count(query, signal), signal)).rows;
    },
    async check(request, onNote) {
      const query = timesOf(request);
      const { columns, notes } = await generations.use((host) =>
        host.ask('check', (id) => ({ kind: 'check', id, query })),
      );
      for (const note of notes) onNote?.(note);
      return columns;
    },
    async explain(request) {
      const query = timesOf(request);
      return (await generations.use((host) => host.ask('explain', (id) => ({ kind: 'explain', id, query })))).sql;
    },
    async tables() {
      const { tables } = await generations.use((host) => host.ask('tables', (id) => ({ kind: 'tables', id })));
      return tables.map(
        ({ first, last, ...table }): TableInfo => ({
          ...table,
          ...(first === undefined ? {} : { first: ticksToDate(first) }),
          ...(last === undefined ? {} : { last: ticksToDate(last) }),
        }),
      );
    },
    async problems() {
      return (await generations.use((host) => host.ask('problems', (id) => ({ kind: 'problems', id })))).problems;
    },
    provide: (content) => generations.provide(content),
    close: () => generations.close(),
  };
}

function hostSource({ logs, dataFolder, spareCache, watchlists }: DuckdbEngineOptions): HostSource {
  if (typeof logs !== 'string') return { kind: 'schema', tables: logs.tables };
  const cacheFolder = path.resolve(dataFolder, 'cache');
  return {
    kind: 'logs',
    folder: path.resolve(logs),
    cacheFolder,
    ...(watchlists === undefined ? {} : { watchlists: path.resolve(watchlists) }),
    ...(spareCache ? { spareCacheFolder: path.join(cacheFolder, 'spare') } : {}),
  };
}

function timesOf(request: Pick<QueryRequest, 'text' | 'asOf' | 'range'>) {
  const { text, asOf, range } = request;
  return { text, now: dateToTicks(asOf), ...(range ? { range: rangeToTicks(range) } : {}) };
}

function defaultMemory(): string {
  return `${Math.max(512, Math.min(8192, Math.floor(os.totalmem() / 2 ** 21)))}MB`;
}
