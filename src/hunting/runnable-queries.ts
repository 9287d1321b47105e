import type { Context } from '../commands/context';
import { QueryError } from '../ports/query-engine';

/** The default engine's tables; null where it does not answer, or there is none. */
export async function tablesHere(ctx: Context): Promise<ReadonlySet<string> | null> {
  const [engine] = ctx.engines.values();
  if (!engine) return null;
  try {
    return new Set((await engine.tables()).map((table) => table.name));
  } catch (error) {
    if (!(error instanceof QueryError)) throw error;
    ctx.log.warn({ error, engine: engine.name }, 'the tables could not be asked for');
    return null;
  }
}

/**
 * The tables that a query is said to need and that are not here; a union that takes what there is needs one of them only, be
 * it in the query or in a parser that it calls.
 */
export function missingTables(
  query: { dataTypes: readonly string[]; text: string },
  tables: ReadonlySet<string>,
  parsers: readonly { functionName: string; body: string }[] = [],
): string[] {
  const missing = query.dataTypes.filter((table) => !tables.has(table));
  if (missing.length === query.dataTypes.length) return missing;
  const called = parsers.filter(({ functionName }) => query.text.includes(functionName));
  const takesWhatIsThere = [query.text, ...called.map(({ body }) => body)].some((text) =>
    /\bisfuzzy\s*=\s*true\b/i.test(text),
  );
  return takesWhatIsThere ? [] : missing;
}
