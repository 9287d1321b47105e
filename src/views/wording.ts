/** `1 row`, `2 rows`, `12,345 rows`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en-US')} ${count === 1 ? one : many}`;
}

/** `2026-11-24 08:30 UTC`: cards are read by people in several zones, so the zone is always said. */
export function instantText(at: Date): string {
  return `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** `0.4 s`, `12 s`, `3 min 5 s`, `2 h 4 min`. */
export function durationText(milliseconds: number): string {
  const seconds = Math.max(0, milliseconds) / 1000;
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  if (seconds < 60) return `${Math.floor(seconds)} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${Math.floor(seconds % 60)} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** `2026-11-24 08:30`, for a column whose title says that it is UTC. */
export function stampText(at: Date): string {
  return at.toISOString().slice(0, 16).replace('T', ' ');
}

/** `2026-11-24`. */
export function dayText(at: Date): string {
  return at.toISOString().slice(0, 10);
}

export interface LookedAt {
  from: Date;
  to: Date;
  /** The clock of `now()` in the queries. */
  asOf: Date;
  /** The clock was set, by a person or by logs that ended before today. */
  asOfGiven?: boolean;
}

/**
 * `Last 7 days, up to 2026-11-24 08:30 UTC` where the range ends at the queries' own clock, else both ends. A clock that is not the real
 * one is said once: the moment counts as “now”.
 */
export function rangeText({ from, to, asOf, asOfGiven = false }: LookedAt): string {
  const endsNow = to.getTime() === asOf.getTime();
  const span = endsNow ? spanText(to.getTime() - from.getTime()) : undefined;
  const range =
    span === undefined ? `${stampText(from)} to ${instantText(to)}` : `Last ${span}, up to ${instantText(to)}`;
  if (!asOfGiven) return range;
  return endsNow ? `${range}, which counts as “now”` : `${range}; ${instantText(asOf)} counts as “now”`;
}

/** `30 days`, `24 hours`, `90 minutes`; undefined for a span that people would not call by any of them. */
function spanText(milliseconds: number): string | undefined {
  const minutes = milliseconds / 60_000;
  if (!Number.isInteger(minutes)) return undefined;
  if (minutes % 1440 === 0 && minutes > 1440) return counted(minutes / 1440, 'day');
  if (minutes % 60 === 0 && minutes <= 72 * 60) return counted(minutes / 60, 'hour');
  return minutes <= 180 ? counted(minutes, 'minute') : undefined;
}

/** `CredentialAccess` as people say it: `Credential Access`. */
export function tacticText(tactic: string): string {
  return tactic.replace(/(?<=[a-z])(?=[A-Z])/g, ' ');
}

/** `Credential Access, Initial Access · T1110.003`; empty where there is neither. */
export function attackText({ tactics, techniques }: { tactics: string[]; techniques: string[] }): string {
  return [tactics.map(tacticText).join(', '), techniques.join(', ')].filter((part) => part !== '').join(' · ');
}

/** Prose that a file wrapped at a width: lines are joined again where one was full, lists and paragraphs stay. */
export function unwrapped(text: string): string {
  return text.replace(/(?<=[^\n]{60})\n(?=[\p{L}\p{N}(“"'‘])/gu, ' ');
}

/** Shortens in words' favour and says so with an ellipsis; never in the middle of a character. */
export function shortened(text: string, most: number): string {
  const characters = [...text];
  return characters.length <= most ? text : `${characters.slice(0, most - 1).join('')}…`;
}

const platformNames = { slack: 'Slack', teams: 'Teams', web: 'the local page', system: 'Talbot' } as const;

export function platformText(platform: keyof typeof platformNames): string {
  return platformNames[platform];
}

/** `a thread on Slack`: a platform's own ids say nothing to people. */
export function threadText(thread: { platform: keyof typeof platformNames; direct?: boolean | undefined }): string {
  return `${thread.direct ? 'a conversation' : 'a thread'} on ${platformText(thread.platform)}`;
}
