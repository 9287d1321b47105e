import { createHash } from 'node:crypto';

/** SHA-256 over columns and rows as JSON with every object's keys sorted: the same rows give the same hash wherever they were kept. */
export function evidenceHash(columns: readonly { name: string; type: string }[], rows: unknown): string {
  const canonical = JSON.stringify({ columns: columns.map(({ name, type }) => ({ name, type })), rows }, sortKeys);
  return createHash('sha256').update(canonical, 'utf8').digest('hex');
}

function sortKeys(_key: string, value: unknown): unknown {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
