import { EventEmitter } from 'node:events';
import type { RawCard } from './check-activity';

export type PlaceKind = 'channel' | 'groupChat' | 'personal';

/** A channel, a group chat, or one person's chat with the bot. */
export interface Place {
  /** As tests name it: `channel:general`, `chat:ops`, `personal:ada`. */
  name: string;
  id: string;
  kind: PlaceKind;
}

export interface FakeMessage {
  id: string;
  place: string;
  /** Of a channel's thread; the message's own id where it begins one. */
  root: string | undefined;
  from: string;
  text: string | undefined;
  card: RawCard | undefined;
  /** What an Action.Execute showed to one person alone, until the message is edited. */
  views: Map<string, RawCard>;
  edits: number;
  deleted: boolean;
  reactions: string[];
}

export const BOT = 'talbot';

/** What everybody sees: the memory of the fake Teams. */
export class Conversations {
  readonly messages: FakeMessage[] = [];
  readonly places = new Map<string, Place>();
  private readonly changes = new EventEmitter().setMaxListeners(0);
  private next = 1_700_000_000_000;

  place(name: string): Place {
    const known = this.places.get(name);
    if (known !== undefined) return known;
    const [kind = '', rest = ''] = name.split(':');
    const place: Place =
      kind === 'channel'
        ? { name, kind: 'channel', id: `19:${rest}@thread.tacv2` }
        : kind === 'chat'
          ? { name, kind: 'groupChat', id: `19:${rest}@thread.v2` }
          : { name, kind: 'personal', id: `a:${rest}` };
    this.places.set(name, place);
    return place;
  }

  /** By Teams's id, with its thread; undefined where the bot was never there, or the thread's root is unknown. */
  find(conversation: string): { place: Place; root: string | undefined } | undefined {
    const [id, root] = conversation.split(';messageid=');
    const place = [...this.places.values()].find((candidate) => candidate.id === id);
    if (place === undefined) return undefined;
    if (root !== undefined && !this.messages.some((message) => message.id === root && message.place === place.name)) {
      return undefined;
    }
    return { place, root };
  }

  add(place: Place, message: Pick<FakeMessage, 'from' | 'text' | 'card' | 'root'>): FakeMessage {
    const id = String(this.next++);
    const root = place.kind === 'channel' ? (message.root ?? id) : undefined;
    const added = {
      ...message,
      id,
      root,
      place: place.name,
      views: new Map(),
      edits: 0,
      deleted: false,
      reactions: [],
    };
    this.messages.push(added);
    this.changed();
    return added;
  }

  changed(): void {
    this.changes.emit('change');
  }

  /** Waits until `look` finds something; the time limit only ends a test that would never end. */
  async until<T>(look: () => T | undefined, what: string, milliseconds = 20_000): Promise<T> {
    const found = look();
    if (found !== undefined) return found;
    return new Promise((resolve, reject) => {
      const stop = () => {
        clearTimeout(timer);
        this.changes.off('change', check);
      };
      const check = () => {
        const value = look();
        if (value === undefined) return;
        stop();
        resolve(value);
      };
      const timer = setTimeout(() => {
        stop();
        reject(
          new Error(
            `Teams never saw ${what}; last: ${JSON.stringify(this.messages.slice(-3), null, 1).slice(0, 3000)}`,
          ),
        );
      }, milliseconds);
      this.changes.on('change', check);
    });
  }
}
