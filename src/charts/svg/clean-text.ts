/** Characters that XML cannot hold, that nobody sees, or that reorder what stands around them. */
const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Surrogate}\ufffe\uffff]/gu;

/** Text of a log row as one line that shows all of itself: white space as spaces, unseen characters as `·`, half characters as `�`. */
export function cleanText(text: string): string {
  return text
    .slice(0, 4000)
    .replace(/[\r\n\t]+/g, ' ')
    .replace(unseen, (character) => (/\p{Surrogate}/u.test(character) ? '\ufffd' : '·'));
}
