import { type ProvidedContent, type QueryEngine, QueryError } from '../../ports/query-engine';
import { providableFunctions } from '../providable-functions';
import { type InlinedText, inlineContent } from './inline-content';

/**
 * An engine whose service knows nothing of the installation's functions and watchlists: what a query names of them goes along in its
 * text. Places of errors point into the person's own text; one inside a function names the function.
 */
export function withInlinedContent(engine: QueryEngine): QueryEngine {
  let content: ProvidedContent = { functions: [], watchlists: [] };
  const { count } = engine;

  async function send<T>(text: string, ask: (inlined: InlinedText) => Promise<T>): Promise<T> {
    const inlined = inlineContent(text, content);
    try {
      return await ask(inlined);
    } catch (error) {
      throw error instanceof QueryError ? placed(error, inlined.lines) : error;
    }
  }

  return {
    ...engine,
    run: (request, sink, signal) =>
      send(request.text, async ({ text, tooLarge }) => {
        const summary = await engine.run({ ...request, text }, sink, signal);
        return { ...summary, notes: [...summary.notes, ...tooLarge.map(tooLargeNote)] };
      }),
    check: (request, onNote) =>
      send(request.text, async ({ text, tooLarge }) => {
        for (const alias of tooLarge) onNote?.(tooLargeNote(alias));
        return engine.check({ ...request, text }, onNote);
      }),
    ...(count
      ? { count: (request, signal) => send(request.text, ({ text }) => count({ ...request, text }, signal)) }
      : {}),
    async provide(next) {
      const tables = await engine.tables();
      const names = tables.map((table) => table.name);
      content = { ...next, functions: providableFunctions(next.functions, names) };
    },
  };
}

function tooLargeNote(alias: string): string {
  return `The watchlist ${alias} is too large to go along with a query: what was read is the service’s own of that name.`;
}

function placed(error: QueryError, lines: string[]): QueryError {
  const { code, message, line, column, missing } = error;
  if (line === undefined || lines.length === 0) return error;
  const inside = lines[line - 1];
  if (inside !== undefined)
    return new QueryError(code, `${message} (in ${inside}, which the query calls)`, 1, 1, missing);
  return new QueryError(code, message, line - lines.length, column, missing);
}
