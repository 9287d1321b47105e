import type { StoredFunction, TableSchema } from '../../src/kql/compile-input';
import type { ColumnType } from '../../src/ports/query-engine';
import { type Kql, openKql } from './run-kql';

/** Parsers in the manner of ASIM, written for this test: a unifying one, one for each source, a filtering one and an empty one. */
const functions: StoredFunction[] = [
  {
    name: '_Im_Dns_Empty',
    body: `datatable(TimeGenerated:datetime, EventVendor:string, SrcIpAddr:string, DnsQuery:string, EventCount:int)[]`,
  },
  {
    name: 'vimDnsResolver',
    parameters: `starttime: datetime = datetime(null), endtime: datetime = datetime(null), srcipaddr: dynamic = dynamic([]), domain_has_any: dynamic = dynamic([]), eventtype: string = 'Query', disabled: bool = false`,
    body: `
      let types = datatable(Code:int, Name:string)[1, 'A', 28, 'AAAA'];
      ResolverLog
      | where not(disabled)
      | where (isnull(starttime) or TimeGenerated >= starttime) and (isnull(endtime) or TimeGenerated <= endtime)
      | where array_length(srcipaddr) == 0 or has_any_ipv4_prefix(ClientIP, srcipaddr)
      | where array_length(domain_has_any) == 0 or Name has_any (domain_has_any)
      | where eventtype in~ ('Query', 'all')
      | lookup types on Code
      | project TimeGenerated, EventVendor = 'Resolver', SrcIpAddr = ClientIP, DnsQuery = Name, EventCount = int(1)`,
  },
  {
    name: 'vimDnsSensor',
    parameters: `starttime: datetime = datetime(null), endtime: datetime = datetime(null), srcipaddr: dynamic = dynamic([]), domain_has_any: dynamic = dynamic([]), eventtype: string = 'Query', disabled: bool = false`,
    body: `
      let parser = (starttime: datetime = datetime(null), domain_has_any: dynamic = dynamic([]), disabled: bool = false) {
        SensorLog
        | where not(disabled)
        | where isnull(starttime) or TimeGenerated >= starttime
        | where array_length(domain_has_any) == 0 or query has_any (domain_has_any)
        | project-rename SrcIpAddr = host, DnsQuery = query
        | extend EventVendor = 'Sensor', EventCount = toint(column_ifexists('n', 1))
        | project-away n
      };
      parser(starttime=starttime, domain_has_any=domain_has_any, disabled=disabled)`,
  },
  {
    name: 'vimDnsAbsent',
    parameters: `starttime: datetime = datetime(null), disabled: bool = false`,
    body: `NoSuchVendor_CL | where not(disabled) and TimeGenerated >= starttime | project TimeGenerated, EventVendor = 'Absent', SrcIpAddr = src_s, DnsQuery = q_s, EventCount = int(1)`,
  },
  {
    name: '_Im_Dns',
    parameters: `starttime: datetime = datetime(null), endtime: datetime = datetime(null), srcipaddr: dynamic = dynamic([]), domain_has_any: dynamic = dynamic([]), eventtype: string = 'Query', pack: bool = false`,
    body: `
      let Disabled = materialize(_GetWatchlist('ParsersOff') | where SearchKey in ('Any', 'ExcludeDns') | distinct SourceSpecificParser);
      let AllOff = toscalar('ExcludeBuiltIn' in (Disabled));
      union isfuzzy=true
        _Im_Dns_Empty,
        vimDnsResolver(starttime, endtime, srcipaddr, domain_has_any, eventtype, disabled = AllOff or 'vimDnsResolver' in (Disabled)),
        vimDnsSensor(starttime=starttime, endtime=endtime, srcipaddr=srcipaddr, domain_has_any=domain_has_any, eventtype=eventtype, disabled=(AllOff or ('vimDnsSensor' in (Disabled)))),
        vimDnsAbsent(starttime)
      | extend Packed = iff(pack, bag_pack('vendor', EventVendor), dynamic(null))`,
  },
  {
    name: 'imDns',
    parameters: `domain_has_any: dynamic = dynamic([])`,
    body: `_Im_Dns(domain_has_any=domain_has_any)`,
  },
  { name: 'Broken', body: `ResolverLog\n| join kind=inner NoSuchTable on ClientIP` },
  { name: 'CallsBroken', body: `Broken | count` },
];

