import { KqlError } from '../../kql/kql-error';
import { placeError } from '../../kql/line-column';
import { QueryError } from '../../ports/query-engine';

/** What a query ended with, as the port says it. `text` is the KQL that errors of the compiler point into. */
export function toQueryError(error: unknown, text: string): QueryError {
  if (error instanceof QueryError) return error;
  if (error instanceof KqlError) return placeError(error, text);
  if (error instanceof RangeError && /call stack/.test(error.message)) {
    return new QueryError(
      'limit',
      'A value of the answer is nested too deeply: take out of it what is needed, with extend or project',
    );
  }
  const message = error instanceof Error ? error.message : String(error);
  const line = message.split('\n')[0] ?? '';
  if (/^Out of Memory Error|^Out Of Memory/i.test(message) || /max_temp_directory_size/.test(message)) {
    return new QueryError(
      'limit',
      'The query needs more memory than it may use: look at a shorter time, or summarise before joining and sorting',
    );
  }
  if (/max(imum)? expression depth|recursion depth|stack overflow/i.test(message)) {
    return new QueryError(
      'limit',
      'The query has too many steps or nests too deeply: split it, or name parts with let',
    );
  }
  if (/pattern too large/.test(line)) {
    return new QueryError('limit', 'A pattern or list of words is too large to look for at once: use a shorter one');
  }
  if (/regular expression|regexp|invalid escape sequence|missing argument to repetition/i.test(line)) {
    return new QueryError('syntax', `A regular expression is wrong: ${withoutClass(line)}`);
  }
  if (/^Permission Error/.test(message)) return new QueryError('refused', withoutClass(line));
  if (/^Out of Range Error|^Conversion Error|^Invalid Input Error/.test(message)) {
    return new QueryError('type', `A value cannot be worked with: ${withoutClass(line)}`);
  }
  return new QueryError('internal', `The engine could not run what the query was translated to: ${line}`);
}

function withoutClass(line: string): string {
  return line.replace(/^[A-Z][\w ]* Error: /, '');
}
