import { dateToTicks } from '../../src/engines/duckdb/ticks';
import { asOf } from './bench-tables';

export interface HuntingQuery {
  name: string;
  kql: string;
  /** What one would write by hand for DuckDB over the stored tables, for the same answer: times are ticks there too. */
  sql: string;
  /** SQL of a column's comparable form, where the two answers may rightly differ in form: arrays without an order. */
  compared?: Record<string, string>;
}

const processes = 'logs.main.t1';
const connections = 'logs.main.t2';
const signIns = 'logs.main.t3';
const audits = 'logs.main.t4';
const hour = 36_000_000_000n;
const day = 24n * hour;
const now = dateToTicks(asOf);

/**
 * A term between anything that is no letter or digit. CASE keeps DuckDB from testing the pattern inside the scan, where it does so
 * for every row: a third faster than AND.
 */
function hasTerm(column: string, ...terms: string[]): string {
  const found = terms.map((term) => `contains(lower(${column}), '${term}')`).join(' OR ');
  const pattern = `(?:^|[^\\pL\\pN])(?:${terms.join('|')})(?:$|[^\\pL\\pN])`;
  return `CASE WHEN ${found} THEN regexp_matches(lower(${column}), '${pattern}') ELSE false END`;
}

const sorted = (column: string) => `list_sort(from_json(${column}, '["VARCHAR"]'))`;

