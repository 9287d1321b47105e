import { describePlot } from '../../src/charts/plot/describe-plot';
import type { AxesPlot, PiePlot, Plot } from '../../src/charts/plot/plot';
import { createPlotReader } from '../../src/charts/plot/read-plot';
import type { Cell } from '../../src/ports/query-engine';

const start = Date.UTC(2026, 10, 18);
const at = (hour: number) => `${new Date(start + hour * 3_600_000).toISOString().slice(0, 19)}.0000000Z`;

function read(
  chart: string,
  columns: Record<string, string>,
  rows: Cell[][],
  properties: Record<string, string> = {},
): Plot {
  const reader = createPlotReader({
    render: { chart, properties },
    columns: Object.entries(columns).map(([name, type]) => ({ name, type })),
    total: rows.length,
  });
  if (reader === null) throw new Error('a table');
  reader.add(rows);
  return reader.finish();
}

function axes(...given: Parameters<typeof read>): AxesPlot {
  const plot = read(...given);
  if (plot.form === 'pie' || plot.form === 'card') throw new Error(plot.form);
  return plot;
}

const names = (plot: AxesPlot) => plot.series.map(({ name }) => name);
const hours = (count: number) => Array.from({ length: count }, (_, hour) => hour);

describe('which columns are what', () => {
  test('of a time chart the first datetime is x, the first text names the series, every number is y', () => {
    const plot = axes('timechart', { Account: 'string', Seen: 'datetime', App: 'string', Failures: 'long' }, [
      ['ada', at(1), 'Portal', 2],
      ['ada', at(0), 'Mail', 3],
      ['bob', at(0), 'Mail', 4],
    ]);
    expect(plot).toMatchObject({ form: 'lines', x: { kind: 'time', name: 'Seen' }, title: 'Failures by Account' });
    expect(plot.series).toMatchObject([
      {
        name: 'ada',
        points: [
          [start, 3],
          [start + 3_600_000, 2],
        ],
      },
      { name: 'bob', points: [[start, 4]] },
    ]);
    expect(plot.notes).toEqual([expect.stringContaining('not drawn: App')]);
  });

  test('what the query names goes before what is guessed, in any case of letters', () => {
    const columns = { A: 'string', B: 'string', n: 'long', m: 'long' } as const;
    const rows: Cell[][] = [
      ['x', 'p', 1, 10],
      ['y', 'q', 2, 20],
    ];
    const plot = axes('columnchart', columns, rows, { xcolumn: 'b', ycolumns: 'M', series: "['A']" });
    expect(plot.x.categories).toEqual(['p', 'q']);
    expect(plot.series).toMatchObject([
      { name: 'x', points: [[0, 10]] },
      { name: 'y', points: [[1, 20]] },
    ]);
    expect(() => axes('columnchart', columns, rows, { xcolumn: 'C' })).toThrow('there is no column “C” to draw');
  });

  test('several columns of numbers are as many series', () => {
    expect(
      names(
        axes('linechart', { x: 'int', a: 'real', b: 'real' }, [
          [1, 2, 3],
          [2, 3, 4],
        ]),
      ),
    ).toEqual(['a', 'b']);
    const both = axes('timechart', { t: 'datetime', s: 'string', a: 'long', b: 'long' }, [[at(0), 'k', 1, 2]]);
    expect(names(both)).toEqual(['k: a', 'k: b']);
  });

  test('the only number standing first is what is measured', () => {
    expect(
      axes('barchart', { count_: 'long', Host: 'string' }, [
        [3, 'a'],
        [4, 'b'],
      ]),
    ).toMatchObject({
      form: 'bars',
      x: { categories: ['a', 'b'] },
      series: [
        {
          points: [
            [0, 3],
            [1, 4],
          ],
        },
      ],
    });
  });

  test('lists, as make-series gives them, are a series for each row', () => {
    const plot = axes('timechart', { Host: 'string', num: 'dynamic', TimeGenerated: 'dynamic' }, [
      ['a', [1, 2], [at(0), at(1)]],
      ['b', [3, null], [at(0), at(1)]],
    ]);
    expect(plot.series).toMatchObject([
      {
        name: 'a',
        points: [
          [start, 1],
          [start + 3_600_000, 2],
        ],
      },
      {
        name: 'b',
        points: [
          [start, 3],
          [start + 3_600_000, null],
        ],
      },
    ]);
  });

  test('anomalies are points on the series that they belong to', () => {
    const columns = { TimeGenerated: 'dynamic', num: 'dynamic', flag: 'dynamic', baseline: 'dynamic' };
    const rows: Cell[][] = [
      [
        [at(0), at(1), at(2)],
        [5, 90, 6],
        [0, 1, 0],
        [5, 5, 5],
      ],
    ];
    const plot = axes('anomalychart', columns, rows, { anomalycolumns: 'flag' });
    expect(plot.series).toMatchObject([
      { name: 'num' },
      { name: 'baseline' },
      { name: 'Anomalies of num', role: 'alarms', points: [[start + 3_600_000, 90]] },
    ]);
    expect(describePlot(plot)).toContain('1 anomaly marked');
  });

  test('a long past 2^53, a decimal and a timespan are numbers too', () => {
    const plot = axes('linechart', { x: 'int', big: 'long', exact: 'decimal' }, [[1, '9223372036854775807', '1.5']]);
    expect(plot.series.map((one) => one.points[0]?.[1])).toEqual([2 ** 63, 1.5]);
    expect(axes('linechart', { x: 'int', took: 'timespan' }, [[1, '1.00:00:30.5000000']]).series[0]?.points).toEqual([
      [1, 86_430.5],
    ]);
  });
});

