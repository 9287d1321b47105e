/** A quoted identifier. NUL, which SQL text cannot hold, becomes U+2400; so does a name of no characters, which SQL refuses. */
export function quoteName(name: string): string {
  if (name === '') return '"\u2400"';
  return `"${name.replaceAll('"', '""').replaceAll('\0', '\u2400')}"`;
}
