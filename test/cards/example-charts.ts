import { plotToSvg } from '../../src/charts/draw/plot-to-svg';
import { svgToPng } from '../../src/charts/draw/svg-to-png';
import { describePlot } from '../../src/charts/plot/describe-plot';
import { createPlotReader } from '../../src/charts/plot/read-plot';
import type { Block, Card } from '../../src/chat/card';
import type { Cell, ColumnType } from '../../src/ports/query-engine';
import { resultCard } from '../../src/views/result-card';
import { hostile } from './example-people';
import { exampleRun, runQuery, sampleClock } from './example-runs';

interface ChartExample {
  name: string;
  text: string;
  render: { chart: string; properties?: Record<string, string> };
  columns: Record<string, ColumnType>;
  rows: Cell[][];
}

const hour = 3_600_000;
const start = Date.UTC(2026, 10, 18);
const at = (hours: number) => `${new Date(start + hours * hour).toISOString().slice(0, 19)}.0000000Z`;
const range = (count: number) => Array.from({ length: count }, (_, index) => index);
/** Looks like chance and is the same every time. */
const noise = (seed: number) => (((Math.sin(seed * 12.9898) * 43_758.5453) % 1) + 1) % 1;
const byDay = (index: number) => 1 + Math.max(0, Math.sin(((index % 24) - 6) / 3.8)) * 4;
const apps = ['Office 365 Exchange Online', 'Azure Portal', 'My Apps', 'Microsoft Teams'];

const examples: ChartExample[] = [
  {
    name: 'chart-time',
    text: 'SigninLogs\n| where ResultType == "50126"\n| summarize Failures = count() by bin(TimeGenerated, 1h), AppDisplayName\n| render timechart with (title="Failed sign-ins per hour")',
    render: { chart: 'timechart', properties: { title: 'Failed sign-ins per hour' } },
    columns: { TimeGenerated: 'datetime', AppDisplayName: 'string', Failures: 'long' },
    rows: range(168).flatMap((index) =>
      apps.map((app, place): Cell[] => [
        at(index),
        app,
        Math.round(
          byDay(index) * (4 - place) * (0.6 + noise(index * 7 + place)) +
            (place === 0 && index > 29 && index < 34 ? 120 - (index - 31) ** 2 * 20 : 0),
        ),
      ]),
    ),
  },
  {
    name: 'chart-bar',
    text: 'SigninLogs\n| where ResultType == "50126"\n| summarize Accounts = dcount(UserPrincipalName) by IPAddress\n| top 12 by Accounts\n| render barchart',
    render: { chart: 'barchart' },
    columns: { IPAddress: 'string', Accounts: 'long' },
    rows: range(12).map((index): Cell[] => [`203.0.113.${66 + index}`, Math.round(53 / (1 + index * 0.4))]),
  },
  {
    name: 'chart-column-stacked',
    text: 'DeviceProcessEvents\n| where FileName in ("powershell.exe", "cmd.exe", "wscript.exe")\n| summarize Starts = count() by bin(TimeGenerated, 1d), FileName\n| render columnchart with (kind=stacked)',
    render: { chart: 'columnchart', properties: { kind: 'stacked' } },
    columns: { TimeGenerated: 'datetime', FileName: 'string', Starts: 'long' },
    rows: range(14).flatMap((day) =>
      ['powershell.exe', 'cmd.exe', 'wscript.exe'].map((file, place): Cell[] => [
        at(day * 24 - 168),
        file,
        Math.round((day % 7 > 4 ? 60 : 300) * (1 - place * 0.3) * (0.7 + noise(day * 5 + place) * 0.6)),
      ]),
    ),
  },
  {
    name: 'chart-pie',
    text: 'SigninLogs\n| summarize count() by ResultType\n| render piechart',
    render: { chart: 'piechart' },
    columns: { ResultType: 'string', count_: 'long' },
    rows: [
      ['0', 48_200],
      ['50126', 12_071],
      ['50074', 3120],
      ['50053', 880],
      ['530032', 410],
      ['65001', 77],
    ],
  },
  {
    name: 'chart-anomaly',
    text: 'SecurityEvent\n| make-series Logons = count() on TimeGenerated step 1h\n| extend (flag, score, baseline) = series_decompose_anomalies(Logons)\n| render anomalychart with (anomalycolumns=flag, ycolumns=Logons, baseline)',
    render: {
      chart: 'anomalychart',
      properties: { anomalycolumns: 'flag', ycolumns: 'Logons, baseline', title: 'Logons per hour' },
    },
    columns: { Logons: 'dynamic', TimeGenerated: 'dynamic', flag: 'dynamic', baseline: 'dynamic' },
    rows: [
      [
        range(168).map((index) =>
          Math.round(byDay(index) * 180 * (0.9 + noise(index) * 0.2) + (index === 75 || index === 123 ? 900 : 0)),
        ),
        range(168).map(at),
        range(168).map((index) => (index === 75 || index === 123 ? 1 : 0)),
        range(168).map((index) => Math.round(byDay(index) * 180)),
      ],
    ],
  },
  {
    name: 'chart-area',
    text: 'DeviceNetworkEvents\n| summarize Megabytes = sum(SentBytes) / 1e6 by bin(TimeGenerated, 1h)\n| render areachart',
    render: { chart: 'areachart' },
    columns: { TimeGenerated: 'datetime', Megabytes: 'real' },
    rows: range(72).map((index): Cell[] => [at(index), byDay(index) * 210 * (0.8 + noise(index) * 0.4)]),
  },
  {
    name: 'chart-scatter',
    text: 'DeviceNetworkEvents\n| summarize Connections = count(), Jitter = stdev(Gap) by RemoteIP, Beacon\n| project Connections, Jitter, Beacon\n| render scatterchart',
    render: { chart: 'scatterchart', properties: { title: 'Beacons: many connections, little jitter' } },
    columns: { Connections: 'long', Jitter: 'real', Beacon: 'string' },
    rows: range(320).map((index): Cell[] =>
      index < 9
        ? [700 + Math.round(noise(index) * 250), 1 + noise(index + 900) * 4, 'suspect']
        : [Math.round(20 + noise(index) ** 2 * 900), 12 + noise(index + 500) * 90, 'other'],
    ),
  },
  {
    name: 'chart-card',
    text: 'SigninLogs\n| summarize Failures = count(), Accounts = dcount(UserPrincipalName), LastSeen = max(TimeGenerated)\n| render card',
    render: { chart: 'card' },
    columns: { Failures: 'long', Accounts: 'long', LastSeen: 'datetime' },
    rows: [[12_071, 53, at(30)]],
  },
  {
    name: 'chart-hostile',
    text: 'DeviceProcessEvents\n| summarize count() by ProcessCommandLine\n| render barchart',
    render: { chart: 'barchart', properties: { title: `<script>alert(1)</script> ${hostile}` } },
    columns: { ProcessCommandLine: 'string', count_: 'long' },
    rows: [
      [hostile, 5],
      ['powershell.exe -NoProfile -EncodedCommand '.repeat(8), 1204],
      ['<image href="file:///etc/passwd"/>', 77],
      ['\u202egnp.exe \u0000', 3],
      [null, 240],
    ],
  },
  {
    name: 'chart-refused',
    text: 'SigninLogs\n| project TimeGenerated, Account\n| render timepivot',
    render: { chart: 'timepivot' },
    columns: { TimeGenerated: 'datetime', Account: 'string' },
    rows: range(3).map((index): Cell[] => [at(index), 'marta.oliveira@fernhill.example']),
  },
];

