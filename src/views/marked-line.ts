/** What is shown of a long line: a phone wraps a longer one, and the marker would stand under the wrong word. */
const widest = 60;

/**
 * The line of a text that a fault is in, with a marker under the place; two lines for a fixed-width block. `line` and
 * `column` start at 1. Empty where the text has no such line.
 */
export function markedLine(text: string, line: number, column: number): string {
  const whole = text.split(/\r\n|\n|\r/)[line - 1]?.replaceAll('\t', ' ');
  if (whole === undefined) return '';
  const place = Math.min(Math.max(0, column - 1), whole.length);
  const start = place > widest - 15 ? place - Math.floor(widest / 2) : 0;
  const before = start > 0 ? '…' : '';
  const after = whole.length > start + widest ? '…' : '';
  const shown = `${before}${whole.slice(start, start + widest)}${after}`;
  return `${shown}\n${' '.repeat(place - start + before.length)}^`;
}
