import { randomUUID } from 'node:crypto';
import type { TokenCredential } from '@azure/identity';
import type { Clock } from '../../ports/clock';
import { type QueryEngine, QueryError, type QueryRequest, type TableInfo } from '../../ports/query-engine';
import { countOfAnswer } from '../azure/count-answer';
import { deliverRows } from '../azure/deliver-rows';
import { keepFor } from '../azure/keep-for';
import { createLimiter } from '../azure/limiter';
import { dataExplorerLink } from '../azure/portal-link';
import { assertQueryText, countQuery, schemaQuery } from '../azure/query-text';
import { limitRequest, orAborted, type RequestLimits } from '../azure/request-limits';
import { retryThrottled } from '../azure/retry-throttled';
import { runLimited } from '../azure/run-limited';
import { columnsOfSchema } from '../azure/schema-answer';
import type { Answer } from '../azure/service-fault';
import { type ClusterClient, type ClusterRequest, connectCluster } from './cluster-client';
import { type DatabaseSchema, readSchema, timeColumnFor } from './database-schema';
import { type ReadAnswer, readCommandAnswer, readQueryAnswer } from './read-answer';

const service = 'Data Explorer';
const atOnce = 5;
const checkMilliseconds = 30_000;
const cancelMilliseconds = 5000;
const schemaKeptMilliseconds = 600_000;

export interface DataExplorerOptions {
  /** `https://NAME.REGION.kusto.windows.net` */
  cluster: string;
  database: string;
  /** Where tokens come from: @azure/identity's default chain by default. */
  credential?: TokenCredential;
  clock: Clock;
  /** What went wrong beside an answer: a query given up here that could not be cancelled there. */
  onWarning?: (text: string) => void;
}

/**
 * A database of Azure Data Explorer. Nothing is loaded or called before the first query.
 *
 * The time range, the clock of `now()` and `ago()`, the row limit and read-only mode go along as request properties
 * (`query_datetimescope_…`, `query_now`, `query_take_max_records`, `request_readonly`); the text is sent as it is. The service cuts on
 * one time column, found in the database's schema; it does not say whether a row of exactly the range's end belongs to it. An
 * abandoned query is cancelled there too.
 */
