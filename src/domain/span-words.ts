const units = [
  ['w', 604_800_000],
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
] as const;

/** `1h`, `30m`, `7d`, as it would be typed; milliseconds are whole minutes. */
export function spanWord(milliseconds: number): string {
  const [unit, size] = units.find(([, one]) => milliseconds % one === 0 && milliseconds >= one) ?? ['m', 60_000];
  return `${Math.round(milliseconds / size)}${unit}`;
}

/** ISO 8601, as Sentinel has it: `PT1H`, `P14D`, `P1DT2H`. */
export function isoDuration(milliseconds: number): string {
  const minutes = Math.round(milliseconds / 60_000);
  const days = Math.floor(minutes / 1440);
  const hours = Math.floor((minutes % 1440) / 60);
  const rest = minutes % 60;
  const time = `${hours > 0 ? `${hours}H` : ''}${rest > 0 ? `${rest}M` : ''}`;
  if (days === 0 && time === '') return 'PT0M';
  return `P${days > 0 ? `${days}D` : ''}${time === '' ? '' : `T${time}`}`;
}

/** Milliseconds of `PT1H`, `1h`, `P1DT2H30M`; null for what is no such duration. */
export function readDuration(text: string): number | null {
  const match = /^P?(?:(\d{1,4})D)?T?(?:(\d{1,4})H)?(?:(\d{1,5})M)?(?:(\d{1,6})S)?$/i.exec(text.trim());
  if (!match) return null;
  const [days, hours, minutes, seconds] = match.slice(1).map((part) => Number(part ?? 0));
  const value = (days ?? 0) * 86_400_000 + (hours ?? 0) * 3_600_000 + (minutes ?? 0) * 60_000 + (seconds ?? 0) * 1000;
  return value > 0 ? value : null;
}
