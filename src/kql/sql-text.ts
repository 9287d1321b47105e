/** A quoted identifier. NUL, which SQL text cannot hold, becomes U+2400. */
export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""').replaceAll('\0', '\u2400')}"`;
}
