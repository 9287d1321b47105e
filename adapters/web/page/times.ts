export const timeZone = Intl.DateTimeFormat().resolvedOptions().timeZone;

const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });
const full = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'long' });
const day = new Intl.DateTimeFormat(undefined, { weekday: 'long', day: 'numeric', month: 'long' });
const dayAndYear = new Intl.DateTimeFormat(undefined, { dateStyle: 'long' });

export function clockTime(at: string): string {
  return clock.format(new Date(at));
}

/** Without the half of the day, for narrow places. */
export function bareTime(at: string): string {
  const parts = clock.formatToParts(new Date(at)).filter(({ type }) => type !== 'dayPeriod');
  return parts
    .map(({ value }) => value)
    .join('')
    .trim();
}

/** With its zone, and in UTC, as log rows have it. */
export function fullTime(at: string): string {
  return `${full.format(new Date(at))}\n${new Date(at).toISOString().replace('T', ' ').slice(0, 19)} UTC`;
}

export function sameDay(a: string, b: string): boolean {
  return new Date(a).toDateString() === new Date(b).toDateString();
}

export function dayName(at: string): string {
  const now = new Date();
  if (sameDay(at, now.toISOString())) return 'Today';
  if (sameDay(at, new Date(now.getTime() - 86_400_000).toISOString())) return 'Yesterday';
  return new Date(at).getFullYear() === now.getFullYear() ? day.format(new Date(at)) : dayAndYear.format(new Date(at));
}
