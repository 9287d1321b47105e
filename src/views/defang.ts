/** Addresses that someone might press by mistake, made harmless to read: `hxxps://evil[.]example`. */
export function defang(text: string): string {
  return text.replace(/\bhttp(s?):\/\//gi, 'hxxp$1://').replace(/(?<=hxxps?:\/\/[^\s/]*)\./gi, '[.]');
}
