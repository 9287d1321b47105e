import { textWidth } from './text-width';

/** A text that fits, with what was left out of its middle as an ellipsis: names differ at their ends as often as at their beginnings. */
export function fitMiddle(text: string, width: number, size: number, weight: 'regular' | 'bold' = 'regular'): string {
  if (text.length <= 2000 && textWidth(text, size, weight) <= width) return text;
  // No line of a picture holds more than a few hundred letters: the middle of a text of megabytes is never measured.
  const start = [...text.slice(0, 400)];
  const end = [...text.slice(-400)];
  let kept = Math.min(400, [...text.slice(0, 800)].length - 1);
  for (; kept > 0; kept -= 1) {
    const before = Math.ceil(kept / 2);
    const cut = `${start.slice(0, before).join('')}…${kept - before > 0 ? end.slice(before - kept).join('') : ''}`;
    if (textWidth(cut, size, weight) <= width) return cut;
  }
  return '…';
}
