import type { Place } from './api.js';
import type { WireMessage, WireState } from './wire';

/** Messages of one channel's top or of one thread, oldest first. */
export interface MessageList {
  messages: WireMessage[];
  more: boolean;
  loaded: boolean;
  loading: boolean;
  root?: WireMessage;
}

/** Typed and on its way; shown when the answer takes long or fails. */
export interface Outgoing extends Place {
  once: string;
  text: string;
  /** What the server called the file that goes along. */
  file?: string | undefined;
  shown: boolean;
  failed?: string | undefined;
}

export interface State {
  person: string;
  /** Absent until the server has answered. */
  known?: WireState;
  failed?: string | undefined;
  connection: 'connecting' | 'open' | 'lost';
  channel: string;
  thread?: string | undefined;
  lists: Map<string, MessageList>;
  outgoing: Outgoing[];
  /** Places where Talbot is at work on what this tab sent. */
  working: Set<string>;
  editing?: string | undefined;
  menuOpen: boolean;
  notice?: { text: string; tone: 'neutral' | 'danger' } | undefined;
  /** Newest message number by channel. */
  latest: Map<string, number>;
  /** Where "new" began when the channel was opened. */
  newSince: Map<string, number>;
}

export function placeKey({ channel, root }: Place): string {
  return root === undefined ? channel : `${channel}/${root}`;
}

export function emptyList(): MessageList {
  return { messages: [], more: false, loaded: false, loading: false };
}

/** Puts the message where its number belongs; an older version of one that is there is ignored. */
export function putMessage(messages: readonly WireMessage[], message: WireMessage): WireMessage[] {
  const index = messages.findIndex(({ id }) => id === message.id);
  const there = messages[index];
  if (there !== undefined) {
    if (there.version > message.version) return [...messages];
    // An answer to a request does not know the replies; events and pages do.
    const merged = message.replies === undefined && there.replies ? { ...message, replies: there.replies } : message;
    return messages.map((other) => (other === there ? merged : other));
  }
  const next = messages.findIndex(({ number }) => number > message.number);
  return next === -1 ? [...messages, message] : [...messages.slice(0, next), message, ...messages.slice(next)];
}
