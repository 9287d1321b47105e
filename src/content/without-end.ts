/** The text without the characters at its end that `of` fits. A pattern with `+$` takes the square of the length on some texts. */
export function withoutEnd(text: string, of: RegExp): string {
  let end = text.length;
  while (end > 0 && of.test(text.charAt(end - 1))) end--;
  return text.slice(0, end);
}
