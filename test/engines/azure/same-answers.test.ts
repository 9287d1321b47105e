import { createDataExplorerEngine } from '../../../src/engines/data-explorer/engine';
import { createDuckdbEngine } from '../../../src/engines/duckdb/engine';
import { createLogAnalyticsEngine } from '../../../src/engines/log-analytics/engine';
import type { Cell, Column, QueryEngine } from '../../../src/ports/query-engine';
import { adxFrames, startFakeDataExplorer } from '../../fakes/azure/fake-data-explorer';
import { laTable, startFakeLogAnalytics } from '../../fakes/azure/fake-log-analytics';
import { staticCredential } from '../../fakes/azure/static-credential';
import { lines, makeFolder, removeFolders } from '../duckdb/log-folder';
import { ask, asOf, clock } from './ask-engine';

jest.mock('azure-kusto-data', () =>
  jest
    .requireActual<typeof import('../../fakes/azure/real-kusto-sdk')>('../../fakes/azure/real-kusto-sdk')
    .realKustoSdk(),
);

const events = [
  { TimeGenerated: '2026-03-01T08:00:00Z', Computer: 'ws1', EventID: 4624, Bag: { a: [1, 2.5, null], b: 'x' } },
  { TimeGenerated: '2026-03-01T09:30:00.1234567Z', Computer: 'ws2', EventID: 4625, Bag: { a: [] } },
  { TimeGenerated: '2026-03-01T09:45:00Z', Computer: '', EventID: 4625 },
];

interface Case {
  text: string;
  /** What the services send: columns, and rows as JSON text, so that long numbers stay as they are. */
  columns: string[];
  wire: string;
  cells: Cell[][];
}

const cases: Case[] = [
  {
    text: 'print b = true, i = int(7), small = 5, l = long(9007199254740993), low = long(-9223372036854775807)',
    columns: ['b: bool', 'i: int', 'small: long', 'l: long', 'low: long'],
    wire: '[[true, 7, 5, 9007199254740993, -9223372036854775807]]',
    cells: [[true, 7, 5, '9007199254740993', '-9223372036854775807']],
  },
  {
    text: 'print r = 1.5, nan = real(nan), up = real(+inf), down = real(-inf), d = decimal(0.12345678901234567)',
    columns: ['r: real', 'nan: real', 'up: real', 'down: real', 'd: decimal'],
    wire: '[[1.5, "NaN", "Infinity", "-Infinity", "0.12345678901234567"]]',
    cells: [[1.5, 'NaN', 'Infinity', '-Infinity', '0.12345678901234567']],
  },
  {
    text: 'print t = datetime(2024-01-01), t7 = datetime(2024-01-01 00:00:00.0000001), p = 90m, d = -1d - 500ms, none = datetime(null)',
    columns: ['t: datetime', 't7: datetime', 'p: timespan', 'd: timespan', 'none: datetime'],
    wire: '[["2024-01-01T00:00:00Z", "2024-01-01T00:00:00.0000001Z", "01:30:00", "-1.00:00:00.5000000", null]]',
    cells: [
      ['2024-01-01T00:00:00.0000000Z', '2024-01-01T00:00:00.0000001Z', '01:30:00.0000000', '-1.00:00:00.5000000', null],
    ],
  },
  {
    text: 'print s = "a\\"b", empty = "", g = guid(74be27de-1e4e-49d9-b579-fe0b331d3642), digits = "12345678901234567890"',
    columns: ['s: string', 'empty: string', 'g: guid', 'digits: string'],
    wire: '[["a\\"b", "", "74be27de-1e4e-49d9-b579-fe0b331d3642", "12345678901234567890"]]',
    cells: [['a"b', '', '74be27de-1e4e-49d9-b579-fe0b331d3642', '12345678901234567890']],
  },
  {
    text: `print bag = parse_json('{"n": 9223372036854775806, "l": [1, "b", null]}'), text = dynamic("plain"), n = dynamic(5), none = dynamic(null)`,
    columns: ['bag: dynamic', 'text: dynamic', 'n: dynamic', 'none: dynamic'],
    wire: '[["{\\"n\\":9223372036854775806,\\"l\\":[1,\\"b\\",null]}", "plain", 5, null]]',
    cells: [[{ n: '9223372036854775806', l: [1, 'b', null] }, 'plain', 5, null]],
  },
  {
    text: 'Events | sort by TimeGenerated asc | project TimeGenerated, Computer, EventID, Bag',
    columns: ['TimeGenerated: datetime', 'Computer: string', 'EventID: long', 'Bag: dynamic'],
    wire: `[["2026-03-01T08:00:00Z", "ws1", 4624, "{\\"a\\":[1,2.5,null],\\"b\\":\\"x\\"}"],
            ["2026-03-01T09:30:00.1234567Z", "ws2", 4625, "{\\"a\\":[]}"],
            ["2026-03-01T09:45:00Z", null, 4625, null]]`,
    cells: [
      ['2026-03-01T08:00:00.0000000Z', 'ws1', 4624, { a: [1, 2.5, null], b: 'x' }],
      ['2026-03-01T09:30:00.1234567Z', 'ws2', 4625, { a: [] }],
      ['2026-03-01T09:45:00.0000000Z', '', 4625, null],
    ],
  },
  {
    text: 'Events | summarize n = count(), newest = max(TimeGenerated) by EventID | sort by EventID asc | extend age = now() - newest',
    columns: ['EventID: long', 'n: long', 'newest: datetime', 'age: timespan'],
    wire: `[[4624, 1, "2026-03-01T08:00:00Z", "16:00:00"], [4625, 2, "2026-03-01T09:45:00Z", "14:15:00"]]`,
    cells: [
      [4624, 1, '2026-03-01T08:00:00.0000000Z', '16:00:00.0000000'],
      [4625, 2, '2026-03-01T09:45:00.0000000Z', '14:15:00.0000000'],
    ],
  },
  {
    text: 'Events | where EventID == 1 | project Computer',
    columns: ['Computer: string'],
    wire: '[]',
    cells: [],
  },
];

