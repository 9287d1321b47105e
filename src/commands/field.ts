import type { Control } from '../chat/form';
import { type KeyKind, keyLetters, parseKey } from '../domain/ids';
import { parseSpan } from '../domain/time-range';

/** What a field makes of raw words: a value, or a sentence that completes "Queries: …". */
export type Read<T> = { value: T } | { fault: string };

/** One input of a command: how it is typed, how it is shown in a form, and how its raw words become a value. */
export interface Field<T> {
  readonly label: string;
  readonly summary: string;
  readonly control: Control;
  /** Absent words are a fault, unless `fallback` gives a value. */
  readonly required: boolean;
  /** Takes every word that is left: the text as it was typed. */
  readonly rest: boolean;
  /** As a flag it takes every unquoted word up to the next flag. */
  readonly wordy: boolean;
  /** Takes several words. */
  readonly several: boolean;
  /** A word that is not for this field is left to the next one: `run Q-1` in a hunt's thread. */
  readonly claims?: (word: string) => boolean;
  /** Filled from what the thread is tied to when left out. */
  readonly fromThread: 'hunt' | 'incident' | false;
  /** Neither in forms nor in the help: carried by buttons. */
  readonly hidden: boolean;
  /** Typed or pressed only: no form asks for it. */
  readonly typedOnly: boolean;
  /** Shown in usage: `NAME`, `7d`. */
  readonly sample: string;
  read(words: string[] | undefined): Read<T>;
}

const made = new WeakSet<object>();

/** True for fields made by the builders below, and for nothing else. */
export function isField(value: object): boolean {
  return made.has(value);
}

interface Basics {
  label: string;
  summary?: string;
  hidden?: boolean;
  typedOnly?: boolean;
}

function build<T>(parts: Pick<Field<T>, 'control' | 'sample' | 'read'> & Partial<Field<T>> & Basics): Field<T> {
  const { summary, hidden, typedOnly, ...others } = parts;
  const field: Field<T> = {
    required: true,
    rest: false,
    wordy: false,
    several: false,
    fromThread: false,
    ...others,
    summary: summary ?? '',
    hidden: hidden ?? false,
    typedOnly: typedOnly ?? false,
  };
  made.add(field);
  return field;
}

function missing(label: string): { fault: string } {
  return { fault: `${label} is missing.` };
}

/** A line or, with `lines`, a paragraph. With `rest` it takes all words that are left, spaces kept. */
function text(
  options: Basics & { max: number; lines?: boolean; code?: boolean; rest?: boolean; sample?: string },
): Field<string> {
  const control: Control = options.lines
    ? { type: 'lines', max: options.max, ...(options.code ? { code: true } : {}) }
    : { type: 'text', max: options.max };
  return build({
    ...options,
    control,
    rest: options.rest ?? false,
    wordy: true,
    sample: options.sample ?? options.label.toUpperCase().replaceAll(' ', '-'),
    read(words) {
      const value = words?.join(' ').trim() ?? '';
      if (value === '') return missing(options.label);
      if (value.length > options.max)
        return { fault: `${options.label} has ${value.length} characters; at most ${options.max} are kept.` };
      return { value };
    },
  });
}

/** One of a closed list; case does not matter, a unique beginning is enough. */
function choice<const V extends string>(
  options: Basics & { options: readonly V[]; names?: Partial<Record<V, string>> },
): Field<V> {
  return build({
    ...options,
    control: {
      type: 'choice',
      options: options.options.map((value) => ({ value, label: options.names?.[value] ?? value })),
    },
    sample:
      options.options.length > 8
        ? options.label.toUpperCase()
        : options.options.map((value) => value.toLowerCase()).join('|'),
    read(words) {
      const word = words?.join(' ').trim().toLowerCase() ?? '';
      if (word === '') return missing(options.label);
      const exact = options.options.find((value) => value.toLowerCase() === word);
      const starts = options.options.filter((value) => value.toLowerCase().startsWith(word));
      const value = exact ?? (starts.length === 1 ? starts[0] : undefined);
      if (value === undefined)
        return { fault: `“${word}” is not one of ${options.options.map((o) => o.toLowerCase()).join(', ')}.` };
      return { value };
    },
  });
}

