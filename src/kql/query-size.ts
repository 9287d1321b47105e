import { KqlError } from './kql-error';

/** Characters of a query; the analyser's own limit is past it. */
const longestQuery = 200_000;
/** Brackets open at once: the analyser takes 12 s for 20,000. */
const deepestNesting = 200;

/** Throws `limit` where a query is too long or nests too deeply. Brackets in texts and comments do not count. */
export function checkSize(text: string): void {
  if (text.length > longestQuery) {
    throw new KqlError(
      'limit',
      `the query has ${text.length} characters, at most ${longestQuery} are allowed`,
      longestQuery,
    );
  }
  const tokens =
    /\/\/[^\n]*|```[\s\S]*?```|[hH]?@"(?:[^"]|"")*"|[hH]?@'(?:[^']|'')*'|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|[([{]|[)\]}]/g;
  let depth = 0;
  for (const match of text.matchAll(tokens)) {
    const [token] = match;
    if (token.length > 1) continue;
    if (/[([{]/.test(token)) depth++;
    else depth--;
    if (depth > deepestNesting)
      throw new KqlError('limit', `brackets nest more than ${deepestNesting} deep`, match.index);
  }
}