const credential = staticCredential();
const engines: QueryEngine[] = [];
const closers: (() => Promise<void>)[] = [];
let wire = '{}';

beforeAll(async () => {
  const analytics = await startFakeLogAnalytics(() => ({ body: wire }));
  const explorer = await startFakeDataExplorer(() => ({ body: wire }));
  const logs = await makeFolder({ 'Events.ndjson': lines(...events) });
  engines.push(
    await createDuckdbEngine({ logs, dataFolder: await makeFolder(), memoryLimit: '300MB', threads: 2, clock }),
    createLogAnalyticsEngine({ workspaceId: analytics.workspaceId, endpoint: analytics.url, credential, clock }),
    createDataExplorerEngine({ cluster: explorer.url, database: 'Hunting', credential, clock }),
  );
  closers.push(analytics.close, explorer.close);
});

afterAll(async () => {
  for (const engine of engines) await engine.close();
  for (const close of closers) await close();
  await removeFolders();
});

/** The recorded answer as the engine's service would send it. */
function recorded(engine: QueryEngine, { columns, wire: rows }: Case): string {
  const whole = engine.name === 'log-analytics' ? laTable(columns, []) : adxFrames(columns, []);
  const empty = engine.name === 'log-analytics' ? '"rows":[]' : '"Rows":[]';
  const name = empty.slice(0, -2);
  return JSON.stringify(whole.body).replace(empty, `${name}${rows}`);
}

describe.each(['duckdb', 'log-analytics', 'data-explorer'])('%s', (name) => {
  test.each(cases)('$text', async (one) => {
    const engine = engines.find((each) => each.name === name);
    if (!engine) throw new Error(`no engine ${name}`);
    wire = recorded(engine, one);
    const { columns, cells, rows, truncated, pages } = await ask(engine, one.text);
    expect(columns).toEqual(one.columns.map(toColumn));
    expect(cells).toEqual(one.cells);
    expect({ rows, truncated }).toEqual({ rows: one.cells.length, truncated: false });
    expect(pages.length).toBeLessThanOrEqual(1);
  });
  test('checks a query without running it', async () => {
    const engine = engines.find((each) => each.name === name);
    if (!engine) throw new Error(`no engine ${name}`);
    wire = recorded(engine, {
      text: '',
      columns: ['ColumnName: string', 'ColumnOrdinal: int', 'DataType: string', 'ColumnType: string'],
      wire: '[["Computer", 0, "System.String", "string"], ["n", 1, "System.Int64", "long"]]',
      cells: [],
    });
    expect(await engine.check({ text: 'Events | summarize n = count() by Computer | render piechart', asOf })).toEqual([
      { name: 'Computer', type: 'string' },
      { name: 'n', type: 'long' },
    ]);
  });
});

function toColumn(text: string): Column {
  const [name = '', type = ''] = text.split(': ');
  return { name, type: type as Column['type'] };
}