/** Words separated by commas or spaces, each read by `one`. */
function list<T>(
  options: Basics & {
    sample: string;
    one: (word: string) => Read<T>;
    most?: number;
    control?: Control;
    spaced?: boolean;
    claims?: (word: string) => boolean;
  },
): Field<T[]> {
  const most = options.most ?? 100;
  return build({
    ...options,
    several: true,
    control: options.control ?? { type: 'text', max: 2000, placeholder: options.sample },
    read(words) {
      const separator = options.spaced === false ? /\s*,\s*/ : /[\s,]+/;
      const pieces = (words ?? []).flatMap((word) => word.split(separator)).filter((piece) => piece !== '');
      if (pieces.length === 0) return missing(options.label);
      if (pieces.length > most) return { fault: `${pieces.length} values; at most ${most} are taken.` };
      const values: T[] = [];
      for (const piece of pieces) {
        const read = options.one(piece);
        if ('fault' in read) return read;
        values.push(read.value);
      }
      return { value: values };
    },
  });
}

/** A key of one of several kinds, such as `R-1` or `S-1`; a bare number is one of the first. */
function keyOf(kinds: readonly [KeyKind, ...KeyKind[]], options: Partial<Basics> = {}): Field<string> {
  const [first] = kinds;
  const find = (word: string) => kinds.map((kind) => parseKey(kind, word)).find((found) => found !== null);
  const one = key(first, options);
  return build({
    ...one,
    claims: (word) => find(word) !== undefined,
    read(words) {
      const found = find(words?.join(' ').trim() ?? '');
      return found ? { value: found } : one.read(words);
    },
  });
}

function readKey(kind: KeyKind, word: string): Read<string> {
  const key = parseKey(kind, word);
  return key === null ? { fault: `“${word}” is not a ${kind} key such as ${keyLetters[kind]}-1.` } : { value: key };
}

/** A key such as `R-1`. */
function key(kind: KeyKind, options: Partial<Basics> = {}): Field<string> {
  const label = options.label ?? kind.charAt(0).toUpperCase() + kind.slice(1);
  return build({
    ...options,
    label,
    control: { type: 'text', max: 40, placeholder: `${keyLetters[kind]}-1` },
    sample: kind === 'query' ? 'Q-1' : `${keyLetters[kind]}-1`,
    claims: (word) => parseKey(kind, word) !== null,
    read(words) {
      const word = words?.join(' ').trim() ?? '';
      return word === '' ? missing(label) : readKey(kind, word);
    },
  });
}

/** Several keys: `Q-1 Q-2` or `Q-1,Q-2`. */
function keys(kind: KeyKind, options: Partial<Basics> = {}): Field<string[]> {
  return list({
    ...options,
    label: options.label ?? `${kind.charAt(0).toUpperCase()}${kind.slice(1)}s`,
    sample: `${keyLetters[kind]}-1 ${keyLetters[kind]}-2`,
    one: (word) => readKey(kind, word),
    claims: (word) => word.split(',').every((piece) => parseKey(kind, piece) !== null),
  });
}

/** The hunt; in a thread tied to one it may be left out. Typed as `H-1`, never as a bare number: that could be a row or a word. */
function hunt(): Field<string> {
  return build({
    label: 'Hunt',
    summary: 'Its key; in the hunt’s thread it may be left out',
    control: { type: 'text', max: 12, placeholder: 'H-1' },
    sample: 'H-1',
    fromThread: 'hunt',
    claims: (word) => /^h-?\d+$/i.test(word),
    read(words) {
      const word = words?.join(' ').trim() ?? '';
      return word === '' ? missing('Hunt') : readKey('hunt', word);
    },
  });
}

/** The incident; in a thread of its own it may be left out. */
function incident(): Field<string> {
  return build({
    label: 'Incident',
    summary: 'Its key; in its own thread it may be left out',
    control: { type: 'text', max: 12, placeholder: 'I-1' },
    sample: 'I-1',
    fromThread: 'incident',
    claims: (word) => /^i-?\d+$/i.test(word),
    read(words) {
      const word = words?.join(' ').trim() ?? '';
      return word === '' ? missing('Incident') : readKey('incident', word);
    },
  });
}

