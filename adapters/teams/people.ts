import type { Inbound } from '../../src/chat/inbound';
import type { ThreadRef } from '../../src/chat/thread-ref';
import type { Log } from '../../src/log';
import type { Clock } from '../../src/ports/clock';
import type { Connector } from './connector';
import type { Carried } from './payloads';

interface Person {
  id: string;
  name: string;
}

export interface People {
  /**
   * The inbound with everybody it names: mentions name people by Teams's own ids, everything else by the directory's, and the
   * same person must have one. Never rejects; whoever is not told in time goes by what is known.
   */
  withPeople(inbound: Inbound, carried: Carried | undefined): Promise<Inbound>;
}

const KEPT_MS = 60 * 60_000;
const KEPT_AFTER_FAILURE_MS = 60_000;
/** An invoke is waiting meanwhile. */
const PATIENCE_MS = 2_000;
const MOST = 5_000;

export function createPeople(deps: { connector: Connector; clock: Clock; log: Log }): People {
  const known = new Map<string, { until: number; found: Promise<Person | undefined> }>();

  function lookUp(thread: ThreadRef, id: string): Promise<Person | undefined> {
    const key = `${thread.tenant}|${id}`;
    const now = deps.clock.now().getTime();
    const remembered = known.get(key);
    if (remembered !== undefined && remembered.until > now) return remembered.found;
    const entry = { until: now + KEPT_MS, found: deps.connector.member(thread, id) };
    entry.found = entry.found.catch((error: unknown) => {
      deps.log.warn({ err: error, person: id }, 'Teams did not say who somebody is');
      entry.until = now + KEPT_AFTER_FAILURE_MS;
      return undefined;
    });
    known.delete(key);
    // The oldest goes first; a Map keeps the order of insertion.
    if (known.size >= MOST) known.delete(known.keys().next().value ?? '');
    known.set(key, entry);
    return entry.found;
  }

  async function find(thread: ThreadRef, person: Person): Promise<Person> {
    let timer: NodeJS.Timeout | undefined;
    const impatience = new Promise<undefined>((resolve) => {
      timer = setTimeout(() => resolve(undefined), PATIENCE_MS);
    });
    const found = await Promise.race([lookUp(thread, person.id), impatience]);
    clearTimeout(timer);
    return found === undefined ? person : { id: found.id, name: found.name || person.name };
  }

  return {
    async withPeople(inbound, carried) {
      const named = namedIn(inbound, carried);
      if (named.length === 0) return inbound;
      const pairs = named.map(async ([token, person]): Promise<[string, Person]> => {
        if (person.id === inbound.actor.id) return [token, { id: person.id, name: inbound.actor.name }];
        return [token, await find(inbound.thread, person)];
      });
      return { ...inbound, mentions: Object.fromEntries(await Promise.all(pairs)) };
    },
  };
}

function namedIn(inbound: Inbound, carried: Carried | undefined): [string, Person][] {
  if (inbound.kind === 'text') return Object.entries(inbound.mentions ?? {});
  if (inbound.kind !== 'form' || carried?.do !== 'submit') return [];
  return carried.form.fields.flatMap((field): [string, Person][] => {
    const value = inbound.values[field.name];
    if (field.control.type !== 'person' || typeof value !== 'string' || value === '') return [];
    return [[value, { id: value, name: '' }]];
  });
}
