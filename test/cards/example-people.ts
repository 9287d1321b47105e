import type { PersonRef } from '../../src/domain/ids';

/** The moment at which every example is looked at. */
export const now = new Date('2026-11-25T09:30:00Z');

export function minutesAgo(minutes: number): Date {
  return new Date(now.getTime() - minutes * 60_000);
}

export function daysAgo(days: number): Date {
  return minutesAgo(days * 1440);
}

export const ada: PersonRef = { platform: 'slack', tenant: 'T0HUNT', id: 'U1', name: 'Ada Night' };
export const lee: PersonRef = { platform: 'teams', tenant: 'fernhill', id: 'lee', name: 'Lee Osei' };
/** A name that somebody chose in order to be obeyed. */
export const mallory: PersonRef = {
  platform: 'slack',
  tenant: 'T0HUNT',
  id: 'U9',
  name: '<!channel> [Mallory](https://evil.example) \u202egnp.exe',
};

/** What somebody would like a chat to do. */
export const hostile =
  '<@U1> <!here> [click me](https://evil.example/a) <img src=x onerror=alert(1)> **bold** `code` =HYPERLINK("https://evil.example") ​\u202egnp.exe';

export const slackThread = { platform: 'slack' as const, tenant: 'T0HUNT', channel: 'C1', root: '1764000000.000100' };
export const teamsThread = { platform: 'teams' as const, tenant: 'fernhill', channel: '19:hunt', root: '1764000000' };
