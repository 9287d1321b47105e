import type { TimeRange } from '../../domain/time-range';

/** Kusto's clock counts 100 ns since 0001-01-01 UTC. */
const epoch = 621_355_968_000_000_000n;
const ticksOfDay = 864_000_000_000n;
const lastDay = 3_652_058;

export function dateToTicks(date: Date): bigint {
  return BigInt(date.getTime()) * 10_000n + epoch;
}

/** Cuts what is finer than a millisecond. */
export function ticksToDate(ticks: bigint): Date {
  return new Date(Number((ticks - epoch) / 10_000n));
}

export function rangeToTicks(range: TimeRange): { from: bigint; to: bigint } {
  return { from: dateToTicks(range.from), to: dateToTicks(range.to) };
}

const days = new Map<number, string>();

/** `2024-01-01T00:00:00.0000000Z`; undefined outside the years 1 to 9999, which Kusto has no datetime for. */
export function ticksToText(ticks: bigint): string | undefined {
  if (ticks < 0n) return undefined;
  const day = Number(ticks / ticksOfDay);
  if (day > lastDay) return undefined;
  let date = days.get(day);
  if (!date) {
    date = new Date((day - 719_162) * 86_400_000).toISOString().slice(0, 10);
    if (days.size > 5000) days.clear();
    days.set(day, date);
  }
  return `${date}T${timeOfDay(Number(ticks % ticksOfDay))}Z`;
}

/** `hh:mm:ss.fffffff`, with `d.` before it from one day on and `-` before negative ones. */
export function spanToText(ticks: bigint): string {
  const positive = ticks < 0n ? -ticks : ticks;
  const day = positive / ticksOfDay;
  return `${ticks < 0n ? '-' : ''}${day > 0n ? `${day}.` : ''}${timeOfDay(Number(positive % ticksOfDay))}`;
}

function timeOfDay(ticks: number): string {
  const seconds = Math.floor(ticks / 10_000_000);
  const two = (n: number) => (n < 10 ? `0${n}` : `${n}`);
  const fraction = String(ticks % 10_000_000).padStart(7, '0');
  return `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}.${fraction}`;
}
