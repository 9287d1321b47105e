import type { Cell } from '../../ports/query-engine';

const tokens = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/** DuckDB takes these for numbers of JSON; elsewhere they stand as texts. */
const notNumbers = /"(?:[^"\\]|\\.)*"|-?\b(?:nan|inf|infinity)\b/gi;

/** A dynamic from its JSON text; a whole number that JavaScript cannot hold exactly becomes a string of its digits. */
export function parseDynamic(text: string): Cell {
  const exact = /\d{16}/.test(text) ? text.replace(tokens, keepDigits) : text;
  try {
    return JSON.parse(exact);
  } catch {
    return JSON.parse(exact.replace(notNumbers, (token) => (token.startsWith('"') ? token : `"${token}"`)));
  }
}

function keepDigits(token: string): string {
  if (token.length < 16 || !/^-?\d+$/.test(token) || Number.isSafeInteger(Number(token))) return token;
  return `"${token}"`;
}
