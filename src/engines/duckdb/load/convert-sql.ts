import type { ColumnType } from '../../../ports/query-engine';

/** How each type of src/kql/expr.ts is stored. */
export const storedType: Record<ColumnType, string> = {
  bool: 'BOOLEAN',
  int: 'INTEGER',
  long: 'BIGINT',
  real: 'DOUBLE',
  decimal: 'DECIMAL(38,18)',
  string: 'VARCHAR',
  datetime: 'BIGINT',
  timespan: 'BIGINT',
  guid: 'UUID',
  dynamic: 'JSON',
};

/** Ticks between 0001-01-01 and 1970-01-01. */
const epochTicks = '621355968000000000';

/**
 * SQL of the ticks of a date and time in text: ISO 8601 with any offset (none means UTC), or the form the Azure portal
 * exports (`8/2/2021, 1:09:20.040 PM`); NULL where it is neither. Nanosecond timestamps hold the years 1678 to 2261,
 * so the rest goes by microseconds.
 */
function ticksOfText(text: string): string {
  return `CASE WHEN ${text} IS NULL OR ${text} = '' THEN NULL ELSE coalesce(
    epoch_ns(TRY_CAST(${text} AS TIMESTAMP_NS)) // 100 + ${epochTicks},
    epoch_us(TRY_CAST(${text} AS TIMESTAMPTZ)) * 10 + ${epochTicks},
    epoch_us(try_strptime(${text}, ['%m/%d/%Y, %I:%M:%S.%f %p', '%m/%d/%Y, %I:%M:%S %p', '%m/%d/%Y %H:%M:%S'])) * 10 + ${epochTicks}) END`;
}

export function ticksOfTimestamp(value: string, type: string): string {
  if (type === 'TIMESTAMP_NS') return `(epoch_ns(${value}) // 100 + ${epochTicks})`;
  return `(epoch_us(${value}::TIMESTAMP) * 10 + ${epochTicks})`;
}

/** Whole seconds or milliseconds since 1970, told apart by their size; text otherwise. */
function ticksOfAnything(text: string): string {
  const number = `TRY_CAST(${text} AS DOUBLE)`;
  return `CASE WHEN regexp_full_match(${text}, '\\d{9,10}(\\.\\d+)?') THEN (${number} * 10000000)::BIGINT + ${epochTicks}
    WHEN regexp_full_match(${text}, '\\d{12,13}') THEN (${number} * 10000)::BIGINT + ${epochTicks}
    ELSE ${ticksOfText(text)} END`;
}

/** SQL of a Kusto timespan in text (`1.02:03:04.5`, `02:03:04`) in ticks. */
function ticksOfSpan(text: string): string {
  const part = (group: number) =>
    `TRY_CAST(regexp_extract(${text}, '^(-?)(?:(\\d+)\\.)?(\\d+):(\\d+):(\\d+(?:\\.\\d+)?)$', ${group}) AS DOUBLE)`;
  const ticks = `((coalesce(${part(2)}, 0) * 86400 + ${part(3)} * 3600 + ${part(4)} * 60 + ${part(5)}) * 10000000)::BIGINT`;
  return `CASE WHEN ${text} LIKE '-%' THEN -${ticks} ELSE ${ticks} END`;
}

/** SQL that turns a VARCHAR into the stored form of a type; NULL where the text is no such value. */
export function textToType(text: string, type: ColumnType): string {
  switch (type) {
    case 'string':
      return `coalesce(${text}, '')`;
    case 'datetime':
      return ticksOfAnything(text);
    case 'timespan':
      return ticksOfSpan(text);
    case 'dynamic':
      return `CASE WHEN ${text} IS NULL OR ${text} = '' THEN NULL WHEN json_valid(${text}) THEN nullif(${text}, 'null')::JSON ELSE to_json(${text}) END`;
    default:
      return `TRY_CAST(${text} AS ${storedType[type]})`;
  }
}

/**
 * SQL that turns a JSON value into a dynamic. Exports of Log Analytics write dynamics as text with JSON in it: an object
 * or array in a string is taken out of it.
 */
export function jsonToDynamic(json: string): string {
  const inner = `(${json} ->> '$')`;
  return `CASE WHEN ${json} IS NULL OR ${json}::VARCHAR IN ('null', '""') THEN NULL
    WHEN left(${json}::VARCHAR, 1) = '"' AND left(ltrim(${inner}), 1) IN ('{', '[') AND json_valid(${inner}) THEN ${inner}::JSON
    ELSE ${json} END`;
}

/** SQL of whether a text that is not blank was lost by `textToType`. */
export function isLost(text: string, type: ColumnType): string {
  if (type === 'string' || type === 'dynamic') return 'false';
  return `(coalesce(trim(${text}), '') <> '' AND (${textToType(text, type)}) IS NULL)`;
}
