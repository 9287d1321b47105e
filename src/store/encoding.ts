import { UserError } from '../errors';

// Neither JSONB nor BSON takes every string that JSON does: JSONB refuses NUL, both lose unpaired surrogates, and keys of BSON
// may hold neither NUL nor, on some servers, `.` or a leading `$`. Rows and cards are hostile and may hold all of these.
const mark = '\u001a';
const unsafeInText = new RegExp(String.raw`[\0${mark}]|\p{Surrogate}`, 'gu');
const unsafeInKeys = new RegExp(String.raw`[\0${mark}.]|^\$|\p{Surrogate}`, 'gu');
const marked = new RegExp(`${mark}([0-9a-f]{4})`, 'g');

function markCharacter(character: string): string {
  return mark + character.charCodeAt(0).toString(16).padStart(4, '0');
}

/** Text that every store keeps as it is; equal texts stay equal, and so do substrings. */
export function encodeText(text: string): string {
  return text.replace(unsafeInText, markCharacter);
}

function encodeKey(key: string): string {
  return key.replace(unsafeInKeys, markCharacter);
}

function decodeText(text: string): string {
  return text.includes(mark) ? text.replace(marked, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))) : text;
}

/** A document as a store can keep it: unsafe characters marked, fields without a value left out, dates as `encodeDate` has them. */
export function encodeValue(value: unknown, encodeDate: (date: Date) => unknown): unknown {
  if (typeof value === 'string') return encodeText(value);
  if (value instanceof Date) return encodeDate(value);
  if (Array.isArray(value)) return value.map((item) => encodeValue(item, encodeDate));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, item]) => item !== undefined)
      .map(([key, item]) => [encodeKey(key), encodeValue(item, encodeDate)]),
  );
}

/** The inverse of `encodeValue`; `decodeDate` says what is a date and what is not. */
export function decodeValue(value: unknown, decodeDate: (value: unknown) => Date | null): unknown {
  if (typeof value === 'string') return decodeText(value);
  const date = decodeDate(value);
  if (date) return date;
  if (Array.isArray(value)) return value.map((item) => decodeValue(item, decodeDate));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [decodeText(key), decodeValue(item, decodeDate)]),
  );
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