export const huntingQueries: HuntingQuery[] = [
  {
    name: 'has over command lines',
    kql: `DeviceProcessEvents | where ProcessCommandLine has "whoami" | summarize Runs = count() by DeviceName`,
    sql: `SELECT DeviceName, count(*) FROM ${processes} WHERE ${hasTerm('ProcessCommandLine', 'whoami')} GROUP BY ALL`,
  },
  {
    name: 'has_any over command lines',
    kql: `DeviceProcessEvents
      | where ProcessCommandLine has_any ("whoami", "urlcache", "EncodedCommand", "schtasks", "mimikatz")
      | summarize Runs = count(), Last = max(TimeGenerated) by AccountName, FileName`,
    sql: `SELECT AccountName, FileName, count(*), max(TimeGenerated) FROM ${processes}
      WHERE ${hasTerm('ProcessCommandLine', 'whoami', 'urlcache', 'encodedcommand', 'schtasks', 'mimikatz')} GROUP BY ALL`,
  },
  {
    name: 'has_all and contains',
    kql: `DeviceProcessEvents
      | where ProcessCommandLine has_all ("Bypass", "Hidden") and ProcessCommandLine contains "ncodedcom"
      | project TimeGenerated, DeviceName, AccountName, ProcessCommandLine`,
    sql: `SELECT TimeGenerated, DeviceName, AccountName, ProcessCommandLine FROM ${processes}
      WHERE ${hasTerm('ProcessCommandLine', 'bypass')} AND ${hasTerm('ProcessCommandLine', 'hidden')}
        AND contains(lower(ProcessCommandLine), 'ncodedcom')`,
  },
  {
    name: 'startswith, endswith, !has',
    kql: `DeviceProcessEvents
      | where FileName endswith ".exe" and ProcessCommandLine startswith "rundll32" and ProcessCommandLine !has "shell32"
      | summarize dcount(DeviceId), Runs = count() by FolderPath`,
    sql: `SELECT FolderPath, count(DISTINCT DeviceId), count(*) FROM ${processes}
      WHERE ends_with(lower(FileName), '.exe') AND starts_with(lower(ProcessCommandLine), 'rundll32')
        AND NOT (${hasTerm('ProcessCommandLine', 'shell32')}) GROUP BY ALL`,
  },
  {
    name: 'matches regex, extract',
    kql: `DeviceProcessEvents
      | where ProcessCommandLine matches regex @"http://[0-9.]+/"
      | extend Host = extract(@"http://([0-9.]+)/", 1, ProcessCommandLine)
      | summarize Runs = count() by Host`,
    sql: `SELECT regexp_extract(ProcessCommandLine, 'http://([0-9.]+)/', 1) AS Host, count(*) AS Runs FROM ${processes}
      WHERE regexp_matches(ProcessCommandLine, 'http://[0-9.]+/') GROUP BY ALL`,
  },
  {
    name: 'in~ and !in~ lists',
    kql: `DeviceProcessEvents
      | where FileName in~ ("powershell.exe", "CMD.EXE", "certutil.exe") and InitiatingProcessFileName !in~ ("svchost.exe", "outlook.exe")
      | summarize Runs = count() by FileName, InitiatingProcessFileName, AccountDomain`,
    sql: `SELECT FileName, InitiatingProcessFileName, AccountDomain, count(*) FROM ${processes}
      WHERE lower(FileName) IN ('powershell.exe', 'cmd.exe', 'certutil.exe')
        AND lower(InitiatingProcessFileName) NOT IN ('svchost.exe', 'outlook.exe') GROUP BY ALL`,
  },
  {
    name: 'join innerunique, processes and connections',
    kql: `DeviceProcessEvents
      | where FileName == "powershell.exe"
      | join (DeviceNetworkEvents | where RemotePort == 4444) on DeviceId, $left.ProcessId == $right.InitiatingProcessId
      | summarize Connections = count(), Addresses = dcount(RemoteIP) by DeviceId`,
    sql: `SELECT p.DeviceId, count(*), count(DISTINCT c.RemoteIP)
      FROM (SELECT DISTINCT DeviceId, ProcessId FROM ${processes} WHERE FileName = 'powershell.exe') p
      JOIN ${connections} c ON p.DeviceId = c.DeviceId AND p.ProcessId = c.InitiatingProcessId
      WHERE c.RemotePort = 4444 GROUP BY ALL`,
  },
  {
    name: 'join inner within an hour',
    kql: `DeviceProcessEvents
      | where ProcessCommandLine has "urlcache"
      | project DeviceId, ProcessId, Started = TimeGenerated, ProcessCommandLine
      | join kind=inner (DeviceNetworkEvents | project DeviceId, ProcessId = InitiatingProcessId, Connected = TimeGenerated, RemoteIP) on DeviceId, ProcessId
      | where Connected between (Started .. (Started + 30d))
      | project Started, Connected, DeviceId, RemoteIP, ProcessCommandLine`,
    sql: `SELECT p.TimeGenerated, c.TimeGenerated, p.DeviceId, c.RemoteIP, p.ProcessCommandLine
      FROM ${processes} p JOIN ${connections} c ON p.DeviceId = c.DeviceId AND p.ProcessId = c.InitiatingProcessId
      WHERE ${hasTerm('p.ProcessCommandLine', 'urlcache')} AND c.TimeGenerated BETWEEN p.TimeGenerated AND p.TimeGenerated + ${30n * day}`,
  },
  {
    name: 'join leftanti',
    kql: `DeviceNetworkEvents
      | where RemotePort == 3389
      | join kind=leftanti (DeviceProcessEvents | where FileName in ("chrome.exe", "msedge.exe")) on DeviceId, $left.InitiatingProcessId == $right.ProcessId
      | summarize count() by DeviceName`,
    sql: `SELECT DeviceName, count(*) FROM ${connections} c
      WHERE RemotePort = 3389 AND NOT EXISTS (SELECT 1 FROM ${processes} p
        WHERE p.FileName IN ('chrome.exe', 'msedge.exe') AND p.DeviceId = c.DeviceId AND p.ProcessId = c.InitiatingProcessId) GROUP BY ALL`,
  },
  {
    name: 'rare values',
    kql: `DeviceProcessEvents
      | summarize Seen = count(), First = min(TimeGenerated), Devices = make_set(DeviceName, 10) by FileName, SHA1
      | where Seen == 1`,
    sql: `SELECT FileName, SHA1, count(*), min(TimeGenerated), to_json(list(DISTINCT DeviceName)[:10]) FROM ${processes}
      GROUP BY FileName, SHA1 HAVING count(*) = 1`,
  },
  {
    name: 'dcount and countif by user',
    kql: `SigninLogs
      | summarize Addresses = dcount(IPAddress), Countries = dcount(Location), Failed = countif(ResultType != "0") by UserPrincipalName
      | where Failed > 100`,
    sql: `SELECT UserPrincipalName, count(DISTINCT IPAddress), count(DISTINCT Location), count(*) FILTER (WHERE ResultType <> '0') AS Failed
      FROM ${signIns} GROUP BY UserPrincipalName HAVING Failed > 100`,
  },
  {
    name: 'arg_max of whole rows',
    kql: `DeviceNetworkEvents
      | where ActionType == "ConnectionFailed"
      | summarize arg_max(TimeGenerated, RemoteIP, RemotePort, RemoteUrl, LocalIP, Protocol) by DeviceName`,
    sql: `SELECT DeviceName, max(TimeGenerated), arg_max(RemoteIP, TimeGenerated), arg_max(RemotePort, TimeGenerated),
        arg_max(RemoteUrl, TimeGenerated), arg_max(LocalIP, TimeGenerated), arg_max(Protocol, TimeGenerated)
      FROM ${connections} WHERE ActionType = 'ConnectionFailed' GROUP BY DeviceName`,
  },
  {
    name: 'make_set and make_list by user',
    kql: `SigninLogs
      | where ResultType == "50126"
      | summarize Countries = make_set(Location), Apps = make_set(AppDisplayName), Addresses = make_list(IPAddress, 5) by UserPrincipalName
      | extend Addresses = array_length(Addresses)`,
    sql: `SELECT UserPrincipalName, to_json(list(DISTINCT Location)), to_json(list(DISTINCT AppDisplayName)), len(list(IPAddress)[:5])
      FROM ${signIns} WHERE ResultType = '50126' GROUP BY UserPrincipalName`,
    compared: { Countries: sorted('Countries'), Apps: sorted('Apps') },
  },
  {
    name: 'dynamic access',
    kql: `AuditLogs
      | where OperationName == "Add member to role"
      | extend Actor = tostring(InitiatedBy.user.userPrincipalName), Address = tostring(InitiatedBy.user.ipAddress)
      | where Address startswith "10."
      | summarize count() by Actor`,
    sql: `SELECT json_extract_string(InitiatedBy, '$.user.userPrincipalName'), count(*) FROM ${audits}
      WHERE OperationName = 'Add member to role' AND starts_with(json_extract_string(InitiatedBy, '$.user.ipAddress'), '10.') GROUP BY ALL`,
  },
  {
    name: 'parse_json of a text',
    kql: `SigninLogs
      | where ResultType != "0"
      | extend Details = parse_json(AuthenticationDetails)
      | extend Method = tostring(Details[0].authenticationMethod), Step = toint(Details[0].step)
      | summarize Failures = count(), Steps = max(Step) by Method, Location`,
    // One text that is no JSON would end the query: whoever writes this over logs asks first.
    sql: `SELECT coalesce(details ->> '$[0].authenticationMethod', ''), Location, count(*), max(TRY_CAST(details ->> '$[0].step' AS INTEGER))
      FROM (SELECT Location, CASE WHEN json_valid(AuthenticationDetails) THEN AuthenticationDetails::JSON END AS details
        FROM ${signIns} WHERE ResultType <> '0') GROUP BY ALL`,
  },
  {
    name: 'mv-expand',
    kql: `AuditLogs
      | where OperationName == "Update user" and Result == "failure"
      | mv-expand Target = TargetResources
      | summarize count() by tostring(Target.type), tostring(Target.displayName)`,
    sql: `SELECT coalesce(target ->> '$.type', ''), coalesce(target ->> '$.displayName', ''), count(*)
      FROM (SELECT unnest(json_transform(TargetResources, '["JSON"]')) AS target FROM ${audits} WHERE OperationName = 'Update user' AND Result = 'failure')
      GROUP BY ALL`,
  },
  {
    name: 'make-series',
    kql: `SigninLogs
      | where ResultType != "0"
      | make-series Failures = count() default = 0 on TimeGenerated from ago(90d) to now() step 1d by Location`,
    sql: `WITH counted AS (
        SELECT Location, (TimeGenerated - ${now - 90n * day}) // ${day} AS place, count(*) AS failures FROM ${signIns}
        WHERE ResultType <> '0' AND TimeGenerated >= ${now - 90n * day} AND TimeGenerated < ${now} GROUP BY ALL)
      SELECT l, to_json(list(coalesce(failures, 0) ORDER BY i)),
        to_json(list(strftime(make_timestamp((${now - 90n * day} + i * ${day} - 621355968000000000) // 10), '%Y-%m-%dT%H:%M:%S.0000000Z') ORDER BY i))
      FROM (SELECT DISTINCT Location AS l FROM counted) CROSS JOIN range(90) places(i) LEFT JOIN counted ON place = i AND Location = l
      GROUP BY l`,
  },
  {
    name: 'let with toscalar, percentiles',
    kql: `let slow = toscalar(SigninLogs | summarize percentile(DurationMs, 99));
      SigninLogs
      | where DurationMs > slow
      | summarize percentiles(DurationMs, 50, 95), count() by bin(TimeGenerated, 1d)`,
    sql: `SELECT TimeGenerated - TimeGenerated % ${day}, quantile_disc(DurationMs, 0.5), quantile_disc(DurationMs, 0.95), count(*)
      FROM ${signIns} WHERE DurationMs > (SELECT quantile_disc(DurationMs, 0.99) FROM ${signIns}) GROUP BY ALL`,
  },
  {
    name: 'union and bin, top',
    kql: `union DeviceProcessEvents, DeviceNetworkEvents
      | where TimeGenerated > ago(60d)
      | summarize Events = count() by DeviceName, bin(TimeGenerated, 1h)
      | top 50 by Events desc
      | summarize max(Events), min(Events), count()`,
    sql: `SELECT max(n), min(n), count(*) FROM (SELECT n FROM (
        SELECT DeviceName, TimeGenerated - TimeGenerated % ${hour} AS h, count(*) AS n FROM (
          SELECT DeviceName, TimeGenerated FROM ${processes} WHERE TimeGenerated > ${now - 60n * day}
          UNION ALL SELECT DeviceName, TimeGenerated FROM ${connections} WHERE TimeGenerated > ${now - 60n * day})
        GROUP BY ALL) ORDER BY n DESC LIMIT 50)`,
  },
  {
    name: 'sort and prev(): time between sign-ins',
    kql: `SigninLogs
      | where UserPrincipalName startswith "user12" and TimeGenerated > ago(200d)
      | sort by UserPrincipalName asc, TimeGenerated asc
      | extend Gap = iff(prev(UserPrincipalName) == UserPrincipalName, TimeGenerated - prev(TimeGenerated), timespan(null)), Moved = prev(Location) != Location
      | where Gap < 10m and Moved
      | summarize count() by Location`,
    sql: `SELECT Location, count(*) FROM (
        SELECT Location, lag(UserPrincipalName) OVER w = UserPrincipalName AS same, TimeGenerated - lag(TimeGenerated) OVER w AS gap,
          lag(Location) OVER w <> Location AS moved
        FROM ${signIns} WHERE starts_with(lower(UserPrincipalName), 'user12') AND TimeGenerated > ${now - 200n * day}
        WINDOW w AS (ORDER BY UserPrincipalName, TimeGenerated))
      WHERE same AND gap < 6000000000 AND moved GROUP BY ALL`,
  },
  {
    name: 'the last day of a year',
    kql: `DeviceProcessEvents
      | where TimeGenerated > ago(1d)
      | where ProcessCommandLine contains "powershell" or FileName =~ "powershell.exe"
      | summarize count() by DeviceName, AccountName`,
    sql: `SELECT DeviceName, AccountName, count(*) FROM ${processes}
      WHERE TimeGenerated > ${now - day} AND (contains(lower(ProcessCommandLine), 'powershell') OR lower(FileName) = 'powershell.exe') GROUP BY ALL`,
  },
];
