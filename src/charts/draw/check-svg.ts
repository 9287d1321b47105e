const tags = /<(?:"[^"]*"|'[^']*'|[^>"'])*>/g;

/** Letters of a document; a chart of a thousand points has about 100,000. */
const mostLetters = 4_000_000;

/**
 * Throws where an SVG could make the drawing library read anything but itself: it opens the files that an image names. Only tags are
 * looked at, since text may say what it likes.
 */
export function checkSvg(svg: string): void {
  if (svg.length > mostLetters) throw new RangeError('the drawing has too many parts');
  for (const [tag] of svg.matchAll(tags)) {
    // Comments and CDATA too: what they hold would be read as tags here, and could hide one.
    if (/^<[!?]/.test(tag)) throw new Error('a drawing may not declare anything');
    if (/^<\/?(?:[\w-]+:)?(?:image|feImage|foreignObject|script|use|a)[\s/>]/i.test(tag))
      throw new Error(`a drawing may not hold ${tag.slice(0, 20)}`);
    if (/[\s"'](?:[\w-]+:)?(?:href|src)\s*=/i.test(tag)) throw new Error('a drawing may not name another file');
    if (/url\(\s*(?!["']?#)/i.test(tag)) throw new Error('a drawing may only point into itself');
  }
  if (/@import/i.test(styleOf(svg))) throw new Error('a drawing may not import styles');
}

function styleOf(svg: string): string {
  return [...svg.matchAll(/<style[^>]*>([\s\S]*?)<\/style>/gi)].map((match) => match[1] ?? '').join('\n');
}
