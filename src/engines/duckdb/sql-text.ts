/** A name in SQL. */
export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** A string literal in SQL. A NUL would end the statement early, so it is not let through. */
export function quoteText(text: string): string {
  if (text.includes('\0')) throw new Error('A NUL character cannot stand in an SQL literal');
  return `'${text.replaceAll("'", "''")}'`;
}
