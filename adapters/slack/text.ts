/** `&`, `<` and `>` in a message's `text`, where Slack reads `<!channel>`, `<@U1>` and `<https://…>` as live. */
export function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** Direction overrides and control characters, which make a text look like another, show as `\ufffd`; each stays one character long. */
export function withoutTricks(text: string): string {
  return text.replace(/(?![\n\t\r])[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, '\ufffd');
}

/**
 * A plain_text object's content: mentions, links and markup are inert there, but Slack decodes its three entities. An ampersand
 * that happens to begin one is escaped, so that `&lt;` in a log row is shown as it stands.
 */
export function plainText(text: string): string {
  return text.replace(/&(?=(?:amp|lt|gt);)/g, '&amp;');
}

/** As Slack counts a plain_text object. */
export function plainLength(text: string): number {
  return plainText(text).length;
}

export interface SlackWords {
  text: string;
  /** People in the text by their token there: `<@U1>`. */
  people: string[];
}

const MARKED = /<([^<>]+)>/g;

/**
 * What a person typed, out of the text Slack made of it: links back to their words, channels and groups by name, entities decoded.
 * People become their token, or stay as `<@U1>`; `bot` is removed where it is mentioned first.
 */
export function wordsFromSlack(source: string, bot?: string, tokens?: ReadonlyMap<string, string>): SlackWords {
  const people = new Set<string>();
  let addressed = false;
  const text = source.replace(/[\uE000\uE001]/g, '').replace(MARKED, (whole: string, inside: string) => {
    const [target = '', label] = splitOnce(inside, '|');
    if (target.startsWith('@')) {
      const id = target.slice(1);
      if (id === bot && !addressed) {
        addressed = true;
        return '';
      }
      people.add(id);
      return MENTION_OPEN + id + MENTION_CLOSE;
    }
    if (target.startsWith('#')) return `#${label ?? target.slice(1)}`;
    if (target.startsWith('!')) return special(target, label);
    if (/^(?:https?|ftp|mailto|tel):/i.test(target)) return link(target, label);
    return whole;
  });
  const named = decodeEntities(text).replace(PERSON, (_, id: string) => tokens?.get(id) ?? `<@${id}>`);
  return { text: named.trim(), people: [...people] };
}

/** The id of a person, out of what stands for one: `U1`, `<@U1>`, `<@U1|ada>`. */
export function personId(token: string): string | undefined {
  return /^(?:<@)?([UW][A-Z0-9]+)(?:\|[^>]*)?>?$/.exec(token)?.[1];
}

/** The inside of a code fence, where a whole query was pasted as one: the fence is Slack's dress, not the person's words. */
export function withoutFences(text: string): string {
  return text.replace(/```\n?([\s\S]*?)\n?```/g, '$1').trim();
}

// Private-use characters that stand for the brackets of a mention while entities are decoded, so that a typed `<@U1>` stays apart.
const MENTION_OPEN = '\uE000';
const MENTION_CLOSE = '\uE001';
const PERSON = /\uE000([^\uE000\uE001]*)\uE001/g;

function special(target: string, label: string | undefined): string {
  if (label !== undefined) return label.startsWith('@') || target.startsWith('!date') ? label : `@${label}`;
  const [name = ''] = target.slice(1).split('^');
  return `@${name}`;
}

function link(target: string, label: string | undefined): string {
  const address = target.replace(/^(?:mailto|tel):/i, '');
  if (label === undefined) return address;
  // Slack links what looks like a host or an address by itself; the label is then what was typed.
  if (address === label || address.replace(/^https?:\/\//i, '').replace(/\/$/, '') === label.replace(/\/$/, ''))
    return label;
  return `${label} (${address})`;
}

function decodeEntities(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

function splitOnce(text: string, at: string): [string, string | undefined] {
  const index = text.indexOf(at);
  return index === -1 ? [text, undefined] : [text.slice(0, index), text.slice(index + 1)];
}
