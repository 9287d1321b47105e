/** An address as people see it: without what may be a secret in it. */
export function shownUrl(text: string): string {
  if (!URL.canParse(text)) return 'an address';
  const { protocol, host, pathname } = new URL(text);
  return `${protocol}//${host}${pathname}`;
}
