import { z } from 'zod';

/** A closed-open span [from, to) of UTC instants that a query looks at. */
export const TimeRange = z.object({ from: z.date(), to: z.date() });
export type TimeRange = z.infer<typeof TimeRange>;

const unitMilliseconds = { m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 } as const;

/** Reads `30m`, `12h`, `7d`, `2w` as milliseconds; null where the text is no such span or is longer than ten years. */
export function parseSpan(text: string): number | null {
  const match = /^(\d{1,6})\s*([mhdw])$/i.exec(text.trim());
  if (!match) return null;
  const unit = match[2]?.toLowerCase() as keyof typeof unitMilliseconds;
  const milliseconds = Number(match[1]) * unitMilliseconds[unit];
  return milliseconds > 0 && milliseconds <= 3660 * unitMilliseconds.d ? milliseconds : null;
}

/** The range of the last `milliseconds` before `to`. */
export function rangeBefore(to: Date, milliseconds: number): TimeRange {
  return { from: new Date(to.getTime() - milliseconds), to };
}
