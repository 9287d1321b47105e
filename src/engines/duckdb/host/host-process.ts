import { createCompilerThread } from '../../../kql/compiler-thread';
import { type Cell, type Column, type ProvidedContent, QueryError } from '../../../ports/query-engine';
import { CacheBusy } from '../cache-file';
import type { Downloaded } from '../external/downloads';
import type { FetchFile } from '../external/external-tables';
import { toQueryError } from '../query-failure';
import type { Stop } from '../run-statement';
import { guardMemory, memoryBounds } from './memory-guard';
import type { Answer, FromHost, HostOptions, HostQuery, ToHost } from './messages';
import { QueryDatabase } from './query-database';

/**
 * The process that owns DuckDB: whatever a query does to it, the bot goes on. It is told everything by messages, ends
 * when its parent is gone, and never ends a message without an answer.
 */
const stops = new Map<number, (reason: QueryError) => void>();
const waiting = new Map<number, () => void>();
const fetches = new Map<number, (downloaded: Downloaded) => void>();
let lastFetch = 0;
let database: Promise<QueryDatabase> | undefined;

process.on('message', (message: ToHost) => void receive(message));
/** A Ctrl-C reaches the whole group: the parent decides when to end. */
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => undefined);
process.on('disconnect', () => process.exit(0));

async function receive(message: ToHost): Promise<void> {
  switch (message.kind) {
    case 'open':
      return open(message.options);
    case 'next':
      return waiting.get(message.id)?.();
    case 'fetched':
      return fetches.get(message.id)?.(message.downloaded);
    case 'cancel':
      return stops.get(message.id)?.(new QueryError('cancelled', 'The query was cancelled'));
    case 'provide':
      return provide(message.id, message.content);
    case 'run':
      return answer(message.id, message.query.text, async () => ({
        of: 'run',
        summary: await run(message.id, message.query),
      }));
    case 'count':
      return answer(message.id, message.query.text, async (db) => ({
        of: 'count',
        rows: await withStop(message.id, message.query.limits.milliseconds, (stop) => db.count(message.query, stop)),
      }));
    case 'check':
      return answer(message.id, message.query.text, async (db) => ({
        of: 'check',
        ...(await db.check(message.query)),
      }));
    case 'explain':
      return answer(message.id, message.query.text, async (db) => ({
        of: 'explain',
        sql: await withStop(message.id, explainMilliseconds, (stop) => db.explain(message.query, stop)),
      }));
    case 'tables':
      return answer(message.id, '', async (db) => ({ of: 'tables', tables: db.tables }));
    case 'problems':
      return answer(message.id, '', async (db) => ({ of: 'problems', problems: db.problems }));
    default:
      message satisfies never;
  }
}

/** A busy machine compiles slowly; a hostile query is stopped all the same, and holds up nothing but other compilations. */
const compileMilliseconds = 15_000;
/** The SQL of some queries depends on the data, which is then read. */
const explainMilliseconds = 60_000;

/** How long a stopped query may take to end. */
const patienceMilliseconds = 5000;

const tooMuchMemory = new QueryError(
  'limit',
  'The queries that ran needed more memory than there is: look at a shorter time, or make shorter texts and lists',
);

async function open(options: HostOptions): Promise<void> {
  try {
    const compiler = createCompilerThread({ milliseconds: compileMilliseconds });
    database = QueryDatabase.open(options, compiler, fetchFile, (progress) => tell({ kind: 'progress', progress }));
    const opened = await database;
    guardMemory(memoryBounds(options.memoryLimit), () => {
      for (const stop of stops.values()) stop(tooMuchMemory);
    });
    tell({ kind: 'opened' });
    // The parser takes about a second to wake up: before the first person asks, not while.
    opened.check({ text: 'print 1', now: 0n }).catch(() => undefined);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    tell({ kind: 'not-opened', message, busy: error instanceof CacheBusy });
  }
}

/** Whatever is asked after this waits for it, and goes on without it where it fails. */
async function provide(id: number, content: ProvidedContent): Promise<void> {
  const before = database;
  const providing = answer(id, '', async (opened) => {
    await opened.provide(content);
    return { of: 'provide' };
  });
  database = before && providing.then(() => before);
  return providing;
}

async function answer(id: number, text: string, make: (database: QueryDatabase) => Promise<Answer>): Promise<void> {
  try {
    if (!database) throw new QueryError('internal', 'The query engine is not open');
    tell({ kind: 'answer', id, answer: await make(await database) });
  } catch (error) {
    const { code, message, line, column, missing } = toQueryError(error, text);
    const place = { ...(line === undefined ? {} : { line }), ...(column === undefined ? {} : { column }) };
    const lacks = missing === undefined ? {} : { missing };
    tell({ kind: 'failed', id, error: { code, message, ...place, ...lacks } });
  }
}

async function run(id: number, query: HostQuery) {
  if (!database) throw new QueryError('internal', 'The query engine is not open');
  const opened = await database;
  try {
    return await withStop(id, query.limits.milliseconds, (stop) =>
      opened.run(query, stop, (columns, rows) => sendPage(id, columns, rows)),
    );
  } finally {
    waiting.delete(id);
  }
}

async function withStop<T>(id: number, milliseconds: number, work: (stop: Stop) => Promise<T>): Promise<T> {
  const stop = createStop(id);
  const late = new QueryError(
    'timeout',
    `The query was stopped after ${milliseconds / 1000} s: look at a shorter time, or filter earlier`,
  );
  const timer = setTimeout(() => stops.get(id)?.(late), milliseconds);
  const working = work(stop);
  try {
    return await Promise.race([working, stop.stopped]);
  } finally {
    clearTimeout(timer);
    stops.delete(id);
    if (stop.reason) endUnlessDone(working);
  }
}

/** A database that does not let go of a query, as while it plans one, is given up with this process. */
function endUnlessDone(working: Promise<unknown>): void {
  const timer = setTimeout(() => process.kill(process.pid, 'SIGKILL'), patienceMilliseconds);
  const done = () => clearTimeout(timer);
  working.then(done, done);
}

function createStop(id: number): Stop {
  let reason: QueryError | undefined;
  const stopped = new Promise<never>((_, reject) => {
    stops.set(id, (why) => {
      reason ??= why;
      reject(reason);
    });
  });
  stopped.catch(() => undefined);
  return {
    get reason() {
      return reason;
    },
    stopped,
  };
}

function sendPage(id: number, columns: Column[], rows: Cell[][]): Promise<void> {
  return new Promise((resolve) => {
    waiting.set(id, resolve);
    tell({ kind: 'page', id, columns, rows });
  });
}

/** This process uses no network: the parent fetches. */
function fetchFile(stop: Stop): FetchFile {
  return (url) => {
    const id = ++lastFetch;
    const done = () => {
      if (fetches.delete(id)) tell({ kind: 'end-fetch', id });
    };
    stop.stopped.catch(done);
    return new Promise((resolve) => {
      fetches.set(id, (downloaded) => resolve({ downloaded, done }));
      tell({ kind: 'fetch', id, url });
    });
  };
}

function tell(message: FromHost): void {
  process.send?.(message);
}
