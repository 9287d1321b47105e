/** A SQL string literal. DuckDB has no backslash escapes in it; a NUL cannot stand in SQL text and becomes chr(0). */
export function quoteText(text: string): string {
  const quoted = `'${text.replaceAll("'", "''")}'`;
  if (!text.includes('\0')) return quoted;
  return `(${quoted.split('\0').join("' || chr(0) || '")})`;
}
