import type { Cell } from '../../ports/query-engine';

const tokens = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/** A dynamic from its JSON text; a whole number that JavaScript cannot hold exactly becomes a string of its digits. */
export function parseDynamic(text: string): Cell {
  if (!/\d{16}/.test(text)) return JSON.parse(text);
  return JSON.parse(text.replace(tokens, keepDigits));
}

function keepDigits(token: string): string {
  if (token.length < 16 || !/^-?\d+$/.test(token) || Number.isSafeInteger(Number(token))) return token;
  return `"${token}"`;
}
