import { QueryError } from '../../ports/query-engine';

const quoted =
  /\/\/[^\n]*|```[\s\S]*?(?:```|$)|@"[^"]*(?:""[^"]*)*"?|@'[^']*(?:''[^']*)*'?|"[^"\\\n]*(?:\\.[^"\\\n]*)*"?|'[^'\\\n]*(?:\\.[^'\\\n]*)*'?/g;

/** The text with comments and strings blanked out, every other character at its place. */
export function blankQuoted(text: string): string {
  return text.replace(quoted, (part) => part.replace(/[^\n]/g, ' '));
}

const decidedByTalbot =
  /\bset\s+(query_now|query_datetimescope_\w+|query_take_max_records|servertimeout|norequesttimeout|request_\w+)\b/i;

/**
 * Rejects what may not be sent: nothing, a management command, or a statement that would undo the clock, time range, limits or
 * the read-only mode that the request sets.
 */
export function assertQueryText(text: string): void {
  const code = blankQuoted(text);
  const first = code.search(/\S/);
  if (first < 0) throw new QueryError('syntax', 'The text holds no query', 1, 1);
  if (code[first] === '.')
    throw failAt(text, first, 'Management commands, which begin with a dot, are not run from here');
  const set = decidedByTalbot.exec(code);
  if (set)
    throw failAt(text, set.index, `\`${set[0]}\` is not allowed here: Talbot sets it from the run’s time and limits`);
}

function failAt(text: string, offset: number, message: string): QueryError {
  const before = text.slice(0, offset).split('\n');
  return new QueryError('refused', message, before.length, (before.at(-1)?.length ?? 0) + 1);
}

/** The same query asked for its columns only. */
export function schemaQuery(text: string): string {
  return continued(text, 'getschema');
}

/** The same query asked for how many rows it has, in one row. */
export function countQuery(text: string): string {
  return continued(text, 'count');
}

/** `render` of the query's end is left out, because nothing may follow it. */
function continued(text: string, operator: string): string {
  const code = blankQuoted(text);
  let end = code.length;
  while (end > 0 && /[\s;]/.test(code.charAt(end - 1))) end--;
  const render = /\|\s*render\b[^|;]*$/.exec(code.slice(0, end));
  return `${text.slice(0, render?.index ?? end)}\n| ${operator}`;
}
