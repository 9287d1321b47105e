import type { ColumnType } from '../../ports/query-engine';
import type { Expr } from '../expr';
import type { ScriptFunction } from './define-function';
import { literal, nullOf } from './literal';
import { parseDatetime, parseTimespan } from './parse-datetime';
import { ticksPrelude } from './ticks';

/** Macros behind `convert` and `toJson`; every engine needs them. The usual case comes first, because a repeated argument is computed again. */
export const convertPrelude = [
  ...ticksPrelude,
  `CREATE OR REPLACE MACRO kql_real_text(x) AS CASE WHEN x IS NULL THEN '' WHEN isnan(x) THEN 'NaN' WHEN isinf(x) THEN (CASE WHEN x > 0 THEN 'Infinity' ELSE '-Infinity' END) ELSE x::VARCHAR END`,
  `CREATE OR REPLACE MACRO kql_decimal_text(x) AS CASE WHEN contains(x::VARCHAR, '.') THEN rtrim(rtrim(x::VARCHAR, '0'), '.') ELSE coalesce(x::VARCHAR, '') END`,
  `CREATE OR REPLACE MACRO kql_dynamic_text(j) AS coalesce(j->>'$', '')`,
  `CREATE OR REPLACE MACRO kql_text_long(s) AS try_cast(regexp_extract(s, '^\\s*([-+]?[0-9]+|0[xX][0-9a-fA-F]+)\\s*$', 1) AS BIGINT)`,
  `CREATE OR REPLACE MACRO kql_text_real(s) AS try_cast(replace(s, '_', 'x') AS DOUBLE)`,
  `CREATE OR REPLACE MACRO kql_text_decimal(s) AS try_cast(replace(s, '_', 'x') AS DECIMAL(38,18))`,
  `CREATE OR REPLACE MACRO kql_text_bool(s) AS CASE lower(trim(s)) WHEN 'true' THEN true WHEN 'false' THEN false ELSE kql_text_long(s) <> 0 END`,
  `CREATE OR REPLACE MACRO kql_real_long(x) AS try_cast(trunc(x) AS BIGINT)`,
  // Casts to DECIMAL cost twenty times those to BIGINT, which would round 1.5 up: only numbers with a fraction or an exponent need them.
  `CREATE OR REPLACE MACRO kql_dynamic_long(j) AS CASE WHEN try_cast(j::VARCHAR AS BIGINT)::VARCHAR = j::VARCHAR THEN try_cast(j::VARCHAR AS BIGINT)
    ELSE CASE left(j::VARCHAR, 1) WHEN '"' THEN kql_text_long(j->>'$') WHEN 't' THEN 1 WHEN 'f' THEN 0 ELSE try_cast(trunc(try_cast(j::VARCHAR AS DECIMAL(38,10))) AS BIGINT) END END`,
  `CREATE OR REPLACE MACRO kql_dynamic_real(j) AS coalesce(kql_text_real(j->>'$'), CASE WHEN j::VARCHAR = 'true' THEN 1 WHEN j::VARCHAR = 'false' THEN 0 END)`,
  `CREATE OR REPLACE MACRO kql_dynamic_bool(j) AS coalesce(try_cast(j::VARCHAR AS BOOLEAN), CASE WHEN starts_with(j::VARCHAR, '"') THEN kql_text_bool(j->>'$') ELSE try_cast(j::VARCHAR AS DOUBLE) <> 0 END)`,
  `CREATE OR REPLACE MACRO kql_text_datetime(s) AS CASE
    WHEN s LIKE '____-__-__T__:__:__Z' THEN kql_ticks(try_cast(left(s, 19) AS TIMESTAMP))
    WHEN regexp_full_match(s, '[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}:[0-9]{2}[.][0-9]{1,7}Z?') THEN kql_ticks(try_cast(left(s, 19) AS TIMESTAMP)) + rpad(rtrim(substr(s, 21), 'Z'), 7, '0')::BIGINT
    ELSE kql_parse_datetime(s) END`,
  `CREATE OR REPLACE MACRO kql_text_json(s) AS CASE WHEN s = '' OR (strlen(s) < 16 AND trim(s) = 'null') THEN NULL WHEN json_valid(s) THEN json(s) ELSE to_json(s) END`,
  `CREATE OR REPLACE MACRO kql_real_json(x) AS CASE WHEN isfinite(x) THEN to_json(x) ELSE to_json(nullif(kql_real_text(x), '')) END`,
];

export const convertScripts: ScriptFunction[] = [
  {
    name: 'kql_parse_datetime',
    parameters: ['VARCHAR'],
    returns: 'BIGINT',
    run: (text) => (typeof text === 'string' ? (parseDatetime(text) ?? null) : null),
  },
  {
    name: 'kql_parse_timespan',
    parameters: ['VARCHAR'],
    returns: 'BIGINT',
    run: (text) => (typeof text === 'string' ? (parseTimespan(text) ?? null) : null),
  },
];

