import { lastDatetime, ticksPerDay, ticksPerHour, ticksPerMinute, ticksPerSecond, unixEpoch } from './ticks';

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const zone = String.raw`\s*(?<zone>z|gmt|utc|ut|[+-]\d{1,2}(?::?\d{2})?)?`;
const clock = String.raw`(?:(?:\s*t\s*|\s+|,\s*)(?<hour>\d{1,2})(?::(?<minute>\d{2})(?::(?<second>\d{2})(?:[.,](?<fraction>\d{1,9})\d*)?)?)?\s*(?<half>am|pm)?)?`;
const weekday = String.raw`(?:(?:mon|tue|tues|wed|wednes|thu|thur|thurs|fri|sat|satur|sun)(?:day)?,?\s+)?`;

const forms = [
  new RegExp(String.raw`^\s*(?<year>\d{4})-(?<month>\d{1,2})(?:-(?<day>\d{1,2}))?${clock}${zone}\s*$`, 'i'),
  new RegExp(String.raw`^\s*(?<year>\d{4})/(?<month>\d{1,2})/(?<day>\d{1,2})${clock}${zone}\s*$`, 'i'),
  new RegExp(String.raw`^\s*(?<month>\d{1,2})[/-](?<day>\d{1,2})[/-](?<year>\d{4})${clock}${zone}\s*$`, 'i'),
  new RegExp(
    String.raw`^\s*${weekday}(?<day>\d{1,2})[ -](?<name>[a-z]{3,9})[ -](?<year>\d{4}|\d{2})${clock}${zone}\s*$`,
    'i',
  ),
  new RegExp(
    String.raw`^\s*${weekday}(?<name>[a-z]{3,9})\s+(?<day>\d{1,2}),?\s+(?<year>\d{4})${clock}${zone}\s*$`,
    'i',
  ),
  new RegExp(String.raw`^\s*${weekday}(?<name>[a-z]{3,9})\s+(?<day>\d{1,2})${clock}\s+(?<year>\d{4})${zone}\s*$`, 'i'),
  /^\s*(?<year>\d{4})(?<month>\d{2})(?<day>\d{2})(?:t?(?<hour>\d{2})(?<minute>\d{2})(?<second>\d{2}))?\s*(?<zone>z)?\s*$/i,
  /^\s*(?<year>\d{4})\s*$/,
];

/** The ticks of a date in any form that Kusto reads (ISO 8601, RFC 822 and 850, month/day/year, C's asctime), or undefined. */
export function parseDatetime(text: string): bigint | undefined {
  if (text.length > 64) return undefined;
  for (const form of forms) {
    const groups = form.exec(text)?.groups;
    if (groups) return fromParts(groups);
  }
  return undefined;
}

function fromParts(parts: Record<string, string | undefined>): bigint | undefined {
  const year = fullYear(parts.year ?? '');
  const month = parts.name
    ? months.findIndex((name) => parts.name?.toLowerCase().startsWith(name)) + 1
    : Number(parts.month ?? 1);
  const ticks = dayTicks(year, month, Number(parts.day ?? 1));
  const time = clockTicks(parts);
  const offset = zoneTicks(parts.zone);
  if (ticks === undefined || time === undefined || offset === undefined) return undefined;
  const result = ticks + time - offset;
  return result >= 0n && result <= lastDatetime ? result : undefined;
}

function fullYear(digits: string): number {
  const year = Number(digits);
  if (digits.length > 2) return year;
  return year < 50 ? 2000 + year : 1900 + year;
}

/** The ticks at the start of a day of the proleptic Gregorian calendar, or undefined where there is no such day. */
function dayTicks(year: number, month: number, day: number): bigint | undefined {
  if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > 31) return undefined;
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  if (date.getUTCDate() !== day) return undefined;
  return BigInt(date.getTime()) * 10_000n + unixEpoch;
}

