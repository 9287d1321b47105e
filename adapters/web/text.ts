const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Half a surrogate pair is no character, and UTF-8 cannot carry it. */
function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, '\ufffd');
}

/** Text for an element's content or a quoted attribute. */
export function escapeHtml(text: string): string {
  return wellFormed(text).replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}

/** Text for a quoted attribute: line breaks survive; NUL, which HTML cannot hold, becomes U+FFFD. */
export function attribute(text: string): string {
  return escapeHtml(text)
    .replace(/[\r\n\t]/g, (space) => `&#${space.charCodeAt(0)};`)
    .replaceAll('\0', '\ufffd');
}

/**
 * Characters that a reader does not see, or that reorder what stands around them: controls, soft hyphens, zero-width spaces,
 * directional marks and overrides, line separators, tags, fillers.
 */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\p{Zl}\p{Zp}]/gu;

/** Joiners belong to emoji and to several scripts; anywhere else they hide something. */
const BEFORE_JOINER =
  /(?:\p{Extended_Pictographic}|\p{Emoji_Modifier}|\p{M}|\p{Script=Arabic}|\p{Script=Devanagari}|\p{Script=Bengali})$/u;

function isFine(character: string, before: string): boolean {
  if (character === '\n' || character === '\t') return true;
  if (character === '\u200c' || character === '\u200d') return BEFORE_JOINER.test(before.slice(-2));
  return character >= '\ufe00' && character <= '\ufe0f';
}

function replaceUnseen(text: string, show: (symbol: string) => string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(UNSEEN, (character, offset: number, whole: string) =>
      isFine(character, whole.slice(Math.max(0, offset - 2), offset)) ? character : show(symbolFor(character)),
    );
}

/** U+0000 to U+001F. Letters rather than Unicode's pictures of them, which many systems have no font for. */
const CONTROLS =
  'NUL SOH STX ETX EOT ENQ ACK BEL BS TAB LF VT FF CR SO SI DLE DC1 DC2 DC3 DC4 NAK SYN ETB CAN EM SUB ESC FS GS RS US'.split(
    ' ',
  );

const NAMES: Record<string, string> = {
  '\u007f': 'DEL',
  '\u00ad': 'SHY',
  '\u202a': 'LRE',
  '\u202b': 'RLE',
  '\u202c': 'PDF',
  '\u202d': 'LRO',
  '\u202e': 'RLO',
  '\u2066': 'LRI',
  '\u2067': 'RLI',
  '\u2068': 'FSI',
  '\u2069': 'PDI',
  '\u200b': 'ZWSP',
  '\u200c': 'ZWNJ',
  '\u200d': 'ZWJ',
  '\u200e': 'LRM',
  '\u200f': 'RLM',
  '\ufeff': 'BOM',
};

function symbolFor(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x20) return CONTROLS[code] ?? '';
  return NAMES[character] ?? `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
}

/** The text with every unseen character as a plain symbol, for places that take no markup (titles, options, labels). */
export function withSymbols(text: string): string {
  return replaceUnseen(wellFormed(text), (symbol) => `[${symbol}]`);
}

/** Text as HTML that shows all of it: escaped, unseen characters as marked symbols, its direction kept to itself. */
export function textToHtml(text: string): string {
  return `<bdi>${markUnseen(text)}</bdi>`;
}

/** The same without isolation, for blocks that isolate as a whole. */
export function markUnseen(text: string): string {
  return replaceUnseen(escapeHtml(text), (symbol) => `<span class="unseen">${symbol}</span>`);
}

/** A person's message: as above, with mentions set off. Nothing else in it means anything. */
export function messageToHtml(text: string, names: readonly string[]): string {
  const mention = new RegExp(`(^|[\\s(])(@(?:${names.map(escapePattern).join('|')}))(?![\\w-])`, 'gi');
  return `<bdi>${markUnseen(text).replace(mention, '$1<span class="mention">$2</span>')}</bdi>`;
}

function escapePattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/**
 * The address of a link or picture, or null where it must not be followed. Talbot's own signed links become relative, so that
 * they work under whichever loopback name the page was opened.
 */
export function localHref(url: string): string | null {
  if (/^\/files\/[^\s\\]*$/.test(url)) return url;
  if (!URL.canParse(url)) return null;
  const { protocol, hostname, pathname, search } = new URL(url);
  if (protocol !== 'http:' && protocol !== 'https:') return null;
  if (isLoopbackName(hostname) && pathname.startsWith('/files/')) return `${pathname}${search}`;
  return url;
}

/** The address as it stands, where it is one of the web; null for every other scheme. */
export function webHref(url: string): string | null {
  return URL.canParse(url) && ['http:', 'https:'].includes(new URL(url).protocol) ? url : null;
}

export function isLoopbackName(hostname: string): boolean {
  return ['127.0.0.1', 'localhost', '[::1]', '::1'].includes(hostname.toLowerCase());
}
