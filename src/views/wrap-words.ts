import { fitText, textWidth } from '../charts/svg/text-width';

/** A text in at most `most` lines of a width, broken between words; what does not fit ends in an ellipsis. */
export function wrapWords(text: string, width: number, size: number, most: number): string[] {
  const words = text.split(/\s+/).filter((word) => word !== '');
  const lines: string[] = [];
  let line = '';
  for (const [index, word] of words.entries()) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line === '' || textWidth(longer, size) <= width) {
      line = longer;
      continue;
    }
    if (lines.length === most - 1) return [...lines, fitText([line, ...words.slice(index)].join(' '), width, size)];
    lines.push(line);
    line = word;
  }
  return line === '' ? lines : [...lines, fitText(line, width, size)];
}
