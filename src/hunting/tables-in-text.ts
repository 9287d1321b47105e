import type { Context } from '../commands/context';
import { QueryError } from '../ports/query-engine';

const literalsAndComments = /[hH]?@?"(?:[^"\\\n]|\\.)*"|[hH]?@?'(?:[^'\\\n]|\\.)*'|\/\/[^\n]*/g;

/**
 * The tables of the default engine that a KQL text names, for the library's filter: a column of the same name counts too, a table that
 * is not here does not. Empty where the engine does not answer.
 */
export async function tablesInText(ctx: Context, text: string): Promise<string[]> {
  const [engine] = ctx.engines.values();
  if (!engine) return [];
  try {
    const tables = await engine.tables();
    return namedTables(
      text,
      tables.map((table) => table.name),
    );
  } catch (error) {
    if (!(error instanceof QueryError)) throw error;
    ctx.log.warn({ error, engine: engine.name }, 'the tables of a new query could not be asked for');
    return [];
  }
}

/** Those of the tables that a KQL text names outside of its comments and literals. */
export function namedTables(text: string, tables: readonly string[]): string[] {
  const words = new Set(text.replace(literalsAndComments, ' ').match(/\w+/g));
  return tables.filter((name) => words.has(name));
}
