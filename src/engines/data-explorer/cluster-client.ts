import type { TokenCredential } from '@azure/identity';
import type { Clock } from '../../ports/clock';
import { keepTokens } from '../azure/kept-tokens';
import type { Answer } from '../azure/service-fault';
import { mayCarryTokens } from '../azure/service-url';

export interface ClusterRequest {
  text: string;
  /** The service's name for this request, by which it can be cancelled. */
  id: string;
  /** Request properties, by the names the service gives them. */
  options?: Record<string, boolean | number | string>;
  /** In milliseconds: the service gives up after it. */
  serverTimeout: number;
  signal: AbortSignal;
}

/** A database over HTTP. Resolves to whatever the service answered, an error too; rejects where it could not be reached. */
export interface ClusterClient {
  query(request: ClusterRequest): Promise<Answer>;
  /** A management command. */
  command(request: ClusterRequest): Promise<Answer>;
  close(): void;
}

interface Exchange {
  signal: AbortSignal;
  answer?: Answer;
}

const idHeader = 'x-ms-client-request-id';

/**
 * Microsoft's client, with its HTTP library told what the client has no words for: the query's signal, and to leave the answer as
 * text, because the client reads long numbers as doubles and throws away the rows of an answer that holds an error.
 */
export async function connectCluster(options: {
  cluster: string;
  database: string;
  credential?: TokenCredential;
  clock: Clock;
}): Promise<ClusterClient> {
  const { cluster, database } = options;
  if (!mayCarryTokens(cluster)) throw new Error('Data Explorer is asked over https only, except on this machine');
  const [sdk, { DefaultAzureCredential }] = await Promise.all([import('azure-kusto-data'), import('@azure/identity')]);
  const builder = sdk.KustoConnectionStringBuilder.withTokenCredential(
    cluster,
    keepTokens(options.credential ?? new DefaultAzureCredential(), options.clock),
  );
  // Without names given, it sends those of the script and of the machine's user.
  builder.applicationNameForTracing = 'Talbot';
  builder.userNameForTracing = '';
  // Whoever sets the cluster's address trusts it with the token, under whatever name it answers.
  sdk.kustoTrustedEndpoints.addTrustedHosts([new sdk.MatchRule(new URL(cluster).hostname, true)], false);
  const client = new sdk.Client(builder);

  const exchanges = new Map<string, Exchange>();
  const { defaults, interceptors } = client.axiosInstance;
  defaults.transformResponse = [(body: unknown) => body];
  interceptors.request.use((config) => {
    const exchange = exchanges.get(String(config.headers.get(idHeader)));
    if (exchange) config.signal = exchange.signal;
    config.responseType = 'text';
    config.validateStatus = () => true;
    return config;
  });
  interceptors.response.use((response) => {
    const exchange = exchanges.get(String(response.config.headers.get(idHeader)));
    const after: unknown = response.headers['retry-after'];
    if (exchange)
      exchange.answer = {
        status: response.status,
        headers: typeof after === 'string' ? { 'retry-after': after } : {},
        body: String(response.data ?? ''),
      };
    return response;
  });

  async function send(kind: 'executeQuery' | 'executeMgmt', request: ClusterRequest): Promise<Answer> {
    const properties = new sdk.ClientRequestProperties({ ...request.options }, undefined, request.id);
    properties.raw = true;
    properties.setTimeout(Math.max(1000, Math.ceil(request.serverTimeout / 1000) * 1000));
    const exchange: Exchange = { signal: request.signal };
    exchanges.set(request.id, exchange);
    try {
      await client[kind](database, request.text, properties);
    } finally {
      exchanges.delete(request.id);
    }
    if (!exchange.answer) throw new Error('the answer was lost in the client library');
    return exchange.answer;
  }

  return {
    query: (request) => send('executeQuery', request),
    command: (request) => send('executeMgmt', request),
    close() {
      client.close();
      for (const agent of [defaults.httpAgent, defaults.httpsAgent]) agent?.destroy?.();
    },
  };
}