const schema = (name: string, columns: Record<string, ColumnType>): TableSchema => ({
  name,
  columns: Object.entries(columns).map(([column, type]) => ({ name: column, type })),
});
const tables = [
  schema('ResolverLog', { TimeGenerated: 'datetime', ClientIP: 'string', Name: 'string', Code: 'int' }),
  schema('SensorLog', { TimeGenerated: 'datetime', host: 'string', query: 'string', n: 'long' }),
];
const watchlists = [
  { ...schema('ParsersOff', { SearchKey: 'string', SourceSpecificParser: 'string' }), sqlName: 'list:off' },
];
const input = { tables, functions, watchlists };

let kql: Kql;
beforeAll(async () => {
  kql = await openKql();
  const day = 638_396_640_000_000_000n;
  await kql.sql(
    'CREATE TABLE "ResolverLog" ("TimeGenerated" BIGINT, "ClientIP" VARCHAR, "Name" VARCHAR, "Code" INTEGER)',
  );
  await kql.sql(
    `INSERT INTO "ResolverLog" VALUES (${day}, '10.0.0.1', 'evil.example', 1), (${day}, '10.0.9.9', 'good.example', 28)`,
  );
  await kql.sql('CREATE TABLE "SensorLog" ("TimeGenerated" BIGINT, "host" VARCHAR, "query" VARCHAR, "n" BIGINT)');
  await kql.sql(`INSERT INTO "SensorLog" VALUES (${day}, '10.0.0.2', 'evil.example', 5)`);
  await kql.sql('CREATE TABLE "list:off" ("SearchKey" VARCHAR, "SourceSpecificParser" VARCHAR)');
});
afterAll(() => kql.close());

test.each<[string, string[][]]>([
  [
    '_Im_Dns | project EventVendor, SrcIpAddr | sort by SrcIpAddr asc',
    [
      ['Resolver', '10.0.0.1'],
      ['Sensor', '10.0.0.2'],
      ['Resolver', '10.0.9.9'],
    ],
  ],
  [
    "_Im_Dns(domain_has_any=dynamic(['evil'])) | project EventVendor, SrcIpAddr | sort by SrcIpAddr asc",
    [
      ['Resolver', '10.0.0.1'],
      ['Sensor', '10.0.0.2'],
    ],
  ],
  ["imDns(dynamic(['good.example'])) | project EventVendor, DnsQuery", [['Resolver', 'good.example']]],
  ['_Im_Dns(datetime(2030-01-01)) | project EventVendor', []],
  ["_Im_Dns(srcipaddr=dynamic(['10.0.9.'])) | where EventVendor == 'Resolver' | project SrcIpAddr", [['10.0.9.9']]],
])('%s', async (text, rows) => {
  expect(await kql.rows(text, input)).toEqual(rows);
});

test('a parser that a watchlist turns off gives nothing', async () => {
  await kql.sql(`INSERT INTO "list:off" VALUES ('ExcludeDns', 'vimDnsSensor')`);
  expect(await kql.rows('_Im_Dns | distinct EventVendor', input)).toEqual([['Resolver']]);
  await kql.sql(`DELETE FROM "list:off"`);
});

test('the missing source is said, and columns keep the types of the empty parser', () => {
  const { columns, notes } = kql.compile('_Im_Dns', input);
  expect(columns.map(({ name, type }) => `${name}:${type}`)).toEqual([
    'TimeGenerated:datetime',
    'EventVendor:string',
    'SrcIpAddr:string',
    'DnsQuery:string',
    'EventCount:int',
    'Packed:dynamic',
  ]);
  expect(notes).toContainEqual(
    'The table NoSuchVendor_CL does not exist here; the union left out vimDnsAbsent, which reads it.',
  );
});

test('an unknown table inside a stored function is said with the function, at the place of its call', () => {
  expect(kql.refusal('print 1 | extend a = 2 | union Broken', input)).toMatchObject({
    code: 'unknown-name',
    message: expect.stringMatching(/NoSuchTable.*\(in the stored function Broken, line 2, column 19\)/),
    start: 31,
  });
  expect(kql.refusal('CallsBroken', input)).toMatchObject({
    code: 'unknown-name',
    message: expect.stringMatching(
      /NoSuchTable.*\(in the stored function Broken, line 2, column 19, called by CallsBroken\)/,
    ),
    start: 0,
  });
});
