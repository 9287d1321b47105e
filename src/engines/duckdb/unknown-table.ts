import { KqlError } from '../../kql/kql-error';
import { isKnownTable } from './load/known-tables';

/**
 * Says more where a query names a table that is not loaded: that Sentinel has one of that name, and which loaded tables
 * look like it.
 */
export function explainUnknownTable(error: KqlError, text: string, loaded: string[]): KqlError {
  if (error.code !== 'unknown-name') return error;
  const name = text.slice(error.start, error.start + error.length).replace(/^\['?"?|"?'?\]$/g, '');
  if (!/^[\w .-]+$/.test(name) || loaded.includes(name)) return error;
  const alike = loaded
    .filter((table) => likeness(table, name) >= 0.5)
    .sort((a, b) => likeness(b, name) - likeness(a, name));
  const known = isKnownTable(name);
  const missing = error.missing ?? (known ? name : undefined);
  if (!known && alike.length === 0) return error;
  const said = [known ? `${name} is a table of Log Analytics, but no log of it is loaded here` : error.message];
  const unsaid = alike.slice(0, 3).filter((table) => !error.message.includes(table));
  if (unsaid.length > 0) said.push(`loaded and alike: ${unsaid.join(', ')}`);
  return new KqlError(error.code, said.join('; '), error.start, error.length, missing);
}

/** The part of two names' letter pairs that both have, 0 to 1. */
function likeness(a: string, b: string): number {
  const [left, right] = [pairs(a), pairs(b)];
  const shared = [...left].filter((pair) => right.has(pair)).length;
  return (2 * shared) / Math.max(1, left.size + right.size);
}

function pairs(name: string): Set<string> {
  const text = name.toLowerCase();
  return new Set(Array.from({ length: Math.max(0, text.length - 1) }, (_, i) => text.slice(i, i + 2)));
}
