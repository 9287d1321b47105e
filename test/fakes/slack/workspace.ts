import { randomBytes } from 'node:crypto';
import { EventEmitter } from 'node:events';

export interface FakeChannel {
  id: string;
  name: string;
  private: boolean;
  archived: boolean;
  /** Whether Talbot is a member. */
  bot: boolean;
  /** The other end of a direct message. */
  person?: string;
}

export type SlackJson = Record<string, unknown>;

export interface FakeMessage {
  ts: string;
  channel: string;
  user: string;
  bot_id?: string;
  text: string;
  blocks: SlackJson[];
  thread_ts?: string;
  metadata?: { event_type: string; event_payload: SlackJson };
  /** Emoji by who put them. */
  reactions: Record<string, string[]>;
  /** Only this person sees it. */
  ephemeralFor?: string;
  files: string[];
  edits: number;
}

export interface FakeView {
  id: string;
  hash: string;
  person: string;
  view: SlackJson & { blocks: SlackJson[]; private_metadata?: string };
}

export interface FakeFile {
  id: string;
  name: string;
  bytes: Buffer;
  /** How often a block that shows it is refused before Slack has looked at it. */
  looks: number;
  completed: boolean;
  channel?: string;
  thread_ts?: string;
}

export interface FakePerson {
  id: string;
  name: string;
  realName: string;
  timeZone: string;
}

export const bot = { user: 'UTALBOT', id: 'BTALBOT', name: 'talbot' } as const;

/** What one workspace remembers. Emits `change` after every change. */
export class FakeWorkspace extends EventEmitter {
  readonly team = 'T0HUNT';
  readonly people = new Map<string, FakePerson>();
  readonly channels = new Map<string, FakeChannel>();
  readonly messages: FakeMessage[] = [];
  readonly views = new Map<string, FakeView>();
  /** The modal each person has before them. */
  readonly open = new Map<string, FakeView>();
  readonly homes = new Map<string, SlackJson>();
  readonly files = new Map<string, FakeFile>();
  /** `looks` of the files that come. */
  looksAtFiles = 0;
  readonly triggers = new Map<string, { person: string; until: number; used: boolean }>();
  readonly responses = new Map<string, { channel: string; person: string; message?: FakeMessage; uses: number }>();
  private count = 0;

  next(prefix: string): string {
    this.count += 1;
    return `${prefix}${this.count.toString().padStart(4, '0')}`;
  }

  ts(): string {
    this.count += 1;
    return `${Math.floor(Date.now() / 1000)}.${this.count.toString().padStart(6, '0')}`;
  }

  trigger(person: string): string {
    const id = `${this.next('')}.${randomBytes(8).toString('hex')}`;
    this.triggers.set(id, { person, until: Date.now() + 3000, used: false });
    return id;
  }

  /** The channel of that name, where a person's id stands for the conversation with them. */
  channel(id: string): FakeChannel | undefined {
    return this.channels.get(this.people.has(id) ? this.direct(id).id : id);
  }

  direct(person: string): FakeChannel {
    const id = `D${person.slice(1)}`;
    const known = this.channels.get(id);
    if (known !== undefined) return known;
    const channel = { id, name: 'directmessage', private: true, archived: false, bot: true, person };
    this.channels.set(id, channel);
    return channel;
  }

  find(channel: string, ts: string): FakeMessage | undefined {
    return this.messages.find((message) => message.channel === channel && message.ts === ts);
  }

  changed(): void {
    this.emit('change');
  }
}
