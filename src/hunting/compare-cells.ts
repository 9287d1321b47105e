import type { Cell } from '../ports/query-engine';
import { cellText } from '../views/cell-text';

const number = /^-?\d+(?:\.\d+)?$/;
const collator = new Intl.Collator('en', { numeric: true });

/** Nulls first; numbers by size, also those past 2^53 and decimals, which come as text; the rest by letters. */
export function compareCells(a: Cell, b: Cell): number {
  if (a === null || b === null) return Number(a !== null) - Number(b !== null);
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  const one = cellText(a);
  const other = cellText(b);
  if (number.test(one) && number.test(other)) return compareNumbers(one, other);
  return collator.compare(one, other);
}

function compareNumbers(one: string, other: string): number {
  const places = Math.max(placesOf(one), placesOf(other));
  const difference = scaled(one, places) - scaled(other, places);
  return difference === 0n ? 0 : difference > 0n ? 1 : -1;
}

function placesOf(text: string): number {
  return text.split('.')[1]?.length ?? 0;
}

/** `-1.5` with two places is -150: whole numbers of any length compare exactly. */
function scaled(text: string, places: number): bigint {
  const [whole = '', fraction = ''] = text.split('.');
  return BigInt(whole + fraction.padEnd(places, '0'));
}
