import type { Context } from '../commands/context';
import { QueryError } from '../ports/query-engine';

/** What the default engine says of a query text before it is kept: null where it runs here. */
export async function checkQuery(ctx: Context, text: string): Promise<string | null> {
  const [engine] = ctx.engines.values();
  if (!engine) return null;
  try {
    await engine.check({ text, asOf: ctx.queryClock.now() });
    return null;
  } catch (error) {
    if (!(error instanceof QueryError)) throw error;
    return queryFault(error);
  }
}

/** Faults of the text itself, which no data could mend. */
export function isTextFault(error: QueryError): boolean {
  return error.code === 'syntax' || error.code === 'type' || error.code === 'refused';
}

export function queryFault(error: QueryError): string {
  const place = error.line === undefined ? '' : `line ${error.line}, column ${error.column ?? 1}`;
  return place === '' || error.message.includes(place) ? error.message : `${error.message} (${place})`;
}
