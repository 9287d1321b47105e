/** What people write so that nobody presses it, read as it is meant: `hxxps[:]//evil[.]example`, `a(at)b(dot)c`, `10 . 0 . 0 . 1`. */
export function refang(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[\u200b-\u200f\u2060\ufeff]/g, '')
    .trim()
    .replace(/^["'<`]+|[>"'`]+$/g, '')
    .replace(/^h(?:xx|tt|\*\*|XX)p(s?)(?=\W)/i, 'http$1')
    .replace(/\s*[[({]\s*(?:\.|dot)\s*[\])}]\s*/gi, '.')
    .replace(/\s*[[({]\s*(?:@|at)\s*[\])}]\s*/gi, '@')
    .replace(/\s*[[({]\s*(:|\/|:\/\/)\s*[\])}]\s*/g, '$1')
    .replace(/\\\./g, '.')
    .replace(/\s+\.\s+/g, '.')
    .replace(/[.,;]+$/, '')
    .trim();
}
