import { type Kql, openKql } from './run-kql';

let kql: Kql;
beforeAll(async () => {
  kql = await openKql();
});
afterAll(() => kql.close());

const url = '"https://example.org/a.csv"';

test('the files and columns that a query needs are known before it runs, each once', () => {
  const { external, columns } = kql.compile(
    `let base = 'https://example.org/'; let feed = () { externaldata(a:string, n:long) [strcat(base, 'a', '.csv.gz')] };
     feed | join kind=inner feed on a`,
  );
  expect(columns.map((column) => column.name)).toEqual(['a', 'n', 'a1', 'n1']);
  expect(external).toMatchObject([
    {
      urls: ['https://example.org/a.csv.gz'],
      format: 'csv',
      skipFirst: false,
      columns: [
        { name: 'a', type: 'string', from: { ordinal: 0 } },
        { name: 'n', type: 'long', from: { ordinal: 1 } },
      ],
    },
  ]);
});

test.each([
  ['with (format="csv", ignoreFirstRecord=True)', { format: 'csv', skipFirst: true }],
  ['with (format=psv)', { format: 'psv' }],
  ['with (format="MultiJSON")', { format: 'multijson', columns: [{ from: { path: ['a'] } }] }],
  [
    `with (format='json', ingestionMapping=@'[{"column":"a","Properties":{"path":"$.x[0].[\\'y\\']"}}]')`.replace(
      ".[\\'y\\']",
      '.y',
    ),
    { columns: [{ from: { path: ['x', 0, 'y'] } }] },
  ],
])('%s', (clause, expected) => {
  expect(kql.compile(`externaldata(a:string)[${url}] ${clause}`).external).toMatchObject([expected]);
});

test('the ending of the name says the format', () => {
  const formatOf = (name: string) =>
    kql.compile(`externaldata(a:string)["https://example.org/${name}"]`).external?.[0]?.format;
  expect(['a.txt', 'a.tsv.gz', 'a.json', 'a.json.zip?x=.csv', 'a', 'a.dat'].map(formatOf)).toEqual([
    'txt',
    'tsv',
    'json',
    'json',
    'csv',
    'csv',
  ]);
});

test.each([
  [`externaldata(a:string)["https://example.org/a.parquet"]`, 'unsupported', /parquet/],
  [`externaldata(a:string)[${url}] with (format="orc")`, 'unsupported', /orc/],
  [`externaldata(a:string)[${url}] with (format="nope")`, 'unsupported', /unknown.*csv, tsv/],
  [`externaldata(a:string)[${url}] with (zipPattern="*.csv")`, 'unsupported', /zipPattern/],
  [`externaldata(a:string)["https://example.org/a.csv;managed_identity=system"]`, 'unsupported', /identities behind/],
  [`externaldata(a:string)["nowhere"]`, 'type', /not an address/],
  [`externaldata(a:string)[tostring(rand())]`, 'unsupported', /constant/],
  [`externaldata(a:string)[${url}] with (ingestionMapping='{}')`, 'type', /no JSON array/],
  [
    `externaldata(a:string)[${url}] with (ingestionMapping='[{"Column":"a"}]')`,
    'type',
    /no Path, Ordinal or ConstValue for a/,
  ],
  [
    `externaldata(a:string)[${url}] with (ingestionMapping='[{"Column":"a","Properties":{"Path":"$.a"}}]')`,
    'type',
    /does not fit the format csv/,
  ],
  [
    `externaldata(a:string)[${url}] with (format='json', ingestionMapping='[{"Column":"a","Properties":{"Path":"$.a","Transform":"SourceLocation"}}]')`,
    'unsupported',
    /SourceLocation/,
  ],
  [
    `externaldata(a:string)[${url}] with (format='json', ingestionMapping='[{"Column":"a","Properties":{"Path":"$..a"}}]')`,
    'unsupported',
    /\$\.\.a/,
  ],
])('%s is refused', (text, code, message) => {
  expect(kql.refusal(text)).toMatchObject({ code, message: expect.stringMatching(message) });
});

test('a property without effect is said', () => {
  expect(kql.compile(`externaldata(a:string)[${url}] with (tags="x")`).notes).toEqual([
    'The property `tags` of externaldata has no effect here.',
  ]);
});