export function createDataExplorerEngine(options: DataExplorerOptions): QueryEngine {
  const { database, credential, clock } = options;
  const cluster = options.cluster.replace(/\/+$/, '');
  const place = createLimiter(atOnce);
  const closing = new AbortController();
  const cancelling = new Set<Promise<void>>();
  let connected: Promise<ClusterClient> | undefined;

  function client(): Promise<ClusterClient> {
    connected ??= connectCluster({ cluster, database, clock, ...(credential ? { credential } : {}) });
    return connected;
  }

  function within(milliseconds: number, signal?: AbortSignal) {
    const any = signal ? AbortSignal.any([signal, closing.signal]) : closing.signal;
    return { service, milliseconds, place, signal: any };
  }

  function send(
    kind: 'query' | 'command',
    limits: RequestLimits,
    text: string,
    more: Pick<ClusterRequest, 'options'> = {},
  ): Promise<{ answer: Answer; retries: number }> {
    return retryThrottled(service, limits, clock, async () => {
      const connection = await client();
      const id = `Talbot.${kind};${randomUUID()}`;
      const cancel = () => cancelThere(connection, id);
      if (kind === 'query') limits.signal.addEventListener('abort', cancel, { once: true });
      try {
        const { signal } = limits;
        return await connection[kind]({ text, id, serverTimeout: limits.left(), signal, ...more });
      } finally {
        if (!limits.signal.aborted) limits.signal.removeEventListener('abort', cancel);
      }
    });
  }

  function cancelThere(connection: ClusterClient, id: string): void {
    const done = connection
      .command({
        text: `.cancel query "${id}"`,
        id: `Talbot.cancel;${randomUUID()}`,
        serverTimeout: cancelMilliseconds,
        signal: AbortSignal.timeout(cancelMilliseconds),
      })
      .then((answer) => void readCommandAnswer(answer))
      .catch((error: unknown) => {
        const reason = error instanceof Error ? error.message : String(error);
        options.onWarning?.(`A query given up here may go on in ${service}: ${reason}`);
      })
      .finally(() => cancelling.delete(done));
    cancelling.add(done);
  }

  const schema = keepFor(schemaKeptMilliseconds, clock, () =>
    runLimited(within(checkMilliseconds), async (limits): Promise<DatabaseSchema> => {
      const { answer } = await send('command', limits, `.show database ${quoteName(database)} schema as json`);
      const [row] = readCommandAnswer(answer).rows;
      if (typeof row?.[0] !== 'string') throw new QueryError('internal', `${service} gave no schema of ${database}`);
      return readSchema(row[0]);
    }),
  );

  async function scopeOf({ text, range }: Pick<QueryRequest, 'text' | 'range'>): Promise<ClusterRequest['options']> {
    if (!range) return {};
    const column = timeColumnFor(await schema(), text);
    if (column === undefined) return {};
    return {
      query_datetimescope_column: column,
      query_datetimescope_from: range.from.toISOString(),
      query_datetimescope_to: range.to.toISOString(),
    };
  }

  /** The schema takes one of the engine's places itself, so it is waited for before the query takes its own. */
  async function scopeWithin(
    request: Pick<QueryRequest, 'text' | 'range'>,
    milliseconds: number,
    signal?: AbortSignal,
  ): Promise<ClusterRequest['options']> {
    const limits = limitRequest(service, milliseconds, signal);
    try {
      return await orAborted(scopeOf(request), limits.signal);
    } finally {
      limits.end();
    }
  }

  async function ask(
    request: Pick<QueryRequest, 'text' | 'asOf' | 'range'>,
    limit: { rows?: number; milliseconds: number },
    signal?: AbortSignal,
  ): Promise<ReadAnswer> {
    assertQueryText(request.text);
    const scope = await scopeWithin(request, limit.milliseconds, signal);
    return runLimited(within(limit.milliseconds, signal), async (limits) => {
      const { answer, retries } = await send('query', limits, request.text, {
        options: {
          query_now: request.asOf.toISOString(),
          request_readonly: true,
          ...(limit.rows === undefined ? {} : { query_take_max_records: limit.rows + 1 }),
          ...scope,
        },
      });
      const read = readQueryAnswer(answer);
      if (retries > 0) read.notes.push(`${service} was busy: asked ${retries + 1} times.`);
      return read;
    });
  }

  const rowCounts = keepFor(schemaKeptMilliseconds, clock, () =>
    runLimited(within(checkMilliseconds), async (limits): Promise<Map<string, number>> => {
      const { answer } = await send('command', limits, '.show tables details');
      const { columns, rows } = readCommandAnswer(answer);
      const [name, count] = [columns.indexOf('TableName'), columns.indexOf('TotalRowCount')];
      return new Map(rows.map((row) => [String(row[name]), Number(row[count])]));
    }),
  );

  return {
    name: 'data-explorer',
    // As long as Microsoft Sentinel's own rules wait for events that come in late.
    lateMilliseconds: 300_000,
    portalLink: ({ text }) => dataExplorerLink(cluster, database, text),
    async run(request, sink, signal) {
      const { columns, rows, cut, notes, ...rest } = await ask(request, request.limits, signal);
      const given = await deliverRows({ columns, rows }, request.limits.rows, sink, signal);
      return { ...given, columns, notes, ...rest, truncated: given.truncated || cut };
    },
    async count(request, signal) {
      assertQueryText(request.text);
      const counting = { ...request, text: countQuery(request.text) };
      const limit = { milliseconds: request.limits.milliseconds };
      return countOfAnswer(service, await ask(counting, limit, signal));
    },
    async check(request) {
      const schemaText = { ...request, text: schemaQuery(request.text) };
      assertQueryText(request.text);
      return columnsOfSchema(service, await ask(schemaText, { milliseconds: checkMilliseconds }));
    },
    async tables() {
      const [{ tables }, counts] = await Promise.all([schema(), rowCounts()]);
      return tables.map((table): TableInfo => {
        const rows = counts.get(table.name);
        return { ...table, ...(rows === undefined || Number.isNaN(rows) ? {} : { rows }) };
      });
    },
    async close() {
      closing.abort();
      await Promise.all(cancelling);
      // One that was never opened has nothing to close; whoever asked it was told why.
      await connected?.then(
        (connection) => connection.close(),
        () => undefined,
      );
    },
  };
}

/** A name as KQL quotes it: `['It\'s']`. */
function quoteName(name: string): string {
  return `['${name.replace(/[\\']/g, '\\$&')}']`;
}
