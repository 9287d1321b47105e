import type { Command } from './define-command';

interface Token {
  /** The word without its quotes. */
  word: string;
  quoted: boolean;
  start: number;
  end: number;
}

const openers: Record<string, string> = { '"': '"', "'": "'", '“': '”', '„': '“', '‘': '’', '«': '»' };

/** Words of a line: quotes group, straight or curly; a quote that is never closed, or stands inside a word, is a plain character. */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    if (/\s/.test(text.charAt(at))) {
      at += 1;
      continue;
    }
    const close = openers[text.charAt(at)];
    const end = close === undefined ? -1 : closing(text, at, close);
    if (end > 0) {
      tokens.push({ word: text.slice(at + 1, end), quoted: true, start: at, end: end + 1 });
      at = end + 1;
      continue;
    }
    const start = at;
    let word = '';
    while (at < text.length && !/\s/.test(text.charAt(at))) {
      const inner = text.charAt(at - 1) === '=' ? openers[text.charAt(at)] : undefined;
      const innerEnd = inner === undefined ? -1 : text.indexOf(inner, at + 1);
      if (innerEnd > 0) {
        word += text.slice(at + 1, innerEnd);
        at = innerEnd + 1;
      } else {
        word += text.charAt(at);
        at += 1;
      }
    }
    tokens.push({ word, quoted: false, start, end: at });
  }
  return tokens;
}

function closing(text: string, at: number, close: string): number {
  for (let end = text.indexOf(close, at + 1); end > 0; end = text.indexOf(close, end + 1)) {
    const next = text.charAt(end + 1);
    if (next === '' || /[\s,]/.test(next)) return end;
  }
  return -1;
}

/** The text without what merely addresses Talbot: `/hunt`, a leading `hunt`, a `!`. */
export function stripAddress(text: string): string {
  return text
    .trim()
    .replace(/^!\s*/, '')
    .replace(/^\/?hunt(?=\s|$)/i, '')
    .trim();
}

/** The longest command name that the text begins with, and what follows it. */
export function findCommand<C extends Pick<Command, 'name'>>(
  text: string,
  commands: ReadonlyMap<string, C>,
): { command: C; rest: string } | null {
  const match = /^(\S+)(?:\s+(\S+))?/.exec(text);
  if (!match) return null;
  const first = match[1]?.toLowerCase() ?? '';
  const two = match[2] === undefined ? undefined : commands.get(`${first} ${match[2].toLowerCase()}`);
  if (two) return { command: two, rest: text.slice(match[0].length).trimStart() };
  const one = commands.get(first);
  return one ? { command: one, rest: text.slice(first.length).trimStart() } : null;
}

export type ParsedText = { words: Record<string, string[] | undefined> } | { fault: string };

/** Reads what follows a command's name into raw words by field. Flags may stand anywhere; only flags that the command has are flags. */
export function parseText(command: Command, text: string): ParsedText {
  const words: Record<string, string[] | undefined> = {};
  const tokens = tokenize(text);
  const taken = new Set<Token>();
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i];
    if (!token || token.quoted || taken.has(token)) continue;
    const match = /^(?:--|—|–)([A-Za-z][A-Za-z-]*)(?:=([\s\S]*))?$/.exec(token.word);
    if (!match) continue;
    const name = match[1]?.toLowerCase() ?? '';
    // Fields are looked for by names that people type: `--constructor` is none.
    const field = Object.hasOwn(command.input, name) ? command.input[name] : undefined;
    if (!field || field.hidden) {
      if (takesFreeText(command)) continue;
      return { fault: unknownFlag(command, name) };
    }
    taken.add(token);
    const given: string[] = [];
    let quotedFirst = false;
    if (match[2] !== undefined) given.push(match[2]);
    else if (field.control.type === 'switch') given.push('yes');
    else {
      for (let next = tokens[i + 1]; next && (next.quoted || !isFlag(command, next.word)); next = tokens[i + 1]) {
        const first = given.length === 0;
        const goesOn =
          field.several || (field.wordy && !quotedFirst) || (field.sample === 'TIME' && isHour(given, next));
        if (!first && !goesOn) break;
        if (first) quotedFirst = next.quoted;
        given.push(next.word);
        taken.add(next);
        i += 1;
      }
    }
    words[name] = [...(words[name] ?? []), ...given];
  }
  return placePositionals(command, text, tokens, taken, words);
}

function placePositionals(
  command: Command,
  text: string,
  tokens: Token[],
  taken: ReadonlySet<Token>,
  words: Record<string, string[] | undefined>,
): ParsedText {
  let left = tokens.filter((token) => !taken.has(token));
  for (const name of command.positional) {
    const field = command.input[name];
    const first = left[0];
    if (!field || !first || words[name]) continue;
    if (field.rest) {
      words[name] = [restOf(text, left, taken)];
      left = [];
      continue;
    }
    if (field.claims && !field.claims(first.word)) continue;
    if (field.several) {
      const count = field.claims ? leading(left, field.claims) : left.length;
      words[name] = left.slice(0, count).map((token) => token.word);
      left = left.slice(count);
      continue;
    }
    words[name] = [first.word];
    left = left.slice(1);
  }
  const extra = left[0];
  return extra ? { fault: `“${extra.word}” does not fit here.` } : { words };
}

function leading(tokens: Token[], claims: (word: string) => boolean): number {
  const stop = tokens.findIndex((token) => !claims(token.word));
  return stop === -1 ? tokens.length : stop;
}

/** Everything left, as it was typed between the first and the last word, with the flags cut out. */
function restOf(text: string, left: Token[], taken: ReadonlySet<Token>): string {
  const only = left.length === 1 ? left[0] : undefined;
  if (only) return only.word;
  const from = left[0]?.start ?? 0;
  const to = left[left.length - 1]?.end ?? text.length;
  let rest = '';
  let at = from;
  for (const token of taken) {
    if (token.end <= from || token.start >= to) continue;
    rest += text.slice(at, token.start);
    at = token.end;
  }
  return (rest + text.slice(at, to)).trim();
}

/** In a comment or a query an unknown `--word` is part of the text; elsewhere it is a slip to be told. */
function takesFreeText(command: Command): boolean {
  return Object.values(command.input).some((field) => field.rest && field.control.type === 'lines');
}

function isFlag(command: Command, word: string): boolean {
  const match = /^(?:--|—|–)([A-Za-z][A-Za-z-]*)/.exec(word);
  return match !== null && (!takesFreeText(command) || Object.hasOwn(command.input, match[1]?.toLowerCase() ?? ''));
}

/** A date is one value in two words: `--from 2026-11-24 08:30`. */
function isHour(given: string[], next: Token): boolean {
  return given.length === 1 && /^\d\d:\d\d/.test(next.word) && !next.quoted;
}

function unknownFlag(command: Command, name: string): string {
  const known = Object.entries(command.input)
    .filter(([, field]) => !field.hidden)
    .map(([flag]) => `--${flag}`);
  return `There is no --${name} here.${known.length > 0 ? ` There is ${known.join(', ')}.` : ''}`;
}
