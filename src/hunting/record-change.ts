import { randomUUID } from 'node:crypto';
import { longestChange } from '../domain/hunt-change';
import { type PersonRef, personKey } from '../domain/ids';
import type { Log } from '../log';
import type { Clock } from '../ports/clock';
import type { Stores } from '../ports/stores';

export interface ChangeDeps {
  stores: Pick<Stores, 'changes'>;
  clock: Clock;
  log: Log;
  person: PersonRef;
}

export interface ChangeRecord {
  hunt: string;
  /** Key of what changed; left out: the hunt itself. */
  subject?: string;
  /** In the past tense, as it completes "Ada …". */
  what: string;
  before?: string | undefined;
  after?: string | undefined;
}

/** Writes a line of the hunt's timeline. The change itself has happened: a line that cannot be written is logged, not thrown. */
export async function recordChange(deps: ChangeDeps, change: ChangeRecord): Promise<void> {
  try {
    await deps.stores.changes.insert({
      id: randomUUID(),
      hunt: change.hunt,
      at: deps.clock.now(),
      by: deps.person,
      byKey: personKey(deps.person),
      subject: change.subject ?? change.hunt,
      what: change.what,
      ...(change.before === undefined ? {} : { before: cut(change.before) }),
      ...(change.after === undefined ? {} : { after: cut(change.after) }),
    });
  } catch (error) {
    deps.log.error({ error, hunt: change.hunt, subject: change.subject }, 'a change was not kept in the timeline');
  }
}

function cut(text: string): string {
  return text.length <= longestChange ? text : `${text.slice(0, longestChange - 1)}…`;
}
