import type { TokenCredential } from '@azure/identity';
import type { Clock } from '../../ports/clock';
import type { QueryEngine, QueryRequest, TableInfo } from '../../ports/query-engine';
import { countOfAnswer } from '../azure/count-answer';
import { deliverRows } from '../azure/deliver-rows';
import { keepFor } from '../azure/keep-for';
import { createLimiter } from '../azure/limiter';
import { logAnalyticsLink } from '../azure/portal-link';
import { assertQueryText, countQuery, schemaQuery } from '../azure/query-text';
import { retryThrottled } from '../azure/retry-throttled';
import { runLimited } from '../azure/run-limited';
import { columnsOfSchema } from '../azure/schema-answer';
import { type ReadAnswer, readMetadata, readQueryAnswer } from './read-answer';
import { connectWorkspace, type WorkspaceClient } from './workspace-client';

const service = 'Log Analytics';
/** The service lets one identity run five queries at a time and queues the others. */
const atOnce = 5;
const checkMilliseconds = 30_000;
const tablesKeptMilliseconds = 600_000;

export interface LogAnalyticsOptions {
  /** The workspace's (customer) id, a GUID. */
  workspaceId: string;
  /** Where the service is, with or without `/v1`: another Azure cloud, a private link. */
  endpoint?: string;
  /** Where tokens come from: @azure/identity's default chain by default. */
  credential?: TokenCredential;
  /** The workspace's Azure resource id, for links into the portal. */
  resourceId?: string;
  clock: Clock;
}

/**
 * A Log Analytics workspace, Sentinel's own. Nothing is loaded or called before the first query.
 *
 * The time range is sent as the service's own `timespan`: it cuts every table on TimeGenerated, which every table of a workspace has,
 * watchlists included; the service does not say whether a row of exactly the range's end belongs to it. `now()` and `ago()` follow
 * `asOf` by `set query_now`, one line before the text. At most 500,000 rows or about 100 MB come back; then the answer is marked
 * truncated and a note says so.
 */
export function createLogAnalyticsEngine(options: LogAnalyticsOptions): QueryEngine {
  const { workspaceId, resourceId, credential, clock } = options;
  const endpoint = withVersion(options.endpoint ?? 'https://api.loganalytics.azure.com');
  const place = createLimiter(atOnce);
  const closing = new AbortController();
  let connected: Promise<WorkspaceClient> | undefined;

  function client(): Promise<WorkspaceClient> {
    connected ??= connectWorkspace({ workspaceId, endpoint, clock, ...(credential ? { credential } : {}) });
    return connected;
  }

  function within(milliseconds: number, signal?: AbortSignal) {
    const any = signal ? AbortSignal.any([signal, closing.signal]) : closing.signal;
    return { service, milliseconds, place, signal: any };
  }

  function ask(
    request: Pick<QueryRequest, 'text' | 'asOf' | 'range'>,
    milliseconds: number,
    signal?: AbortSignal,
  ): Promise<ReadAnswer> {
    return runLimited(within(milliseconds, signal), async (limits) => {
      const workspace = await client();
      const { answer, retries } = await retryThrottled(service, limits, clock, () =>
        workspace.query({
          text: `set query_now = datetime(${request.asOf.toISOString()});\n${request.text}`,
          ...(request.range ? { range: request.range } : {}),
          waitSeconds: Math.max(1, Math.ceil(limits.left() / 1000)),
          signal: limits.signal,
        }),
      );
      const read = readQueryAnswer(answer, 1);
      if (retries > 0) read.notes.push(`${service} was busy: asked ${retries + 1} times.`);
      return read;
    });
  }

  const tables = keepFor(tablesKeptMilliseconds, clock, () =>
    runLimited(within(checkMilliseconds), async (limits): Promise<TableInfo[]> => {
      const workspace = await client();
      const { answer } = await retryThrottled(service, limits, clock, () => workspace.metadata(limits.signal));
      return readMetadata(answer);
    }),
  );

  return {
    name: 'log-analytics',
    // As long as Microsoft Sentinel's own rules wait for events that come in late.
    lateMilliseconds: 300_000,
    ...(resourceId ? { portalLink: ({ text, range }) => logAnalyticsLink(resourceId, text, range) } : {}),
    async run(request, sink, signal) {
      assertQueryText(request.text);
      const { columns, rows, cut, notes, ...rest } = await ask(request, request.limits.milliseconds, signal);
      const given = await deliverRows({ columns, rows }, request.limits.rows, sink, signal);
      return { ...given, columns, notes, ...rest, truncated: given.truncated || cut };
    },
    async count(request, signal) {
      assertQueryText(request.text);
      const counting = { ...request, text: countQuery(request.text) };
      return countOfAnswer(service, await ask(counting, request.limits.milliseconds, signal));
    },
    async check(request) {
      assertQueryText(request.text);
      return columnsOfSchema(service, await ask({ ...request, text: schemaQuery(request.text) }, checkMilliseconds));
    },
    tables,
    async close() {
      closing.abort();
    },
  };
}

function withVersion(endpoint: string): string {
  const url = new URL(endpoint);
  return url.pathname === '/' ? `${url.origin}/v1` : endpoint.replace(/\/+$/, '');
}
