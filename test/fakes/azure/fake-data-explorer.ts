import { z } from 'zod';
import { type FakeAnswer, type FakeRequest, type HttpFake, startHttpFake } from './start-http-fake';
import { fakeToken } from './static-credential';

const instant = z.iso.datetime();
const Body = z.strictObject({
  db: z.literal('Hunting'),
  csl: z.string().min(1),
  properties: z.strictObject({
    Options: z.strictObject({
      servertimeout: z.string().regex(/^0[01]:\d\d:\d\d\.\d{3}$/),
      query_now: instant.optional(),
      query_datetimescope_column: z.enum(['TimeGenerated', 'Timestamp']).optional(),
      query_datetimescope_from: instant.optional(),
      query_datetimescope_to: instant.optional(),
      query_take_max_records: z.number().int().optional(),
      request_readonly: z.literal(true).optional(),
    }),
  }),
});
export type SentOptions = z.infer<typeof Body>['properties']['Options'];

export interface FakeDataExplorer extends HttpFake {
  /** What came as the service would not take it. */
  faults: string[];
  sent(kind: 'query' | 'command'): { text: string; options: SentOptions; id: string; request: FakeRequest }[];
}

const paths = { query: '/v2/rest/query', command: '/v1/rest/mgmt' };

/** The REST API of Data Explorer: takes only requests as its public reference has them, and answers as the test says. */
export async function startFakeDataExplorer(
  answer: (text: string, request: FakeRequest) => FakeAnswer,
): Promise<FakeDataExplorer> {
  const faults: string[] = [];
  const fake = await startHttpFake((request) => {
    if (request.method === 'GET' && request.path === '/v1/rest/auth/metadata') return { status: 404, body: {} };
    const fault = faultOf(request);
    if (fault !== undefined) {
      faults.push(fault);
      return adxError(400, { code: 'General_BadRequest', '@message': fault });
    }
    if (request.headers.authorization !== `Bearer ${fakeToken}`) return { status: 401, body: '' };
    return answer(Body.parse(request.body).csl, request);
  });
  return {
    ...fake,
    faults,
    sent: (kind) =>
      fake.requests
        .filter((request) => request.path === paths[kind])
        .map((request) => {
          const { csl, properties } = Body.parse(request.body);
          const id = request.headers['x-ms-client-request-id'] ?? '';
          return { text: csl, options: properties.Options, id, request };
        }),
  };
}

function faultOf({ method, path, headers, body }: FakeRequest): string | undefined {
  if (method !== 'POST' || !Object.values(paths).includes(path)) return `${method} ${path}`;
  if (!/^application\/json/.test(headers['content-type'] ?? '')) return 'not JSON';
  if (!headers['x-ms-client-request-id']) return 'no request id';
  if (headers['x-ms-app'] !== 'Talbot' || headers['x-ms-user'] !== undefined) return 'tells of the machine';
  const parsed = Body.safeParse(body);
  if (!parsed.success) return `body: ${parsed.error.message}`;
  const command = parsed.data.csl.startsWith('.');
  return command === (path === paths.command) ? undefined : `sent to the wrong endpoint: ${parsed.data.csl}`;
}

/** The frames of a whole answer; columns are written `Name: type`. */
export function adxFrames(
  columns: string[],
  rows: unknown[],
  more: { errors?: object[]; figures?: object; render?: object; also?: object[]; unfinished?: boolean } = {},
): FakeAnswer {
  const { errors = [], figures, render, also = [], unfinished } = more;
  return {
    body: [
      { FrameType: 'DataSetHeader', IsProgressive: false, Version: 'v2.0', IsFragmented: false },
      dataTable(
        'QueryProperties',
        '@ExtendedProperties',
        ['TableId: int', 'Key: string', 'Value: dynamic'],
        [[1, 'Visualization', JSON.stringify(render ?? { Visualization: null, Title: null })]],
      ),
      dataTable('PrimaryResult', 'PrimaryResult', columns, rows),
      ...also,
      dataTable(
        'QueryCompletionInformation',
        'QueryCompletionInformation',
        ['Timestamp: datetime', 'ClientRequestId: string', 'Level: int', 'EventTypeName: string', 'Payload: string'],
        [
          ['2026-03-02T00:00:00Z', 'x', 4, 'QueryInfo', '{"Count":1,"Text":"Query completed successfully"}'],
          ...(figures ? [['2026-03-02T00:00:00Z', 'x', 6, 'QueryResourceConsumption', JSON.stringify(figures)]] : []),
        ],
      ),
      ...(unfinished
        ? []
        : [
            {
              FrameType: 'DataSetCompletion',
              HasErrors: errors.length > 0,
              Cancelled: false,
              ...(errors.length > 0 ? { OneApiErrors: errors.map((error) => ({ error })) } : {}),
            },
          ]),
    ],
  };
}

export function dataTable(kind: string, name: string, columns: string[], rows: unknown[]): object {
  return {
    FrameType: 'DataTable',
    TableId: 0,
    TableKind: kind,
    TableName: name,
    Columns: columns.map(column),
    Rows: rows,
  };
}

/** The answer of a management command. */
export function adxTable(columns: string[], rows: unknown[][]): FakeAnswer {
  return { body: { Tables: [{ TableName: 'Table_0', Columns: columns.map(column), Rows: rows }] } };
}

export function adxError(status: number, error: object, headers: Record<string, string> = {}): FakeAnswer {
  return { status, headers, body: { error: { message: 'Request is invalid and cannot be executed.', ...error } } };
}

/** What `.show database schema as json` answers; columns are written `Name: type`. */
export function adxSchema(tables: Record<string, string[]>, functions: string[] = []): FakeAnswer {
  const described = Object.entries(tables).map(([name, columns]) => [
    name,
    {
      Name: name,
      OrderedColumns: columns
        .map(column)
        .map(({ ColumnName, ColumnType }) => ({ Name: ColumnName, CslType: ColumnType })),
    },
  ]);
  const database = {
    Name: 'Hunting',
    Tables: Object.fromEntries(described),
    ExternalTables: {},
    MaterializedViews: {},
    Functions: Object.fromEntries(functions.map((name) => [name, { Name: name }])),
  };
  return adxTable(['DatabaseSchema: string'], [[JSON.stringify({ Databases: { Hunting: database } })]]);
}

function column(text: string): { ColumnName: string; ColumnType: string } {
  const [ColumnName = '', ColumnType = ''] = text.split(': ');
  return { ColumnName, ColumnType };
}
