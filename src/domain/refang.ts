/** What people write so that nobody presses it, read as it is meant: `hxxps[:]//evil[.]example`, `a(at)b(dot)c`, `10 . 0 . 0 . 1`. */
export function refang(text: string): string {
  return (
    text
      .normalize('NFKC')
      .replace(/[\u200b-\u200f\u2060\ufeff]/g, '')
      // White space in runs of one: what follows looks at each character a bounded number of times.
      .replace(/\s+/g, ' ')
      .trim()
      .replace(/^["'<`]+/, '')
      .replace(/(?<![>"'`])[>"'`]+$/, '')
      .replace(/^h(?:xx|tt|\*\*|XX)p(s?)(?=\W)/i, 'http$1')
      .replace(/ ?[[({] ?(?:\.|dot) ?[\])}] ?/gi, '.')
      .replace(/ ?[[({] ?(?:@|at) ?[\])}] ?/gi, '@')
      .replace(/ ?[[({] ?(:|\/|:\/\/) ?[\])}] ?/g, '$1')
      .replace(/\\\./g, '.')
      .replaceAll(' . ', '.')
      .replace(/(?<![.,;])[.,;]+$/, '')
      .trim()
  );
}