describe('what is left out is said', () => {
  test('series beyond twelve are added up as one', () => {
    const rows = hours(3).flatMap((hour) =>
      hours(30).map((host): Cell[] => [at(hour), `host ${host}`, host === 0 ? 900 : host]),
    );
    const plot = axes('timechart', { t: 'datetime', Host: 'string', n: 'long' }, rows);
    expect(plot.series).toHaveLength(12);
    expect(plot.series.at(-1)).toMatchObject({
      name: '19 more',
      role: 'rest',
      points: [[start, 190], expect.anything(), expect.anything()],
    });
    expect(plot.notes).toEqual(['The picture shows the 11 largest series; 19 more are added up as one.']);
  });

  test('100,000 points keep their peak', () => {
    const rows = Array.from({ length: 100_000 }, (_, i): Cell[] => [at(i / 60), i === 77_777 ? 1e6 : i % 10]);
    const plot = axes('timechart', { t: 'datetime', n: 'long' }, rows);
    const [series] = plot.series;
    expect(series?.points.length).toBeLessThanOrEqual(1100);
    expect(Math.max(...(series?.points ?? []).map(([, y]) => y ?? 0))).toBe(1e6);
    expect(plot.notes[0]).toMatch(
      /^Of 100,000 points the picture shows [\d,]+: in each stretch the lowest and the highest\.$/,
    );
  });

  test('rows past the bound, rows without a time, and values off a logarithmic axis', () => {
    const reader = createPlotReader({
      render: { chart: 'timechart', properties: { yaxis: 'log' } },
      columns: [
        { name: 't', type: 'datetime' },
        { name: 'n', type: 'long' },
      ],
      total: 250_000,
    });
    expect(
      reader?.add([
        [null, 1],
        [at(0), 0],
        [at(1), 5],
      ]),
    ).toBe(true);
    expect(reader?.finish().notes).toEqual([
      'The picture shows the first 3 of 250,000 rows.',
      'Not drawn: 1 row without a value of t.',
      'A logarithmic axis has no place for 0 and less: 1 values are not drawn.',
    ]);
  });

  test('of many names the largest, in the order of the rows', () => {
    const plot = axes(
      'barchart',
      { Host: 'string', n: 'long' },
      hours(100).map((host): Cell[] => [`h${host}`, host]),
    );
    expect(plot.x.categories).toHaveLength(18);
    expect(plot.x.categories[0]).toBe('h82');
    expect(plot.notes).toEqual(['The picture shows the 18 largest of 100 values of Host.']);
  });

  test('small slices of a pie are one', () => {
    const pie = read(
      'piechart',
      { k: 'string', n: 'long' },
      hours(40).map((k): Cell[] => [`k${k}`, 100 - k]),
    ) as PiePlot;
    expect(pie.slices).toHaveLength(12);
    expect(pie.slices.at(-1)).toEqual({ name: '29 more', value: 2175, role: 'rest' });
  });
});

