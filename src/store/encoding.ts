import { UserError } from '../errors';
import { type CollectionPlan, isFree } from './collections';

// JSONB refuses NUL, and both databases lose unpaired surrogates. Chats and logs are hostile and may hold both.
const mark = '\u001a';
const unsafe = new RegExp(String.raw`[\0${mark}]|\p{Surrogate}`, 'gu');
const marked = new RegExp(`${mark}([0-9a-f]{4})`, 'g');

/** Text that every store keeps as it is; equal texts stay equal, and so do substrings. */
export function encodeText(text: string): string {
  return text.replace(unsafe, (character) => mark + character.charCodeAt(0).toString(16).padStart(4, '0'));
}

export function decodeText(text: string): string {
  return text.includes(mark) ? text.replace(marked, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))) : text;
}

/**
 * A document as a store can keep it: unsafe characters marked, fields without a value left out, dates as `encodeDate` has them,
 * and the plan's free fields as JSON text, since no database takes every key and every nesting.
 */
export function encodeDocument(
  plan: CollectionPlan,
  document: object,
  encodeDate: (date: Date) => unknown,
): { [field: string]: unknown } {
  const entries = Object.entries(document).filter(([, value]) => value !== undefined);
  return Object.fromEntries(
    entries.map(([field, value]) => [
      field,
      isFree(plan, field) ? JSON.stringify(value) : encodeValue(value, encodeDate),
    ]),
  );
}

/** The inverse of `encodeDocument`; `decodeDate` says what is a date and what is not. */
export function decodeDocument(
  plan: CollectionPlan,
  stored: object,
  decodeDate: (value: unknown) => Date | null,
): unknown {
  return Object.fromEntries(
    Object.entries(stored).map(([field, value]) => [
      field,
      isFree(plan, field) ? JSON.parse(String(value)) : decodeValue(value, decodeDate),
    ]),
  );
}

function encodeValue(value: unknown, encodeDate: (date: Date) => unknown): unknown {
  if (typeof value === 'string') return encodeText(value);
  if (value instanceof Date) return encodeDate(value);
  if (Array.isArray(value)) return value.map((item) => encodeValue(item, encodeDate));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  return Object.fromEntries(entries.map(([key, item]) => [key, encodeValue(item, encodeDate)]));
}

function decodeValue(value: unknown, decodeDate: (value: unknown) => Date | null): unknown {
  if (typeof value === 'string') return decodeText(value);
  const date = decodeDate(value);
  if (date) return date;
  if (Array.isArray(value)) return value.map((item) => decodeValue(item, decodeDate));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, decodeValue(item, decodeDate)]));
}

/** MongoDB's limit for a document is 16 MiB; both stores refuse a little earlier, so that they refuse the same. */
export const documentBytes = 15 * 1024 * 1024;

export function refuseTooLarge(name: string, id: string, bytes: number): void {
  if (bytes <= documentBytes) return;
  throw new UserError(
    'too-large',
    `${name} ${id} would take ${Math.ceil(bytes / 1024 / 1024)} MB; at most 15 MB fit.`,
    'Keep fewer or smaller rows in it.',
  );
}