/** `30m`, `12h`, `7d`, `2w`: how far back, in milliseconds. */
function span(options: Basics): Field<number> {
  return build({
    ...options,
    control: { type: 'text', max: 10, placeholder: '7d' },
    sample: '7d',
    read(words) {
      const word = words?.join('').trim() ?? '';
      if (word === '') return missing(options.label);
      const value = parseSpan(word);
      return value === null
        ? { fault: `“${word}” is not a span such as 30m, 12h, 7d or 2w (ten years at most).` }
        : { value };
    },
  });
}

/** An instant: `2026-11-24`, `2026-11-24 08:30`, ISO 8601. Without a zone it is UTC. */
function instant(options: Basics): Field<Date> {
  return build({
    ...options,
    control: { type: 'text', max: 40, placeholder: '2026-11-24 08:30' },
    sample: 'TIME',
    read(words) {
      const word = words?.join(' ').trim() ?? '';
      if (word === '') return missing(options.label);
      const match = /^(\d{4}-\d\d-\d\d)(?:[ T](\d\d:\d\d(?::\d\d(?:\.\d{1,7})?)?))?\s*(Z|UTC|[+-]\d\d:\d\d)?$/i.exec(
        word,
      );
      const zone = !match?.[3] || /^(z|utc)$/i.test(match[3]) ? 'Z' : match[3];
      const value = match ? new Date(`${match[1]}T${match[2] ?? '00:00'}${zone}`) : new Date(Number.NaN);
      return Number.isNaN(value.getTime())
        ? { fault: `“${word}” is not a time such as 2026-11-24 or 2026-11-24 08:30 (UTC).` }
        : { value };
    },
  });
}

function whole(options: Basics & { least: number; most: number }): Field<number> {
  return build({
    ...options,
    control: { type: 'text', max: 12 },
    sample: 'N',
    read(words) {
      const word = words?.join(' ').trim() ?? '';
      if (word === '') return missing(options.label);
      const value = /^\d{1,12}$/.test(word) ? Number(word) : Number.NaN;
      return value >= options.least && value <= options.most
        ? { value }
        : { fault: `“${word}” is not a whole number from ${options.least} to ${options.most}.` };
    },
  });
}

/** `--all`, `--all yes`; absent means no. */
function flag(options: Basics): Field<boolean> {
  return build({
    ...options,
    required: false,
    control: { type: 'switch' },
    sample: '',
    read(words) {
      const word = words?.join(' ').trim().toLowerCase();
      if (word === undefined) return { value: false };
      if (['', 'yes', 'true', 'on', '1'].includes(word)) return { value: true };
      if (['no', 'false', 'off', '0'].includes(word)) return { value: false };
      return { fault: `“${word}” is neither yes nor no.` };
    },
  });
}

/** Someone, as the token that stands for them: a mention, a picker's value, `me`. The operation asks its context who that is. */
function person(options: Basics): Field<string> {
  return build({
    ...options,
    control: { type: 'person' },
    sample: '@someone',
    read(words) {
      const word = words?.join(' ').trim() ?? '';
      return word === '' ? missing(options.label) : { value: word };
    },
  });
}

/** Absent words are no fault. */
function optional<T>(inner: Field<T>): Field<T | undefined> {
  return build<T | undefined>({
    ...inner,
    required: false,
    read: (words) => (words === undefined || words.join('').trim() === '' ? { value: undefined } : inner.read(words)),
  });
}

/** Absent words mean `fallback`, given as it would be typed. */
function defaulting<T>(inner: Field<T>, fallback: string): Field<T> {
  return build({
    ...inner,
    required: false,
    sample: inner.sample,
    read: (words) => inner.read(words === undefined || words.join('').trim() === '' ? [fallback] : words),
  });
}

export const field = {
  text,
  choice,
  list,
  key,
  keyOf,
  keys,
  hunt,
  incident,
  span,
  instant,
  whole,
  flag,
  person,
  optional,
  defaulting,
};