describe('forms', () => {
  test('stacked and shared to 100', () => {
    const rows: Cell[][] = [
      [at(0), 'a', 30],
      [at(0), 'b', 10],
      [at(1), 'a', 5],
    ];
    const columns = { t: 'datetime', k: 'string', n: 'long' };
    expect(axes('columnchart', columns, rows, { kind: 'stacked' }).series[1]?.points).toEqual([
      [start, 10],
      [start + 3_600_000, 0],
    ]);
    expect(axes('areachart', columns, rows, { kind: 'stacked100' }).series[0]?.points).toEqual([
      [start, 75],
      [start + 3_600_000, 100],
    ]);
    expect(axes('stackedareachart', columns, rows).stack).toBe('stacked');
  });

  test('accumulate, limits of the axis, titles, panels', () => {
    const plot = axes(
      'linechart',
      { x: 'int', a: 'long', b: 'long' },
      [
        [2, 5, 1],
        [1, 3, 1],
      ],
      {
        accumulate: 'true',
        ymin: '-1',
        ymax: '100',
        title: 'Both',
        xtitle: 'steps',
        ysplit: 'panels',
        legend: 'hidden',
      },
    );
    expect(plot).toMatchObject({
      title: 'Both',
      legend: false,
      x: { name: 'steps' },
      y: [{ name: 'a', min: -1, max: 100 }, { name: 'b' }],
      series: [
        {
          panel: 0,
          points: [
            [1, 3],
            [2, 8],
          ],
        },
        { panel: 1 },
      ],
    });
  });

  test('rows of one place are added up where bars stand', () => {
    expect(
      axes('barchart', { k: 'string', n: 'long' }, [
        ['a', 1],
        ['a', 2],
      ]).series[0]?.points,
    ).toEqual([[0, 3]]);
  });

  test('a card shows the first row', () => {
    expect(
      read('card', { Hosts: 'long', Last: 'datetime' }, [
        [1_234_567, at(6)],
        [2, at(7)],
      ]),
    ).toMatchObject({
      facts: [
        { label: 'Hosts', value: '1,234,567' },
        { label: 'Last', value: '2026-11-18 06:00 UTC' },
      ],
    });
  });

  test('render table asks for no picture', () => {
    expect(createPlotReader({ render: { chart: 'table', properties: {} }, columns: [], total: 0 })).toBeNull();
  });
});

test.each<[string, string, Record<string, string>, Cell[][], Record<string, string>]>([
  ['“render timepivot” is not drawn here', 'timepivot', { t: 'datetime', n: 'long' }, [], {}],
  ['there are no rows to draw', 'timechart', { t: 'datetime', n: 'long' }, [], {}],
  ['there is no value of n to draw', 'timechart', { t: 'datetime', n: 'long' }, [[at(0), null]], {}],
  ['there is no column of numbers to draw over t', 'timechart', { t: 'datetime', s: 'string' }, [[at(0), 'x']], {}],
  ['a chart needs at least two columns', 'barchart', { n: 'long' }, [[1]], {}],
  ['a pie has no place for negative values of n', 'piechart', { k: 'string', n: 'long' }, [['a', -1]], {}],
  ['n is 0 or missing in every row', 'piechart', { k: 'string', n: 'long' }, [['a', 0]], {}],
  ['maps are not drawn here', 'scatterchart', { x: 'real', y: 'real' }, [[1, 2]], { kind: 'map' }],
  ['ymin (5) is not below ymax (5)', 'linechart', { x: 'int', y: 'int' }, [[1, 2]], { ymin: '5', ymax: '5' }],
])('refused: %s', (why, chart, columns, rows, properties) => {
  expect(() => read(chart, columns, rows, properties)).toThrow(why);
});

describe('the same in words', () => {
  test('span, series, peak', () => {
    const rows = hours(24).flatMap((hour): Cell[][] => [
      [at(hour), 'Mail', hour],
      [at(hour), 'Portal', hour === 7 ? 1234 : 1],
    ]);
    const plot = axes('timechart', { t: 'datetime', App: 'string', Failures: 'long' }, rows);
    expect(describePlot(plot)).toBe(
      'Line chart, Failures by App, 2026-11-18 00:00 UTC to 2026-11-18 23:00 UTC. 2 series, the largest Portal, Mail. Highest: 1,234 at 2026-11-18 07:00 UTC (Portal).',
    );
  });

  test('shares of a pie', () => {
    expect(
      describePlot(
        read('piechart', { k: 'string', n: 'long' }, [
          ['a', 3],
          ['b', 1],
        ]),
      ),
    ).toBe('Pie chart, n by k: a 3 (75 %), b 1 (25 %). Total 4.');
  });
});