/** The value as another type, as Kusto's to…() functions convert it: null, or the empty string, where it cannot be. */
export function convert(value: Expr, type: ColumnType): Expr {
  if (value.type === type) return value;
  if (value.constant?.value === null) return nullOf(type);
  const folded = foldText(value, type);
  if (folded) return folded;
  const sql = conversions[type](value.sql, value.type);
  return sql === undefined ? nullOf(type) : { sql, type };
}

function foldText(value: Expr, type: ColumnType): Expr | undefined {
  const text = value.constant?.value;
  if (value.type !== 'string' || typeof text !== 'string') return undefined;
  if (type === 'datetime') return literal(parseDatetime(text) ?? null, type);
  if (type === 'timespan') return literal(parseTimespan(text) ?? null, type);
  return undefined;
}

const conversions = {
  string: textOf,
  dynamic: jsonOf,
  long: longOf,
  int(x, from) {
    if (from === 'bool') return `(${x})::INTEGER`;
    const long = longOf(x, from);
    return long && `try_cast(${long} AS INTEGER)`;
  },
  real(x, from) {
    if (from === 'string') return `kql_text_real(${x})`;
    if (from === 'dynamic') return `kql_dynamic_real(${x})`;
    return from === 'guid' ? undefined : `(${x})::DOUBLE`;
  },
  decimal(x, from) {
    if (from === 'string') return `kql_text_decimal(${x})`;
    if (from === 'dynamic') return `kql_text_decimal(kql_dynamic_text(${x}))`;
    return from === 'guid' ? undefined : `try_cast(${x} AS DECIMAL(38,18))`;
  },
  bool(x, from) {
    if (from === 'string') return `kql_text_bool(${x})`;
    if (from === 'dynamic') return `kql_dynamic_bool(${x})`;
    return isNumber(from) ? `(${x} <> 0)` : undefined;
  },
  datetime(x, from) {
    if (from === 'string') return `kql_text_datetime(${x})`;
    if (from === 'dynamic') return `kql_text_datetime(kql_dynamic_text(${x}))`;
    return isNumber(from) ? `kql_checked_datetime(${longOf(x, from)})` : undefined;
  },
  timespan(x, from) {
    if (from === 'string') return `kql_parse_timespan(${x})`;
    if (from === 'dynamic') return `kql_parse_timespan(kql_dynamic_text(${x}))`;
    return isNumber(from) ? longOf(x, from) : undefined;
  },
  guid(x, from) {
    if (from === 'string') return `try_cast(${x} AS UUID)`;
    return from === 'dynamic' ? `try_cast(kql_dynamic_text(${x}) AS UUID)` : undefined;
  },
} satisfies Record<ColumnType, (sql: string, from: ColumnType) => string | undefined>;

function textOf(x: string, from: ColumnType): string {
  switch (from) {
    case 'string':
      return x;
    case 'real':
      return `kql_real_text(${x})`;
    case 'decimal':
      return `kql_decimal_text(${x})`;
    case 'datetime':
      return `coalesce(kql_datetime_text(${x}), '')`;
    case 'timespan':
      return `coalesce(kql_span_text(${x}), '')`;
    case 'dynamic':
      return `kql_dynamic_text(${x})`;
    default:
      return `coalesce((${x})::VARCHAR, '')`;
  }
}

function longOf(x: string, from: ColumnType): string | undefined {
  switch (from) {
    case 'string':
      return `kql_text_long(${x})`;
    case 'dynamic':
      return `kql_dynamic_long(${x})`;
    case 'real':
    case 'decimal':
      return `kql_real_long(${x})`;
    case 'guid':
      return undefined;
    default:
      return `(${x})::BIGINT`;
  }
}

function jsonOf(x: string, from: ColumnType): string {
  switch (from) {
    case 'dynamic':
      return x;
    case 'real':
      return `kql_real_json(${x})`;
    case 'decimal':
      return `to_json(nullif(kql_decimal_text(${x}), ''))`;
    case 'datetime':
      return `to_json(kql_datetime_text(${x}))`;
    case 'timespan':
      return `to_json(kql_span_text(${x}))`;
    case 'guid':
      return `to_json((${x})::VARCHAR)`;
    default:
      return `to_json(${x})`;
  }
}

/** The value as it stands inside a dynamic array or bag: dates, timespans, guids and decimals as texts, NaN and infinities too. */
export function toJson(value: Expr): string {
  if (value.constant?.value === null && value.type !== 'string') return 'NULL::JSON';
  return jsonOf(value.sql, value.type);
}

/** SQL of the value as text, whatever its type: the empty string for null. */
export function toText(value: Expr): string {
  return convert(value, 'string').sql;
}

export function isNumber(type: ColumnType): boolean {
  return type === 'int' || type === 'long' || type === 'real' || type === 'decimal';
}
