import type { ColumnType } from '../../../ports/query-engine';

/**
 * What the values of a column look like, as bits that are OR-ed over a whole file: inference looks at every row, so that
 * the type never depends on which rows came first.
 */
export const kind = {
  instant: 1,
  text: 2,
  object: 4,
  array: 8,
  bool: 16,
  long: 32,
  real: 64,
  blank: 128,
  objectInText: 256,
} as const;

const isoInstant = '\\d{4}-\\d\\d-\\d\\d[T ]\\d\\d:\\d\\d(:\\d\\d([.]\\d+)?)?( ?Z| UTC|[+-]\\d\\d:?\\d\\d)?';

function isInstant(text: string): string {
  return `regexp_full_match(${text}, '${isoInstant}') AND TRY_CAST(${text} AS TIMESTAMP_NS) IS NOT NULL`;
}

/** SQL of the kind of one JSON value. */
export function kindOfJson(json: string): string {
  const text = `${json}::VARCHAR`;
  const inner = `substr(${text}, 2, length(${text}) - 2)`;
  return `CASE WHEN ${json} IS NULL THEN 0 ELSE CASE left(${text}, 1)
    WHEN '"' THEN CASE WHEN ${text} = '""' THEN ${kind.blank} WHEN ${isInstant(inner)} THEN ${kind.instant} ELSE ${kind.text} END
    WHEN '{' THEN ${kind.object} WHEN '[' THEN ${kind.array} WHEN 't' THEN ${kind.bool} WHEN 'f' THEN ${kind.bool} WHEN 'n' THEN 0
    ELSE CASE WHEN regexp_matches(${text}, '[.eE]') OR TRY_CAST(${text} AS BIGINT) IS NULL THEN ${kind.real} ELSE ${kind.long} END END END`;
}

/** What the Azure portal exports: `3/1/2026, 1:00:04.500 PM`. */
const portalInstant = '\\d{1,2}/\\d{1,2}/\\d{4}, \\d{1,2}:\\d\\d:\\d\\d([.]\\d+)? [AP]M';

/** SQL of the kind of one cell of a CSV file, where everything is text. A number with leading zeros is a code, so text. */
export function kindOfText(text: string): string {
  return `CASE WHEN ${text} IS NULL THEN 0 WHEN ${text} = '' THEN ${kind.blank}
    WHEN lower(${text}) IN ('true', 'false') THEN ${kind.bool}
    WHEN regexp_full_match(${text}, '-?(0|[1-9]\\d{0,17})') THEN ${kind.long}
    WHEN regexp_full_match(${text}, '-?(0|[1-9]\\d*)([.]\\d+)?([eE][+-]?\\d+)?') THEN ${kind.real}
    WHEN ${isInstant(text)} OR regexp_full_match(${text}, '${portalInstant}') THEN ${kind.instant}
    WHEN left(${text}, 1) IN ('{', '[') AND json_valid(${text}) THEN ${kind.objectInText}
    ELSE ${kind.text} END`;
}

/** The type that holds every value of a column: mixed scalars become string, anything with objects or arrays dynamic. */
export function typeOfKinds(kinds: number): ColumnType {
  const seen = kinds & ~kind.blank;
  if (seen & (kind.object | kind.array)) return 'dynamic';
  if (seen === kind.objectInText) return 'dynamic';
  if (seen === kind.instant) return 'datetime';
  if (seen === kind.bool) return 'bool';
  if (seen === kind.long) return 'long';
  if (seen === kind.real || seen === (kind.long | kind.real)) return 'real';
  return 'string';
}
