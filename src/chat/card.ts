import type { FieldValues } from './inbound';

/**
 * A message as meaning, without a platform in it: closed, JSON-able, and holding plain strings only. Each adapter escapes them.
 * Links, mentions and markup inside any string are inert on every platform; the only live links are Button.url and FileBlock.url.
 */
export interface Card {
  /** One line, also the notification's text. */
  title: string;
  tone?: Tone;
  blocks: Block[];
}

export type Tone = 'neutral' | 'good' | 'warning' | 'danger' | 'progress';

export type Block =
  | HeadingBlock
  | TextBlock
  | FactsBlock
  | TableBlock
  | CodeBlock
  | NoteBlock
  | ProgressBlock
  | ImageBlock
  | FileBlock
  | SelectBlock
  | ActionsBlock
  | DividerBlock;

export interface HeadingBlock {
  type: 'heading';
  text: string;
}

/** A paragraph; line breaks are kept. */
export interface TextBlock {
  type: 'text';
  text: string;
}

export interface FactsBlock {
  type: 'facts';
  facts: { label: string; value: string }[];
}

export interface TableBlock {
  type: 'table';
  columns: { title: string; align?: 'left' | 'right' }[];
  rows: string[][];
  /** How many rows there are in all, when more than are shown here. */
  total?: number;
  /** Where the rest is, in words that complete "20 of 812 rows; …". */
  rest?: string;
}

/** Text whose every space counts: a query, a raw row. */
export interface CodeBlock {
  type: 'code';
  text: string;
  language?: 'kql' | 'json';
}

/** Small print: a hint, what was left out, who did it. */
export interface NoteBlock {
  type: 'note';
  text: string;
}

export interface ProgressBlock {
  type: 'progress';
  items: { label: string; state: ProgressState; detail: string }[];
}

export type ProgressState = 'waiting' | 'running' | 'done' | 'failed' | 'cancelled';

export interface ImageBlock {
  type: 'image';
  /** What the picture says, for those who do not see it. */
  alt: string;
  /** Signed link to a PNG of at most 1024 × 1024 points and 1 MB. */
  url: string;
}

export interface FileBlock {
  type: 'file';
  name: string;
  /** Signed link that ends by itself. */
  url: string;
  detail: string;
}

/** A choice that acts as soon as it is made (`act: 'choose'`), or is read when a button of the same card is pressed (`act: 'wait'`). */
export interface SelectBlock {
  type: 'select';
  /** Field of the command that the choice fills. */
  field: string;
  label: string;
  options: { value: string; label: string }[];
  several?: boolean;
  chosen?: string[];
  act: 'wait' | { command: string; args: FieldValues };
}

export interface ActionsBlock {
  type: 'actions';
  buttons: Button[];
}

export type Button = CommandButton | LinkButton;

export interface CommandButton {
  label: string;
  command: string;
  /** At most 1,500 characters as JSON. Comes back untrusted. */
  args: FieldValues;
  /** Teams must know when the card is built, Slack decides at the click. */
  opens: 'nothing' | 'form';
  style?: 'primary' | 'danger';
  /** Asked before anything is sent. */
  confirm?: { title: string; text: string; yes: string };
}

export interface LinkButton {
  label: string;
  url: string;
}

export interface DividerBlock {
  type: 'divider';
}
