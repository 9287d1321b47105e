/** What server and page say to each other. Types only: nothing of it exists at run time, and both sides compile against it. */

export interface WireMessage {
  id: string;
  /** Grows with every change: an older one never replaces a newer one. */
  version: number;
  /** Order of arrival over all channels. */
  number: number;
  channel: string;
  root?: string;
  author: { id: string; name: string; bot: boolean };
  at: string;
  /** Rendered by the server: everything in it that people or logs wrote is escaped. */
  html: string;
  /** One line in plain words, for notifications and screen readers. */
  summary: string;
  /** Only on one's own messages, and only where they can be changed. */
  editable?: string;
  mine: boolean;
  onlyYou: boolean;
  signs: string[];
  edited: boolean;
  deleted: boolean;
  replies?: WireReplies;
}

export interface WireReplies {
  count: number;
  lastAt: string;
  people: { id: string; name: string; bot: boolean }[];
}

export interface WireForm {
  command: string;
  args: Record<string, string | string[]>;
  html: string;
}

export interface WireState {
  person: WirePerson;
  people: WirePerson[];
  channels: { id: string; name: string; topic: string; direct: boolean; latest: number }[];
  catalogue: WireCommand[];
  suggestions: { words: string; does: string }[];
}

export interface WirePerson {
  id: string;
  name: string;
  job: string;
}

export interface WireCommand {
  name: string;
  summary: string;
  usage: string;
  flags: { name: string; summary: string }[];
}

export interface WirePage {
  messages: WireMessage[];
  /** There are older ones. */
  more: boolean;
  /** The message that a thread hangs under. */
  root?: WireMessage;
}

/** What a press or a submitted form led to. */
export type WireOutcome =
  | { kind: 'done' }
  | { kind: 'posted'; message: WireMessage }
  | { kind: 'form'; form: WireForm }
  | { kind: 'field-errors'; errors: Record<string, string> };

export type WireEvent =
  | { kind: 'message'; message: WireMessage }
  | { kind: 'replies'; channel: string; id: string; replies: WireReplies }
  | { kind: 'form'; form: WireForm; channel: string; root?: string }
  | { kind: 'working'; channel: string; root?: string; working: boolean }
  /** Too much was missed: read again. */
  | { kind: 'resync' };

export interface WireError {
  code: string;
  message: string;
}
