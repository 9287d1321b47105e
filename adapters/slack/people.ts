import { z } from 'zod';
import type { Actor } from '../../src/chat/inbound';
import type { Log } from '../../src/log';
import type { Clock } from '../../src/ports/clock';
import type { Workspaces } from './workspaces';

export interface People {
  /** Never rejects and never waits longer than about a second: without an answer the person goes by `otherwise`, or the id. */
  find(team: string, id: string, otherwise?: string): Promise<Actor>;
}

const UserInfo = z.object({
  user: z.object({
    name: z.string().optional(),
    real_name: z.string().optional(),
    tz: z.string().optional(),
    profile: z.object({ display_name: z.string().optional(), real_name: z.string().optional() }).optional(),
  }),
});

const KEPT_MS = 60 * 60_000;
const KEPT_AFTER_FAILURE_MS = 60_000;
const PATIENCE_MS = 1000;
const MOST = 5000;

/** Names and time zones from users.info, kept for an hour. */
export function createPeople(deps: { workspaces: Workspaces; clock: Clock; log: Log }): People {
  const known = new Map<string, { until: number; found: Promise<Partial<Actor>> }>();

  async function ask(team: string, id: string): Promise<Partial<Actor>> {
    const client = await deps.workspaces.client(team);
    const { user } = UserInfo.parse(await client.users.info({ user: id }));
    const name = user.profile?.display_name || user.real_name || user.profile?.real_name || user.name;
    return {
      ...(name !== undefined && name !== '' && { name: name.slice(0, 200) }),
      ...(user.tz !== undefined && user.tz !== '' && { timeZone: user.tz.slice(0, 100) }),
    };
  }

  function lookUp(team: string, id: string): Promise<Partial<Actor>> {
    const key = `${team}|${id}`;
    const now = deps.clock.now().getTime();
    const remembered = known.get(key);
    if (remembered !== undefined && remembered.until > now) return remembered.found;
    const entry = { until: now + KEPT_MS, found: ask(team, id) };
    entry.found = entry.found.catch((error: unknown) => {
      deps.log.warn({ err: error, person: id }, 'Slack did not say who somebody is');
      entry.until = now + KEPT_AFTER_FAILURE_MS;
      return {};
    });
    // The oldest goes first; a Map keeps the order of insertion.
    if (known.size >= MOST) known.delete(known.keys().next().value ?? '');
    known.delete(key);
    known.set(key, entry);
    return entry.found;
  }

  return {
    async find(team, id, otherwise) {
      const actor: Actor = { platform: 'slack', tenant: team, id, name: (otherwise || id).slice(0, 200) };
      return { ...actor, ...(await within(lookUp(team, id), PATIENCE_MS, {})) };
    },
  };
}

/** The promise's value, or `otherwise` once `ms` have passed. */
export async function within<T, U>(promise: Promise<T>, ms: number, otherwise: U): Promise<T | U> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<U>((resolve) => {
    timer = setTimeout(() => resolve(otherwise), ms);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}
