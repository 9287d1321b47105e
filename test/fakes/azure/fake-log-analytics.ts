import { z } from 'zod';
import { type FakeAnswer, type FakeRequest, type HttpFake, startHttpFake } from './start-http-fake';
import { fakeToken } from './static-credential';

const instant = String.raw`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z`;
const QueryBody = z.strictObject({
  query: z.string().min(1),
  timespan: z
    .string()
    .regex(new RegExp(`^${instant}/${instant}$`))
    .optional(),
  workspaces: z.array(z.string()).optional(),
});

export interface FakeLogAnalytics extends HttpFake {
  workspaceId: string;
  /** What came as the service would not take it. */
  faults: string[];
  queries(): { text: string; timespan: string | undefined; prefer: string; request: FakeRequest }[];
}

/** The query API of Log Analytics: takes only requests as its public reference has them, and answers queries as the test says. */
export async function startFakeLogAnalytics(
  answer: (query: string, request: FakeRequest) => FakeAnswer,
): Promise<FakeLogAnalytics> {
  const workspaceId = '0f6b2c1e-2f6a-4a57-9a55-3a2c1b7d9e01';
  const faults: string[] = [];
  const fake = await startHttpFake((request) => {
    const fault = faultOf(request, workspaceId);
    if (fault !== undefined) {
      faults.push(fault);
      return { status: 400, body: { error: { code: 'BadArgumentError', message: fault } } };
    }
    if (request.headers.authorization !== `Bearer ${fakeToken}`)
      return { status: 401, body: { error: { code: 'AuthenticationFailed', message: 'Authentication failed.' } } };
    return answer(queryOf(request), request);
  });
  return {
    ...fake,
    workspaceId,
    faults,
    queries: () =>
      fake.requests
        .filter((request) => request.path.endsWith('/query'))
        .map((request) => {
          const { query, timespan } = QueryBody.parse(request.body);
          return { text: query, timespan, prefer: request.headers.prefer ?? '', request };
        }),
  };
}

function queryOf(request: FakeRequest): string {
  return request.path.endsWith('/metadata') ? '' : QueryBody.parse(request.body).query;
}

function faultOf({ method, path, headers, body }: FakeRequest, workspaceId: string): string | undefined {
  if (method !== 'POST') return `${method} ${path}`;
  if (path === `/v1/workspaces/${workspaceId}/metadata`)
    return body === undefined ? undefined : 'metadata takes no body';
  if (path !== `/v1/workspaces/${workspaceId}/query`) return `no such path: ${path}`;
  if (!/^application\/json/.test(headers['content-type'] ?? '')) return 'not JSON';
  const wait = /(?:^|,\s*)wait=(\d+)(?:,|$)/.exec(headers.prefer ?? '')?.[1];
  if (wait !== undefined && (Number(wait) < 1 || Number(wait) > 600)) return `wait=${wait}`;
  const parsed = QueryBody.safeParse(body);
  return parsed.success ? undefined : `body: ${parsed.error.message}`;
}

/** A whole answer; columns are written `Name: type`. */
export function laTable(columns: string[], rows: unknown[][], more: object = {}): FakeAnswer {
  return { body: { tables: [{ name: 'PrimaryResult', columns: columns.map(column), rows }], ...more } };
}

/** The service's error, nested as it nests them: code and message from the outside in. */
export function laError(
  status: number,
  ...levels: { code: string; message: string; [key: string]: unknown }[]
): FakeAnswer {
  return { status, body: { error: nest(levels) } };
}

/** What stands beside the tables of a 200 that did not go well. */
export function laPartial(code: string, message: string, severity = 2): object {
  return {
    error: {
      code: 'PartialError',
      message: 'There were some errors when processing your query.',
      details: [
        {
          code: 'EngineError',
          message: 'Something went wrong processing your query on the server.',
          innererror: { code, message, severity, severityName: severity > 2 ? 'Warning' : 'Error' },
        },
      ],
    },
  };
}

function nest([outer, ...inner]: { code: string; message: string }[]): object {
  return { ...outer, ...(inner.length > 0 ? { innererror: nest(inner) } : {}) };
}

function column(text: string): { name: string; type: string } {
  const [name = '', type = ''] = text.split(': ');
  return { name, type };
}
