export interface FuzzTable {
  name: string;
  rows: Record<string, unknown>[];
}

/** Small tables with values of every type, and two whose names try to leave their quotes. */
export const fuzzTables: readonly FuzzTable[] = [
  {
    name: 'Logs',
    rows: [
      {
        TimeGenerated: '2024-01-01T00:00:00Z',
        Level: 'info',
        Message: 'alpha one k=1 v="two three"',
        Size: 1,
        Ratio: 0.5,
        Ok: true,
      },
      {
        TimeGenerated: '2024-01-01T05:00:00Z',
        Level: 'warn',
        Message: 'start 12 mid beta, 10.0.0.7 x',
        Size: 900719925474099,
        Ratio: -1e300,
        Ok: false,
      },
      {
        TimeGenerated: '2024-01-02T00:00:00Z',
        Level: '',
        Message: 'Ünïcödé 漢字 \u{1F600} e\u0301',
        Ratio: 3.25,
        Ok: true,
      },
      {
        TimeGenerated: '2024-01-02T01:00:00Z',
        Level: 'info',
        Message: '\' " \\ $$ ; -- /* */ \u0000 %s',
        Size: -7,
      },
    ],
  },
  {
    name: 'Bags',
    rows: [
      { Id: 1, Kind: 'a', Bag: { kind: 'info', a: { b: [1, 'x', null] }, 'c d': 2 }, Items: [3, 1, 2] },
      { Id: 2, Kind: 'b', Bag: { "k'; DROP": 1, '"$$': [[]], kind: null }, Items: ['q', { deep: [{ x: 1.5 }] }] },
      { Id: 3, Kind: 'a', Items: 'plain' },
      { Id: 4, Bag: [1, 2], Items: [] },
    ],
  },
  {
    name: 'Nets',
    rows: [
      { Network: '10.0.0.0/8', Label: 'inside' },
      { Network: 'nonsense', Label: '' },
    ],
  },
  {
    name: 'Hostile',
    rows: [{ 'a"b': '"', 'c;d--': "'; SELECT", e$$f: 1, "g'h": "'", '); SELECT 1; --': 'x', Level: 'info' }],
  },
  { name: 'odd name; drop', rows: [{ 'x y': '1', Level: 'info' }] },
];
