import type { WireCommand, WirePerson } from './wire';

export interface Suggestion {
  /** What stands in the list. */
  label: string;
  detail: string;
  /** The whole text after the choice, and where the caret goes. */
  text: string;
  caret: number;
}

export interface Completion {
  suggestions: Suggestion[];
  /** The first is chosen already: Enter takes it rather than sends. */
  eager: boolean;
  /** How the command that is being typed is used. */
  usage?: string;
}

const NOTHING: Completion = { suggestions: [], eager: false };

export interface CompletionSource {
  catalogue: readonly WireCommand[];
  people: readonly WirePerson[];
  direct: boolean;
}

/** What could follow at the caret: the call itself, a command's name, its flags, or a person. */
export function complete(text: string, caret: number, source: CompletionSource): Completion {
  const before = text.slice(0, caret);
  const after = text.slice(caret);
  const person = completePerson(before, after, source);
  if (person !== null) return person;
  const call = /^(\/hunt\s+|@talbot[,:]?\s+|!)(.*)$/is.exec(before);
  const start = call?.[1] ?? '';
  if (call === null) {
    if (before !== '' && '/hunt'.startsWith(before.toLowerCase())) return completeWords('/hunt ', '', after, source);
    if (!source.direct || before === '' || before.startsWith('/')) return NOTHING;
  }
  return completeWords(start, before.slice(start.length), after, source);
}

function completeWords(start: string, words: string, after: string, { catalogue }: CompletionSource): Completion {
  const typed = words.toLowerCase();
  const command = commandOf(words, catalogue);
  if (command !== undefined && /\s/.test(words.slice(command.name.length))) {
    return completeFlags(start + words, after, command);
  }
  if (after.trim() !== '') return NOTHING;
  const wanted = typed.replace(/\s+/g, ' ');
  const starting = catalogue.filter(({ name }) => name.startsWith(wanted));
  // A word that stands inside the name or the summary helps those who do not know the name yet.
  const containing = catalogue.filter(
    ({ name, summary }) =>
      wanted.length > 2 &&
      !name.startsWith(wanted) &&
      `${name} ${summary}`.toLowerCase().includes(wanted) &&
      !/\s/.test(wanted),
  );
  const suggestions = [...starting, ...containing].map(({ name, summary }): Suggestion => {
    const whole = `${start}${name} `;
    return { label: name, detail: summary, text: whole, caret: whole.length };
  });
  const exact = catalogue.some(({ name }) => name === wanted.trim());
  return { suggestions, eager: starting.length > 0 && !exact, ...(command && { usage: command.usage }) };
}

function completeFlags(before: string, after: string, command: WireCommand): Completion {
  const usage = command.usage;
  const token = /(?:^|\s)(-{0,2}[\w-]*)$/.exec(before)?.[1];
  if (token === undefined || (token !== '' && !token.startsWith('-'))) return { ...NOTHING, usage };
  const used = new Set([...before.matchAll(/(?:^|\s)--([\w-]+)/g)].map(([, name]) => name));
  const wanted = token.replace(/^-+/, '').toLowerCase();
  const kept = before.slice(0, before.length - token.length);
  const suggestions = command.flags
    .filter(({ name }) => name.startsWith(wanted) && (!used.has(name) || name === wanted))
    .map(({ name, summary }): Suggestion => {
      const whole = `${kept}--${name} `;
      return { label: `--${name}`, detail: summary, text: `${whole}${after.trimStart()}`, caret: whole.length };
    });
  return { suggestions, eager: token !== '', usage };
}

function completePerson(before: string, after: string, { people }: CompletionSource): Completion | null {
  const token = /(^|\s)@([\w]*)$/.exec(before);
  if (token === null) return null;
  const wanted = (token[2] ?? '').toLowerCase();
  const kept = before.slice(0, before.length - wanted.length - 1);
  const everyone = [{ id: 'talbot', name: 'Talbot', job: 'The hound: gives it a command' }, ...people];
  const suggestions = everyone
    .filter(
      ({ id, name }) =>
        id.startsWith(wanted) ||
        name
          .toLowerCase()
          .split(' ')
          .some((part) => part.startsWith(wanted)),
    )
    .map(({ id, name, job }): Suggestion => {
      const whole = `${kept}@${id === 'talbot' ? 'Talbot' : id} `;
      return { label: name, detail: job, text: `${whole}${after.trimStart()}`, caret: whole.length };
    });
  return { suggestions, eager: suggestions.length > 0 };
}

/** The longest command name that the words begin with. */
function commandOf(words: string, catalogue: readonly WireCommand[]): WireCommand | undefined {
  const typed = words.toLowerCase().replace(/\s+/g, ' ');
  return catalogue
    .filter(({ name }) => typed === name || typed.startsWith(`${name} `))
    .sort((a, b) => b.name.length - a.name.length)[0];
}
