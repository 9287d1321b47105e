import { QueryError } from '../ports/query-engine';
import type { KqlError } from './kql-error';

/** Line and column, both from 1, of a character offset; `\r\n` counts as one line break. */
export function lineColumn(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, Math.max(0, Math.min(offset, text.length)));
  const lines = before.split(/\r\n|\n|\r/);
  return { line: lines.length, column: (lines.at(-1) ?? '').length + 1 };
}

/** The error a query engine rejects with: the message says the place as well. */
export function placeError(error: KqlError, text: string): QueryError {
  const { line, column } = lineColumn(text, error.start);
  const place = `line ${line}, column ${column}`;
  const message = /[?.!]$/.test(error.message) ? `${error.message} (${place})` : `${error.message}, ${place}`;
  return new QueryError(error.code, message, line, column, error.missing);
}
