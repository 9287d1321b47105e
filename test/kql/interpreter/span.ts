import type { Type, Value } from './table';

/** Seconds of a timespan's text, such as `-1.02:03:04`; 0 for null. */
export function secondsOf(value: Value): number {
  const [, sign, days = '0', ...clock] = /^(-?)(?:(\d+)\.)?(\d\d):(\d\d):(\d\d)$/.exec(String(value)) ?? [];
  const [hours = 0, minutes = 0, seconds = 0] = clock.map(Number);
  const size = ((Number(days) * 24 + hours) * 60 + minutes) * 60 + seconds;
  return sign === '-' ? -size : size;
}

export function spanText(seconds: number): string {
  const size = Math.abs(seconds);
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0');
  const days = Math.floor(size / 86_400);
  const clock = `${two((size / 3600) % 24)}:${two((size / 60) % 60)}:${two(size % 60)}`;
  return `${seconds < 0 ? '-' : ''}${days > 0 ? `${days}.` : ''}${clock}`;
}

/** What values of a type are ordered by: timespans by their length, all others as they are. */
export function orderOf(value: Value, type: Type): Value {
  return type === 'timespan' && value !== null ? secondsOf(value) : value;
}
