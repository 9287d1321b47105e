/** A SELECT with the common table expressions that the compilation has made so far in front of it. */
export function withDefinitions(select: string, definitions: string[]): string {
  if (definitions.length === 0) return select;
  return `WITH ${definitions.join(',\n')}\n${select.startsWith('WITH') ? `(${select})` : select}`;
}