function clockTicks(parts: Record<string, string | undefined>): bigint | undefined {
  let hour = Number(parts.hour ?? 0);
  const minute = Number(parts.minute ?? 0);
  const second = Number(parts.second ?? 0);
  if (parts.half) {
    if (hour < 1 || hour > 12) return undefined;
    hour = (hour % 12) + (parts.half.toLowerCase() === 'pm' ? 12 : 0);
  }
  if (hour > 23 || minute > 59 || second > 59) return undefined;
  const fraction = BigInt((parts.fraction ?? '').padEnd(7, '0').slice(0, 7));
  return BigInt(hour) * ticksPerHour + BigInt(minute) * ticksPerMinute + BigInt(second) * ticksPerSecond + fraction;
}

function zoneTicks(zoneText: string | undefined): bigint | undefined {
  if (!zoneText || !/^[+-]/.test(zoneText)) return 0n;
  const digits = zoneText.slice(1).replace(':', '');
  const hours = BigInt(digits.length <= 2 ? digits : digits.slice(0, -2));
  const minutes = BigInt(digits.length <= 2 ? '0' : digits.slice(-2));
  if (hours > 14n || minutes > 59n) return undefined;
  const ticks = hours * ticksPerHour + minutes * ticksPerMinute;
  return zoneText.startsWith('-') ? -ticks : ticks;
}

const spanUnits: Record<string, bigint> = {
  d: ticksPerDay,
  day: ticksPerDay,
  days: ticksPerDay,
  h: ticksPerHour,
  hr: ticksPerHour,
  hrs: ticksPerHour,
  hour: ticksPerHour,
  hours: ticksPerHour,
  m: ticksPerMinute,
  min: ticksPerMinute,
  minute: ticksPerMinute,
  minutes: ticksPerMinute,
  s: ticksPerSecond,
  sec: ticksPerSecond,
  second: ticksPerSecond,
  seconds: ticksPerSecond,
  ms: 10_000n,
  milli: 10_000n,
  millis: 10_000n,
  millisecond: 10_000n,
  milliseconds: 10_000n,
  micro: 10n,
  micros: 10n,
  microsecond: 10n,
  microseconds: 10n,
  tick: 1n,
  ticks: 1n,
};

/** The ticks of `[-][d.]hh:mm[:ss[.fffffff]]`, of a number with a unit (`1.5h`) or of a whole number of days, or undefined. */
export function parseTimespan(text: string): bigint | undefined {
  const trimmed = text.trim();
  const colons =
    /^(-?)(?:(\d{1,8})\.|(\d{1,8}):(?=\d{1,2}:\d{2}:\d{2}))?(\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,7}))?)?$/.exec(
      trimmed,
    );
  if (colons) {
    const [, sign, dotted, colonDays, hours, minutes, seconds, fraction] = colons;
    const days = dotted ?? colonDays;
    if (Number(hours) > 23 || Number(minutes) > 59 || Number(seconds ?? 0) > 59) return undefined;
    const ticks =
      BigInt(days ?? 0) * ticksPerDay +
      BigInt(hours ?? 0) * ticksPerHour +
      BigInt(minutes ?? 0) * ticksPerMinute +
      BigInt(seconds ?? 0) * ticksPerSecond +
      BigInt((fraction ?? '').padEnd(7, '0'));
    return sign === '-' ? -ticks : ticks;
  }
  const united = /^(-?\d{1,12})(?:\.(\d{1,9}))?\s*([a-z]*)$/i.exec(trimmed);
  if (!united) return undefined;
  const [, whole = '0', decimals = '', unit = ''] = united;
  const factor = unit === '' ? (decimals === '' ? ticksPerDay : undefined) : spanUnits[unit.toLowerCase()];
  if (factor === undefined) return undefined;
  const part = (BigInt(decimals === '' ? 0 : decimals) * factor) / 10n ** BigInt(decimals.length);
  return BigInt(whole) * factor + (whole.startsWith('-') ? -part : part);
}
