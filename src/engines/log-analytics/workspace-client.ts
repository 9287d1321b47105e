import { randomUUID } from 'node:crypto';
import type { TokenCredential } from '@azure/identity';
import type { TimeRange } from '../../domain/time-range';
import type { Clock } from '../../ports/clock';
import { keepTokens } from '../azure/kept-tokens';
import type { Answer } from '../azure/service-fault';
import { mayCarryTokens } from '../azure/service-url';

export interface WorkspaceQuery {
  text: string;
  range?: TimeRange;
  /** Whole seconds, at most 600: after them the service answers with 504. */
  waitSeconds: number;
  signal: AbortSignal;
}

/** The workspace over HTTP. Resolves to whatever the service answered, an error too; rejects where it could not be reached. */
export interface WorkspaceClient {
  query(query: WorkspaceQuery): Promise<Answer>;
  metadata(signal: AbortSignal): Promise<Answer>;
}

interface Exchange {
  signal: AbortSignal;
  /** The library insists on a time range; a query without one is sent without. */
  body?: string;
  answer?: Answer;
}

const idHeader = 'x-ms-client-request-id';

/**
 * Microsoft's client with one policy of ours in its pipeline: it hands the query's signal to the request (the client drops it) and
 * takes the answer as text, because the client reads it with numbers rounded to doubles and times cut to milliseconds.
 */
export async function connectWorkspace(options: {
  workspaceId: string;
  /** With its version, as in `https://api.loganalytics.azure.com/v1`. */
  endpoint: string;
  credential?: TokenCredential;
  clock: Clock;
}): Promise<WorkspaceClient> {
  const { workspaceId, endpoint } = options;
  if (!mayCarryTokens(endpoint)) throw new Error('Log Analytics is asked over https only, except on this machine');
  const [{ LogsQueryClient }, { DefaultAzureCredential }] = await Promise.all([
    import('@azure/monitor-query-logs'),
    import('@azure/identity'),
  ]);
  const credential = keepTokens(options.credential ?? new DefaultAzureCredential(), options.clock);
  const scope = `${audienceOf(endpoint)}/.default`;
  const clear = endpoint.startsWith('http:');
  const client = new LogsQueryClient(credential, {
    endpoint,
    credentials: { scopes: [scope] },
    retryOptions: { maxRetries: 0 },
    redirectOptions: { maxRetries: 0 },
    allowInsecureConnection: clear,
    userAgentOptions: { userAgentPrefix: 'Talbot' },
  });

  async function authorization(signal: AbortSignal): Promise<string> {
    const token = await credential.getToken(scope, { abortSignal: signal });
    if (!token) throw new Error('the credential gave no token');
    return `Bearer ${token.token}`;
  }

  const exchanges = new Map<string, Exchange>();
  // The library's own refuses to send a token in clear even to this machine.
  if (clear) client.pipeline.removePolicy({ name: 'bearerTokenAuthenticationPolicy' });
  client.pipeline.addPolicy({
    name: 'talbotExchangePolicy',
    async sendRequest(request, next) {
      const exchange = exchanges.get(request.headers.get(idHeader) ?? '');
      if (!exchange) return next(request);
      request.abortSignal = exchange.signal;
      if (exchange.body !== undefined) request.body = exchange.body;
      if (clear) request.headers.set('Authorization', await authorization(exchange.signal));
      const response = await next(request);
      exchange.answer = {
        status: response.status,
        headers: response.headers.toJSON(),
        body: response.bodyAsText ?? '',
      };
      return { ...response, status: 200, bodyAsText: '{"tables":[]}' };
    },
  });

  return {
    async query({ text, range, waitSeconds, signal }) {
      const id = randomUUID();
      const exchange: Exchange = { signal, ...(range ? {} : { body: JSON.stringify({ query: text }) }) };
      exchanges.set(id, exchange);
      try {
        await client.queryWorkspace(
          workspaceId,
          text,
          range ? { startTime: range.from, endTime: range.to } : { duration: 'P1D' },
          {
            serverTimeoutInSeconds: waitSeconds,
            includeQueryStatistics: true,
            includeVisualization: true,
            requestOptions: { headers: { [idHeader]: id } },
          },
        );
      } finally {
        exchanges.delete(id);
      }
      if (!exchange.answer) throw new Error('the answer was lost in the client library');
      return exchange.answer;
    },
    async metadata(signal) {
      const response = await fetch(`${endpoint}/workspaces/${encodeURIComponent(workspaceId)}/metadata`, {
        method: 'POST',
        headers: { Authorization: await authorization(signal), Accept: 'application/json' },
        signal,
        redirect: 'error',
      });
      return {
        status: response.status,
        headers: Object.fromEntries(response.headers),
        body: await response.text(),
      };
    },
  };
}

/** Whom the token is for: each Azure cloud has its own. */
function audienceOf(endpoint: string): string {
  const { hostname } = new URL(endpoint);
  if (hostname.endsWith('.azure.cn')) return 'https://api.loganalytics.azure.cn';
  if (hostname.endsWith('.us')) return 'https://api.loganalytics.us';
  return 'https://api.loganalytics.io';
}
