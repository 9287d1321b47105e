import type { Mention } from './payloads';

const NAMED_ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

/**
 * Every string is put where Teams reads no markdown, HTML or mention (RichTextBlock runs, titles, labels, choices): what is left to disarm are
 * the card functions {{DATE()}} and {{TIME()}}, direction overrides and control characters.
 */
export function inertText(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/(?![\n\t])[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, '\ufffd')
    .replace(/\{\{/g, '{\u200b{');
}

/** Every space counts in code, and cards collapse them. Single spaces between words stay what they are, so that most of it copies. */
export function keepSpaces(text: string): string {
  return text.replace(/\t/g, '    ').replace(/^ +| {2,}/gm, (spaces) => '\u00a0'.repeat(spaces.length));
}

interface ReadText {
  text: string;
  /** By token, as Inbound wants them; ids are still Teams's own (`29:…`) where the mention names no directory object. */
  mentions: Record<string, { id: string; name: string }>;
  botMentioned: boolean;
}

/**
 * What a person typed: the bot's own mention is taken out, another person's becomes one word (`@Ada.Lovelace`), entities are decoded.
 * Other angle brackets stay, since queries are full of them.
 */
export function readText(text: string, mentions: Mention[], botId: string): ReadText {
  const people: ReadText['mentions'] = {};
  let botMentioned = false;
  let rest = text;
  const marks: { mark: string; token: string }[] = [];
  for (const mention of mentions) {
    if (mention.text === undefined || mention.text === '') continue;
    if (mention.mentioned.id === botId) {
      botMentioned = true;
      rest = rest.split(mention.text).join(' ');
      continue;
    }
    const id = mention.mentioned.aadObjectId ?? mention.mentioned.id;
    const token = tokenFor(mention.mentioned.name ?? 'someone', id, people);
    people[token] = { id, name: mention.mentioned.name ?? '' };
    const mark = `\ue000${marks.length}\ue001`;
    marks.push({ mark, token });
    rest = rest.split(mention.text).join(mark);
  }
  rest = decodeEntities(rest);
  for (const { mark, token } of marks) rest = rest.split(mark).join(token);
  return { text: rest.trim(), mentions: people, botMentioned };
}

/** A query typed between fences is meant without them. */
export function withoutFences(text: string): string {
  return text.replace(/```[a-z]*\n?([\s\S]*?)\n?```/gi, '$1').trim();
}

function tokenFor(name: string, id: string, taken: ReadText['mentions']): string {
  const base = `@${name.trim().replace(/\s+/g, '.') || 'someone'}`;
  let token = base;
  for (let n = 2; taken[token] !== undefined && taken[token]?.id !== id; n++) token = `${base}.${n}`;
  return token;
}

function decodeEntities(text: string): string {
  return text
    .replace(/&(#x[0-9a-f]{1,6}|#\d{1,7}|[a-z]{2,6});/gi, (whole, name: string) => {
      if (!name.startsWith('#')) return NAMED_ENTITIES[name.toLowerCase()] ?? whole;
      const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number.parseInt(name.slice(1), 10);
      return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    })
    .replace(/\u00a0/g, ' ');
}
