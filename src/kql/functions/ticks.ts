/** Ticks of 100 ns, as datetime (since 0001-01-01 UTC) and timespan hold them. */
export const ticksPerSecond = 10_000_000n;
export const ticksPerMinute = 60n * ticksPerSecond;
export const ticksPerHour = 60n * ticksPerMinute;
export const ticksPerDay = 24n * ticksPerHour;
/** 1970-01-01 as a datetime. */
export const unixEpoch = 621_355_968_000_000_000n;
/** 9999-12-31T23:59:59.9999999Z, the last datetime. */
export const lastDatetime = 3_155_378_975_999_999_999n;

/** From ticks to a DuckDB TIMESTAMP and back, and to Kusto's texts. A timestamp holds microseconds: the tick's last digit is lost in it. */
export const ticksPrelude = [
  'CREATE OR REPLACE MACRO kql_timestamp(t) AS make_timestamp(t // 10 - 62135596800000000)',
  'CREATE OR REPLACE MACRO kql_ticks(ts) AS epoch_us(ts) * 10 + 621355968000000000',
  'CREATE OR REPLACE MACRO kql_checked_datetime(t) AS CASE WHEN t BETWEEN 0 AND 3155378975999999999 THEN t::BIGINT END',
  `CREATE OR REPLACE MACRO kql_datetime_text(t) AS lpad(year(kql_timestamp(t))::VARCHAR, 4, '0') || strftime(kql_timestamp(t), '-%m-%dT%H:%M:%S.') || lpad((t % 10000000)::VARCHAR, 7, '0') || 'Z'`,
  `CREATE OR REPLACE MACRO kql_span_text(t) AS (CASE WHEN t < 0 THEN '-' ELSE '' END)
    || (CASE WHEN abs(t) >= 864000000000 THEN (abs(t) // 864000000000)::VARCHAR || '.' ELSE '' END)
    || lpad((abs(t) // 36000000000 % 24)::VARCHAR, 2, '0') || ':' || lpad((abs(t) // 600000000 % 60)::VARCHAR, 2, '0')
    || ':' || lpad((abs(t) // 10000000 % 60)::VARCHAR, 2, '0')
    || (CASE WHEN abs(t) % 10000000 <> 0 THEN '.' || lpad((abs(t) % 10000000)::VARCHAR, 7, '0') ELSE '' END)`,
];