/** What stands in an address’s place once the page is drawn. */
const drawn = new Map<string, string>();

/** Result cards with every kind of picture; the pictures are the ones that a thread would show. */
export const chartCards: { name: string; view: string; card: Card }[] = examples.map((example) => {
  const columns = Object.entries(example.columns).map(([name, type]) => ({ name, type }));
  const query = runQuery(
    { id: 'kql', name: example.text.replace(/\s+/g, ' ').slice(0, 60), text: example.text },
    { state: 'done', attempt: 1, columns, rows: example.rows.length },
  );
  const run = exampleRun([query], { id: 'R-21', ...sampleClock });
  const rows = example.rows
    .slice(0, 10)
    .map((row) => row.map((cell) => (Array.isArray(cell) ? cell.slice(0, 3) : cell)));
  const file = example.rows.length > rows.length ? { file: 'http://127.0.0.1:3978/files/R-21.csv' } : {};
  return {
    name: example.name,
    view: 'result-card',
    card: resultCard(run, [{ query, rows, chart: chartOf(example, columns), ...file }]),
  };
});

function chartOf(example: ChartExample, columns: { name: string; type: string }[]): Block[] {
  const render = { chart: example.render.chart, properties: example.render.properties ?? {} };
  try {
    const reader = createPlotReader({ render, columns, total: example.rows.length });
    reader?.add(example.rows);
    const plot = reader?.finish();
    if (!plot) return [];
    const url = `https://talbot.example/files/${example.name}`;
    drawn.set(url, `data:image/png;base64,${Buffer.from(svgToPng(plotToSvg(plot)).png).toString('base64')}`);
    return [
      { type: 'image', alt: describePlot(plot), url },
      ...plot.notes.map((text) => ({ type: 'note' as const, text })),
    ];
  } catch (error) {
    return [
      {
        type: 'note',
        text: `No picture: ${error instanceof Error ? error.message : String(error)}. The rows are in the table.`,
      },
    ];
  }
}

/** Where a drawing of an example stands. */
export function exampleDrawing(name: string, svg: string): string {
  const url = `https://talbot.example/files/${name}`;
  drawn.set(url, `data:image/png;base64,${Buffer.from(svgToPng(svg).png).toString('base64')}`);
  return url;
}

/** A page in which the pictures are, instead of their addresses. */
export function withPictures(html: string): string {
  let page = html;
  for (const [url, data] of drawn) page = page.replaceAll(`${url}"`, `${data}"`);
  return page;
}
